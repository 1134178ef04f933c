"""The seeds of second factors change their key together with everything else."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command

from mediators import factors
from privacy import rotation
from privacy.keys import field_keys, new_key_line
from tests.factories import AppFactory
from tests.mediators.codes import code

OLD = "old:" + new_key_line().partition(":")[2]
NEW = "new:" + new_key_line().partition(":")[2]


@pytest.fixture
def person(keys_file, mediator):
    """An app and ten codes, sealed with the old key; the new one writes."""
    keys_file(OLD)
    AppFactory(user=mediator)
    RecoveryCodes.activate(mediator)
    keys_file(NEW, OLD)
    return mediator


def test_an_app_and_codes_on_paper_outlive_the_key_that_sealed_them(
    person, keys_file, capsys
):
    on_paper = factors.of(person).get(type=factors.CODES).wrap().get_unused_codes()

    call_command("rotate_keys", "--json")

    assert json.loads(capsys.readouterr().out)["texts"]["old"] == 0
    keys_file(NEW)
    assert factors.accept_code(person, code())
    assert factors.accept_code(person, on_paper[0])
    assert not factors.accept_code(person, on_paper[0])


def test_a_key_that_still_opens_a_seed_is_not_removed(person):
    with pytest.raises(CommandError, match="still opens 2 texts"):
        call_command("make_keys", "--remove", "old")

    assert set(field_keys().ciphers) == {"new", "old"}


def test_what_a_sign_in_changes_meanwhile_stays(person):
    seeds = [place for place in rotation.places() if "Authenticator" in place.label]
    read = {place: list(place.tokens()) for place in seeds}
    digits = code()
    factors.accept_code(person, digits)

    for place, rows in read.items():
        assert [place.replace(pk, token) for pk, token in rows] == [True]
        assert [place.replace(pk, token) for pk, token in rows] == [False]

    app = Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP)
    assert app.data["last_counter"]
    assert not factors.accept_code(person, digits), "it opens once, under any key"

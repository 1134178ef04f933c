"""The secrets of second factors change their key together with the texts."""

import base64

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from mediators.factors import accept_code
from privacy import rotation
from privacy.keys import field_keys
from tests.factories import AppFactory
from tests.mediators.codes import code

OLD, NEW = (
    f"{name}:{base64.b64encode(bytes(range(first, first + 32))).decode()}"
    for name, first in (("old", 1), ("new", 101))
)


@pytest.fixture
def use_keys(settings, tmp_path):
    settings.FIELD_KEYS_FILE = tmp_path / "field.keys"

    def use(*lines):
        settings.FIELD_KEYS_FILE.write_text("".join(f"{line}\n" for line in lines))
        field_keys.cache_clear()

    yield use
    field_keys.cache_clear()


def test_codes_open_after_the_key_that_sealed_them_has_gone(use_keys, mediator):
    use_keys(OLD)
    AppFactory(user=mediator)
    on_paper = RecoveryCodes.activate(mediator).generate_codes()[0]
    use_keys(NEW, OLD)
    assert rotation.rows_by_key() == {"new": 0, "old": 2}

    assert rotation.rotate() == 2

    assert rotation.rows_by_key() == {"new": 2, "old": 0}
    use_keys(NEW)
    assert accept_code(mediator, code())
    assert accept_code(mediator, on_paper)


def test_a_code_that_is_used_meanwhile_is_not_forgotten(use_keys, mediator):
    use_keys(OLD)
    app = AppFactory(user=mediator)
    [place] = [one for one in rotation.places() if one.label.endswith(".secret")]
    [(pk, token)] = place.tokens()
    Authenticator.objects.filter(pk=app.pk).update(data=app.data | {"last_counter": 7})

    assert place.replace(pk, token)
    app.refresh_from_db()
    assert app.data["last_counter"] == 7
    assert not place.replace(pk, token)

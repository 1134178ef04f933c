"""Project staff make and end the tokens by which programs read numbers."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mediators.freshness import FRESH_FOR, note_proof
from privacy.models import AuditEntry
from privacy.tokens import hash_of
from reports.models import ApiToken
from reports.services.api_tokens import make_token
from tests.factories import ApiTokenFactory

pytestmark = pytest.mark.django_db

URL = "/rezultati/programmam/"
GOOD = {"name": "Darba grāmata", "scopes": ["indicators:read"], "days": "90"}
SECRET = re.compile(r"tilts_[A-Za-z0-9_-]{43}")


@pytest.fixture
def staff(client, project_staff):
    client.force_login(project_staff)
    return project_staff


def secret_on(page):
    return SECRET.findall(page.content.decode())


def test_the_secret_is_shown_once_and_its_hash_is_kept(client, staff):
    page = client.post(URL, GOOD)

    [secret] = secret_on(page)
    token = ApiToken.objects.get()
    assert token.token_sha256 == hash_of(secret)
    assert (token.owner, token.scopes, token.reaches_all) == (
        staff,
        ["indicators:read"],
        True,
    )
    assert secret not in client.get(URL).content.decode()
    assert "Darba grāmata" in client.get(URL).content.decode()
    answer = client.get(
        reverse("reports:api-indicators"), headers={"Authorization": f"Bearer {secret}"}
    )
    assert answer.status_code == 200


def test_it_lasts_as_long_as_was_chosen_and_a_year_at_most(client, staff):
    now = timezone.now()
    client.post(URL, GOOD | {"days": "365"})

    lasts = ApiToken.objects.get().expires_at - now
    assert timedelta(days=365) <= lasts < timedelta(days=365, minutes=1)
    assert client.post(URL, GOOD | {"days": "366"}).status_code == 422
    with pytest.raises(ValueError, match="a year at most"):
        make_token(
            by=staff,
            name="x",
            scopes=[],
            municipalities=[],
            lasts=timedelta(days=366),
        )
    assert ApiToken.objects.count() == 1


def test_ninety_days_are_proposed(client, staff):
    assert '<option value="90" selected>' in client.get(URL).content.decode()


def test_chosen_municipalities_are_all_that_it_opens(client, staff, mediator):
    place = mediator.factory_municipality

    client.post(URL, GOOD | {"municipalities": [place.pk]})

    token = ApiToken.objects.get()
    assert (token.reaches_all, list(token.places)) == (False, [place])


@pytest.mark.parametrize("missing", ["name", "scopes", "days"])
def test_what_is_missing_is_told_and_nothing_is_made(client, staff, missing):
    page = client.post(URL, {k: v for k, v in GOOD.items() if k != missing})

    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {missing}
    assert secret_on(page) == []
    assert not ApiToken.objects.exists()


def test_a_scope_that_nobody_declared_is_refused(client, staff):
    assert client.post(URL, GOOD | {"scopes": ["families:read"]}).status_code == 422


def test_making_and_ending_are_in_the_audit_without_name_and_secret(client, staff):
    [secret] = secret_on(client.post(URL, GOOD))
    token = ApiToken.objects.get()
    client.post(reverse("reports:api-token-end", args=[token.pk]))
    client.post(reverse("reports:api-token-end", args=[token.pk]))

    entries = AuditEntry.objects.filter(object_id=str(token.pk)).order_by("seq")
    assert [entry.verb for entry in entries] == ["create", "withdraw"]
    assert entries[0].detail == {
        "scopes": ["indicators:read"],
        "places": [],
        "days": 90,
    }
    told = f"{[entry.detail for entry in AuditEntry.objects.all()]}"
    assert secret not in told
    assert "Darba" not in told


def test_an_ended_token_opens_nothing_and_is_not_listed(client, staff):
    token = ApiTokenFactory(name="Vecā programma")

    client.post(reverse("reports:api-token-end", args=[token.pk]))

    token.refresh_from_db()
    assert token.revoked_at
    assert "Vecā programma" not in client.get(URL).content.decode()


def test_both_ask_once_more_who_it_is(client, staff):
    token = ApiTokenFactory()
    session = client.session
    note_proof(session, staff, at=timezone.now().timestamp() - FRESH_FOR - 1)
    session.save()

    for address in (URL, reverse("reports:api-token-end", args=[token.pk])):
        assert client.post(address, GOOD).status_code == 302
    assert client.get(URL).status_code == 302
    token.refresh_from_db()
    assert (ApiToken.objects.count(), token.revoked_at) == (1, None)


def test_without_tokens_the_page_says_what_to_do(client, staff):
    page = client.get(URL).content.decode()

    assert "Neviena programma vēl neko nelasa" in page
    assert "/api/v1/results/?period=" in page
    assert (
        'href="/rezultati/programmam/"'
        in client.get(reverse("reports:export")).content.decode()
    )


def test_those_of_colleagues_can_be_ended_too(client, staff):
    """One may have leaked while its owner is away."""
    token = ApiTokenFactory()

    assert token.name in client.get(URL).content.decode()
    assert token.owner.full_name in client.get(URL).content.decode()

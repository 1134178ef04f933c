"""The pages that a mediator reads first, and may skip or read again."""

import pytest
from django.utils import timezone

from mediators.models import Role, User
from privacy.models import AuditEntry
from tests.factories import UserFactory

DONE = "/sveiki/izlasits/"


@pytest.fixture
def newcomer(municipality):
    return UserFactory(role=Role.MEDIATOR, municipality=municipality, welcomed_at=None)


def test_the_first_page_of_a_new_mediator_is_the_welcome(client, newcomer):
    client.force_login(newcomer)

    assert client.get("/").url == "/sveiki/1/"
    assert client.get("/sodien/").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MEDIATOR])
def test_nobody_else_is_welcomed(client, municipality, role):
    client.force_login(
        UserFactory(role=role, municipality=municipality, welcomed_at=None)
    )

    assert "/sveiki/" not in client.get("/").url
    assert client.get("/sveiki/1/").status_code == 404
    assert client.post(DONE).status_code == 404


def test_the_three_pages_lead_on_and_back_and_can_be_skipped(client, newcomer):
    client.force_login(newcomer)
    pages = [client.get(f"/sveiki/{number}/").content.decode() for number in (1, 2, 3)]

    assert all(f'action="{DONE}"' in page for page in pages)
    assert 'href="/sveiki/2/"' in pages[0]
    assert 'href="/sveiki/3/"' in pages[1]
    assert 'href="/sveiki/1/"' in pages[1]
    assert 'href="/sveiki/2/"' in pages[2]
    assert "Pašvaldība redz kodus, nevis vārdus." in pages[1]
    assert "data-prepare" in pages[2]


@pytest.mark.parametrize("number", [0, 4, 99])
def test_there_are_no_further_pages(client, newcomer, number):
    client.force_login(newcomer)

    assert client.get(f"/sveiki/{number}/").status_code == 404


def test_whoever_has_read_or_skipped_them_starts_with_the_day(client, newcomer):
    client.force_login(newcomer)

    assert client.post(DONE).url == "/sodien/"

    assert client.get("/").url == "/sodien/"
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.detail) == (newcomer.pk, {"fields": ["welcomed_at"]})


def test_reading_them_again_changes_nothing(client, mediator):
    before = timezone.now()
    User.objects.filter(pk=mediator.pk).update(welcomed_at=before)
    client.force_login(mediator)

    assert client.get("/sveiki/1/").status_code == 200
    client.post(DONE)

    mediator.refresh_from_db()
    assert mediator.welcomed_at == before
    assert not AuditEntry.objects.exists()


def test_settings_and_help_lead_to_them_for_mediators_only(
    client, mediator, coordinator
):
    for person, is_offered in [(mediator, True), (coordinator, False)]:
        client.force_login(person)
        for url in ("/iestatijumi/", "/palidziba/"):
            page = client.get(url).content.decode()
            assert ('href="/sveiki/1/"' in page) is is_offered
    client.logout()
    assert 'href="/sveiki/1/"' not in client.get("/palidziba/").content.decode()

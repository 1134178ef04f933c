"""Discrimination and hate speech: a few taps, the own ones alone, counts for the others."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cases.models import ClosedMonth, Incident
from families.models import Consent
from mediators.models import Role
from municipalities.areas import Area
from privacy.models import AuditEntry
from tests.factories import (
    ClosedMonthFactory,
    ConsentFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    IncidentFactory,
    UserFactory,
)

TODAY = timezone.localdate
LIST, NEW = "/diskriminacija/", "/diskriminacija/jauns/"


@pytest.fixture
def incident(mediator, municipality, family):
    return IncidentFactory(mediator=mediator, municipality=municipality, family=family)


@pytest.fixture
def send(client, mediator):
    client.force_login(mediator)

    def post(address=NEW, **changes):
        answers = {
            "kind": "discrimination",
            "ground": "roma",
            "place": "school",
            "happened_on": TODAY().isoformat(),
        }
        return client.post(address, answers | changes)

    return post


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


def closed(mediator, municipality, day):
    ClosedMonthFactory(
        mediator=mediator, municipality=municipality, month=day.replace(day=1)
    )


def test_three_taps_are_enough_and_no_family_is_named(send, mediator, municipality):
    assert send().status_code == 302

    incident = Incident.objects.get()
    assert (incident.mediator, incident.municipality) == (mediator, municipality)
    assert (incident.family, incident.reported_to) == (None, "")
    assert incident.place_choice.area == Area.EDUCATION


def test_hate_speech_is_a_kind_of_its_own(client, send):
    send(kind="hate_speech", place="online")

    assert Incident.objects.get().kind == Incident.Kind.HATE_SPEECH
    assert "Naida runa: " in client.get(LIST).text


def test_a_double_click_stores_one(client, send):
    key = client.get(NEW).context["form"]["client_uuid"].value()

    send(client_uuid=key)
    send(client_uuid=key)

    assert Incident.objects.count() == 1


def test_the_report_is_told_later(client, send, incident):
    send(f"{LIST}{incident.pk}/", reported_to="ombudsman", reported_on=TODAY())

    incident.refresh_from_db()
    assert (incident.reported_to, incident.report_noted_on) == ("ombudsman", TODAY())


def test_a_report_without_an_authority_is_none(send):
    send(reported_on=TODAY(), outcome="confirmed")

    incident = Incident.objects.get()
    assert (incident.reported_on, incident.outcome) == (None, "")


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"kind": "rudeness"}, "kind"),
        ({"place": ""}, "place"),
        ({"happened_on": "2999-01-01"}, "happened_on"),
        ({"reported_to": "police"}, "reported_on"),
        ({"reported_to": "police", "reported_on": "2999-01-01"}, "reported_on"),
        ({"reported_to": "police", "reported_on": "2020-01-01"}, "reported_on"),
        ({"words": "010190-12345"}, "words"),
        ({"words": "a" * 501}, "words"),
        ({"family": "1"}, "family"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(send, answers, field):
    assert field in errors(send(**answers))
    assert not Incident.objects.exists()


def test_a_family_of_another_mediator_is_refused(send, municipality):
    stranger = FamilyFactory(municipality=municipality)

    assert "family" in errors(send(family=stranger.pk))


def test_a_family_that_has_withdrawn_is_not_named(send, family):
    ConsentFactory(family=family, purpose=Consent.Purpose.KEEP, withdrawn_on=TODAY())

    assert "family" in errors(send(family=family.pk))


def test_what_is_learned_late_counts_in_a_month_that_is_open(
    send, mediator, municipality
):
    closed(mediator, municipality, TODAY())

    assert send().status_code == 302

    incident = Incident.objects.get()
    assert incident.happened_on == TODAY()
    assert not ClosedMonth.objects.covers(
        mediator=mediator, municipality=municipality, day=incident.noted_on
    )


def test_what_is_counted_stays(client, send, incident, mediator, municipality):
    incident.reported_to, incident.reported_on = "police", TODAY()
    incident.report_noted_on = TODAY()
    incident.save()
    closed(mediator, municipality, TODAY())

    assert "reported_to" in errors(send(f"{LIST}{incident.pk}/"))
    client.post(f"{LIST}{incident.pk}/dzest/")
    assert Incident.objects.filter(reported_to="police").exists()


def test_a_mistake_is_taken_back_and_leaves_no_word_in_the_audit(
    client, send, incident
):
    client.post(f"{LIST}{incident.pk}/dzest/")

    assert not Incident.objects.exists()
    assert "nesēdināja" not in str(list(AuditEntry.objects.values_list("detail")))


def test_not_even_a_colleague_of_the_family_reads_it(
    client, incident, family, municipality
):
    colleague = UserFactory(role=Role.MEDIATOR, municipality=municipality)
    FamilyAssignmentFactory(family=family, mediator=colleague, kind="shared")
    client.force_login(colleague)

    assert client.get(f"{LIST}{incident.pk}/").status_code == 404
    assert client.post(f"{LIST}{incident.pk}/dzest/").status_code == 404
    assert family.label not in client.get(LIST).content.decode()


def test_coordinators_read_counts_and_neither_words_nor_families(
    client, incident, family, municipality
):
    IncidentFactory()
    client.force_login(UserFactory(role=Role.COORDINATOR, municipality=municipality))

    response = client.get(LIST)

    [(_ground, places, total, reported)] = response.context["table"]
    assert (sum(places.values()), total, reported) == (1, 1, 0)
    for secret in (family.label, family.code, incident.words):
        assert secret not in response.content.decode()


def test_the_own_rows_are_those_of_the_chosen_year_and_say_it(
    client, mediator, municipality
):
    last_year = TODAY().replace(year=TODAY().year - 1, month=6, day=15)
    for day, place in ((TODAY(), "school"), (last_year, "police")):
        IncidentFactory(
            mediator=mediator,
            municipality=municipality,
            place=place,
            happened_on=day,
            noted_on=day,
        )
    client.force_login(mediator)

    found = {}
    for day in (TODAY(), last_year):
        response = client.get(LIST, {"gads": day.year})
        page = response.content.decode()
        found[day] = [row.place for row in response.context["page"]]
        assert f"Manis pierakstītie {day.year}. gadā" in page
        assert f"{day:%d.%m.%Y.}" in page

    assert found == {TODAY(): ["school"], last_year: ["police"]}


def test_the_form_waits_until_names_are_shown(client, send, incident):
    client.cookies["names"] = "hidden"

    page = client.get(f"{LIST}{incident.pk}/").content.decode()

    assert incident.words not in page


@pytest.mark.parametrize(
    "facts",
    [
        {"reported_to": "police"},
        {"reported_on": TODAY()},
        {"outcome": "confirmed"},
        {
            "reported_to": "police",
            "reported_on": TODAY() - timedelta(days=1),
        },
    ],
)
def test_the_database_refuses_half_a_report(db, facts):
    with pytest.raises(IntegrityError):
        IncidentFactory(**facts)

"""Correcting and deleting own entries, as long as their month is open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import NextStep, Visit, VisitFamily
from privacy.models import AuditEntry, Verb
from tests.cases.answers import answers, codes
from tests.factories import (
    ClosedMonthFactory,
    FamilyFactory,
    NextStepFactory,
    VisitFactory,
)

TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.fixture
def visit(mediator, municipality, family, case):
    return VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        minutes=30,
        note="Runājām par skolu",
    )


@pytest.fixture
def change(client, mediator, visit):
    client.force_login(mediator)

    def send(**changes):
        typed = {"family": visit.families.first().code, "client_uuid": None} | changes
        return client.post(f"{visit.get_absolute_url()}labot/", answers(**typed))

    return send


def close_month_of(visit):
    ClosedMonthFactory(
        mediator=visit.mediator, municipality=visit.municipality, month=visit.month
    )


def test_the_form_opens_with_the_entry_as_it_stands(client, mediator, visit):
    NextStepFactory(
        mediator=mediator, municipality=visit.municipality, source=visit, text="Zvanīt"
    )
    client.force_login(mediator)

    form = client.get(f"{visit.get_absolute_url()}labot/").context["form"]

    assert {name: str(form[name].value()) for name in ("case", "minutes", "note")} == {
        "case": visit.case.code,
        "minutes": "30",
        "note": "Runājām par skolu",
    }
    assert form["family"].value() == visit.families.get().code
    assert form["next_step"].value() == "Zvanīt"


def test_an_entry_is_corrected_under_its_old_code(change, visit):
    response = change(minutes="90", areas=["health"], note="", kind="call")

    code = visit.code
    visit.refresh_from_db()
    assert response.url == visit.get_absolute_url()
    assert (visit.code, visit.minutes, visit.kind, visit.note) == (code, 90, "call", "")
    assert [row.area for row in visit.visit_areas.all()] == ["health"]
    detail = AuditEntry.objects.get(verb=Verb.UPDATE).detail
    assert detail["fields"] == ["areas", "kind", "minutes", "note"]


def test_sending_the_entry_as_it_stands_changes_nothing(change, visit):
    change(minutes="30", note=visit.note, case=visit.case.code)

    assert AuditEntry.objects.get(verb=Verb.UPDATE).detail["fields"] == []


def test_another_family_takes_the_place_of_the_first(
    change, visit, mediator, municipality
):
    other = FamilyFactory(municipality=municipality, mediator=mediator)

    change(family=other.code)

    visit.refresh_from_db()
    assert list(visit.families.all()) == [other]
    assert visit.case is None


def test_further_families_of_an_entry_stay(change, visit, mediator, municipality):
    further = FamilyFactory(municipality=municipality, mediator=mediator)
    first = visit.families.get()
    VisitFamily.objects.create(visit=visit, family=further)

    change(family=first.code)

    assert set(visit.families.all()) == {first, further}


def test_the_promised_step_moves_with_the_entry(change, visit, mediator, municipality):
    step = NextStepFactory(mediator=mediator, municipality=municipality, source=visit)

    change(next_step_on=TOMORROW, next_step="Aiznest dokumentus")

    step.refresh_from_db()
    assert (step.due_on.isoformat(), step.text) == (TOMORROW, "Aiznest dokumentus")
    change(next_step_on="none")
    step.refresh_from_db()
    assert step.status == "dropped"


def test_a_step_that_is_done_stays_done(change, visit, mediator, municipality):
    NextStepFactory(
        mediator=mediator, municipality=municipality, source=visit, status="done"
    )

    change(next_step_on=TOMORROW)

    assert sorted(NextStep.objects.values_list("status", flat=True)) == ["done", "open"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"minutes": None}, {"minutes": ["required"]}),
        ({"visited_on": TOMORROW}, {"visited_on": ["future"]}),
        ({"note": "010190-12345"}, {"note": ["personal_code"]}),
    ],
)
def test_the_rules_are_those_of_a_new_entry(change, visit, typed, expected):
    response = change(**typed)

    assert response.status_code == 422
    assert codes(response) == expected
    assert Visit.objects.get().updated_at == visit.updated_at


def test_an_entry_that_moves_into_a_closed_month_becomes_a_late_one(change, visit):
    day = visit.visited_on.replace(day=1) - timedelta(days=1)
    ClosedMonthFactory(
        mediator=visit.mediator,
        municipality=visit.municipality,
        month=day.replace(day=1),
    )

    change(visited_on=day.isoformat())

    moved = Visit.objects.get()
    assert moved.visited_on == day
    assert moved.told_in == timezone.localdate().replace(day=1)
    change(visited_on=visit.visited_on.isoformat())
    assert Visit.objects.get().told_in is None


def test_the_month_closing_under_the_form_keeps_what_was_typed(change, visit):
    close_month_of(visit)

    response = change(note="Jauns teksts")

    assert codes(response) == {"__all__": ["closed"]}
    assert response.context["form"]["note"].value() == "Jauns teksts"
    assert Visit.objects.get().note == "Runājām par skolu"


def test_an_entry_of_a_closed_month_can_be_read_and_says_why(client, mediator, visit):
    close_month_of(visit)
    client.force_login(mediator)

    page = client.get(visit.get_absolute_url())

    assert page.context["is_closed"]
    assert f"{visit.get_absolute_url()}labot/" not in page.content.decode()
    for way in ("labot", "dzest"):
        response = client.get(f"{visit.get_absolute_url()}{way}/")
        assert response.url == visit.get_absolute_url()


def test_an_entry_of_a_closed_month_is_not_deleted(client, mediator, visit):
    close_month_of(visit)
    client.force_login(mediator)

    client.post(f"{visit.get_absolute_url()}dzest/")

    assert Visit.objects.exists()


@pytest.mark.parametrize("way", ["", "labot/", "dzest/", "saglabats/", "kopet/"])
def test_the_entry_of_a_stranger_does_not_exist(client, outsider, visit, way):
    client.force_login(outsider)

    assert client.get(f"{visit.get_absolute_url()}{way}").status_code == 404


def test_a_colleague_with_the_same_family_reads_but_does_not_correct(
    client, colleague, visit
):
    visit.families.get().assignments.create(mediator=colleague, kind="shared")
    client.force_login(colleague)

    assert client.get(visit.get_absolute_url()).status_code == 200
    for way in ("labot/", "dzest/", "saglabats/"):
        assert client.get(f"{visit.get_absolute_url()}{way}").status_code == 404


def test_reading_an_entry_is_audited(client, mediator, visit):
    client.force_login(mediator)

    client.get(visit.get_absolute_url())

    assert AuditEntry.objects.get(verb=Verb.READ).object_id == str(visit.pk)

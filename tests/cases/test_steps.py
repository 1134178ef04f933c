"""Moving, finishing and dropping a next step."""

from datetime import time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.forms.steps import StepDropForm
from cases.models import NextStep
from cases.services import cases
from privacy.models import AuditEntry, Verb
from tests.cases.answers import answers
from tests.factories import NextStepFactory

TODAY = timezone.localdate()


@pytest.fixture
def step(mediator, municipality, case):
    return NextStepFactory(
        mediator=mediator,
        municipality=municipality,
        family=case.family,
        case=case,
        due_at=time(14),
    )


@pytest.fixture
def act(client, mediator, step):
    client.force_login(mediator)

    def post(way, **data):
        return client.post(f"/soli/{step.pk}/{way}/", data)

    return post


def test_a_step_moves_to_another_day_and_loses_its_hour(act, step, case):
    day = TODAY + timedelta(days=7)

    response = act("parcelt", due_on=day.isoformat())

    step.refresh_from_db()
    assert (step.due_on, step.due_at, step.status) == (day, None, "open")
    assert response.url == case.get_absolute_url()
    assert AuditEntry.objects.get(verb=Verb.UPDATE).detail == {"fields": ["due_on"]}


@pytest.mark.parametrize("day", ["", "never", "2020-01-01", "\x00"])
def test_a_day_that_makes_no_sense_is_refused(act, step, day):
    response = act("parcelt", due_on=day)

    assert response.status_code == 422
    step.refresh_from_db()
    assert step.due_on == TODAY


def test_a_step_ends_without_an_entry(act, step):
    act("izdarits")

    step.refresh_from_db()
    assert (step.status, step.done_by) == ("done", None)


def test_a_moved_step_remembers_from_which_day(act, step, mediator):
    act("parcelt", due_on=(TODAY + timedelta(days=7)).isoformat())
    act("parcelt", due_on=(TODAY + timedelta(days=7)).isoformat())

    [move] = step.moves.all()
    assert (move.from_on, move.to_on) == (TODAY, TODAY + timedelta(days=7))
    assert move.by == mediator


@pytest.mark.parametrize("reason", StepDropForm.REASONS)
def test_a_step_is_dropped_for_a_reason(act, step, reason):
    act("atcelt", drop_reason=reason)

    step.refresh_from_db()
    assert (step.status, step.drop_reason) == ("dropped", reason)
    assert AuditEntry.objects.get(verb=Verb.UPDATE).detail["reason"] == reason


def test_why_a_step_was_dropped_is_read_in_the_language_of_the_reader(
    act, client, mediator, case
):
    mediator.language = "en"
    mediator.save()
    act("atcelt", drop_reason="moved_away")
    assert (
        "dropped: the family moved away"
        in client.get(case.get_absolute_url()).content.decode()
    )

    mediator.language = "lv"
    mediator.save()

    page = client.get(case.get_absolute_url()).content.decode()
    assert "ģimene pārcēlās" in page
    assert "moved away" not in page


@pytest.mark.parametrize("reason", ["", "corrected", "no such reason"])
def test_a_step_is_not_dropped_without_a_reason(act, step, reason):
    response = act("atcelt", drop_reason=reason)

    assert response.status_code == 422
    assert "Pasakiet, kāpēc tas netiks darīts" in response.content.decode()
    step.refresh_from_db()
    assert step.status == "open"


@pytest.mark.parametrize(("status", "reason"), [("dropped", ""), ("open", "other")])
def test_no_step_is_stored_dropped_without_a_reason(step, status, reason):
    step.status, step.drop_reason = status, reason

    with pytest.raises(IntegrityError), transaction.atomic():
        step.save()


def test_the_case_shows_what_became_of_its_steps(client, act, step, case):
    act("parcelt", due_on=(TODAY + timedelta(days=7)).isoformat())
    act("atcelt", drop_reason="family_declined")

    page = client.get(case.get_absolute_url()).content.decode()

    assert "Piezvanīt skolai" in page
    assert "atcelts: ģimene to nevēlas" in page
    assert "pārcelts no" in page


def test_closing_a_case_and_correcting_an_entry_say_why_a_step_went(
    client, log, mediator, family, case
):
    log(answers(family=family.code, case=case.code, next_step_on=TODAY.isoformat()))
    step = NextStep.objects.get()
    visit = step.source
    sent = answers(family=family.code, case=case.code)
    client.post(f"/ieraksti/{visit.code}/labot/", sent)

    step.refresh_from_db()
    assert (step.status, step.drop_reason) == ("dropped", "corrected")

    step = NextStepFactory(mediator=mediator, municipality=family.municipality)
    step.case = case
    step.save()
    cases.close(case, by=mediator, outcome="solved", drop_steps=True)

    step.refresh_from_db()
    assert (step.status, step.drop_reason) == ("dropped", "case_closed")


@pytest.mark.parametrize("way", ["parcelt", "izdarits", "atcelt", "labot"])
def test_a_step_that_has_ended_or_is_of_others_does_not_exist(
    client, act, step, colleague, way
):
    client.force_login(colleague)
    sent = {"due_on": TODAY.isoformat(), "drop_reason": "other"}
    assert act(way, **sent).status_code == 404
    client.force_login(step.mediator)
    act("izdarits")
    assert act(way, **sent).status_code == 404


@pytest.mark.parametrize(
    ("address", "back"),
    [
        ("/sodien/", "/sodien/"),
        ("https://example.test/", None),
        ("//example.test/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_one_comes_back_to_where_one_was_but_never_elsewhere(act, case, address, back):
    response = act("izdarits", next=address)

    assert response.url == (back or case.get_absolute_url())


def test_the_page_offers_tomorrow_and_in_a_week(client, mediator, step):
    client.force_login(mediator)

    page = client.get(f"/soli/{step.pk}/parcelt/").content.decode()

    for days in (1, 7):
        assert f'value="{TODAY + timedelta(days=days)}"' in page
    assert AuditEntry.objects.get(verb=Verb.READ).object_id == str(step.pk)

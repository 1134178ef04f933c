"""Deleting an own entry, and taking the deletion back within minutes."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.forms import model_to_dict
from django.utils import timezone

from cases.models import DeletedVisit, NextStep, Visit
from cases.services import deletion
from privacy.models import AuditEntry, Verb
from tests.factories import (
    ClosedMonthFactory,
    NextStepFactory,
    StepMoveFactory,
    VisitFactory,
)


@pytest.fixture
def visit(client, mediator, municipality, family, case):
    client.force_login(mediator)
    return VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        note="Runājām par skolu",
    )


@pytest.fixture
def promised(visit):
    step = NextStepFactory(
        mediator=visit.mediator,
        municipality=visit.municipality,
        source=visit,
        text="Apsolītais",
    )
    StepMoveFactory(step=step)
    return step


@pytest.fixture
def done(visit):
    return NextStepFactory(
        mediator=visit.mediator,
        municipality=visit.municipality,
        done_by=visit,
        status="done",
        text="Izdarītais",
    )


@pytest.fixture
def delete(client, visit):
    return lambda: client.post(f"{visit.get_absolute_url()}dzest/")


@pytest.fixture
def restore(client, visit):
    return lambda: client.post(f"{visit.get_absolute_url()}atjaunot/", follow=True)


def test_deleting_says_what_goes_and_what_is_due_again(
    client, visit, promised, done, delete
):
    page = client.get(f"{visit.get_absolute_url()}dzest/").content.decode()
    assert Visit.objects.exists()
    response = delete()

    assert "Apsolītais" in page
    assert "Izdarītais" in page
    assert response.url == f"/ieraksti/?dzests={visit.code}"
    assert not Visit.objects.exists()
    assert not NextStep.objects.filter(pk=promised.pk).exists()
    done.refresh_from_db()
    assert (done.status, done.done_by) == ("open", None)
    assert AuditEntry.objects.get(verb=Verb.DELETE).object_id == str(visit.pk)


def test_the_list_offers_to_take_it_back_and_everything_is_as_before(
    client, visit, promised, done, delete, restore
):
    before = model_to_dict(Visit.objects.get())
    areas = list(visit.visit_areas.values_list("area", "position"))

    page = client.get(delete().url).content.decode()
    restore()

    assert f'action="{visit.get_absolute_url()}atjaunot/"' in page
    again = Visit.objects.get()
    assert model_to_dict(again) == before
    assert (again.pk, again.code, again.client_uuid, again.created_at) == (
        visit.pk,
        visit.code,
        visit.client_uuid,
        visit.created_at,
    )
    assert list(again.visit_areas.values_list("area", "position")) == areas
    assert again.promised_steps.get().text == "Apsolītais"
    assert again.promised_steps.get().moves.count() == 1
    done.refresh_from_db()
    assert (done.status, done.done_by) == ("done", again)
    assert AuditEntry.objects.filter(verb=Verb.CREATE).latest("pk").detail["restored"]
    assert not DeletedVisit.objects.exists()


def test_what_the_entry_said_lies_sealed_in_the_database(visit, delete):
    delete()

    with connection.cursor() as cursor:
        cursor.execute("SELECT remains FROM cases_deletedvisit")
        [(stored,)] = cursor.fetchall()
        cursor.execute("SELECT note FROM cases_visit")
        assert cursor.fetchall() == []
    assert visit.code not in stored
    remains = DeletedVisit.objects.get().remains
    assert visit.code in remains
    assert "skolu" in remains


def test_the_note_is_sealed_again_after_it_came_back(visit, delete, restore):
    delete()
    restore()

    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM cases_visit")
        [(stored,)] = cursor.fetchall()
    assert stored.startswith("v1|")
    assert Visit.objects.get().note == "Runājām par skolu"


def test_a_step_that_was_done_otherwise_in_the_meantime_stays_so(
    visit, done, delete, restore
):
    delete()
    NextStep.objects.update(status="dropped", drop_reason="done_otherwise")

    restore()

    assert NextStep.objects.get().status == "dropped"
    assert Visit.objects.get().done_steps.count() == 0


def test_after_some_minutes_it_is_too_late_and_the_words_are_forgotten(
    client, visit, delete, restore
):
    delete()
    later = timezone.now() - DeletedVisit.UNDO_FOR - timedelta(seconds=1)
    DeletedVisit.objects.update(deleted_at=later)

    assert (
        "atjaunot/"
        not in client.get("/ieraksti/", {"dzests": visit.code}).content.decode()
    )
    response = restore()

    assert "Ieraksts vairs nav atjaunojams" in response.content.decode()
    assert not Visit.objects.exists()


def test_the_worker_forgets_what_a_deleted_entry_said_but_not_its_number(
    visit, delete, run_tasks
):
    delete()
    run_tasks()
    assert DeletedVisit.objects.get().remains

    with time_machine.travel(timezone.now() + DeletedVisit.UNDO_FOR):
        run_tasks()

    assert DeletedVisit.objects.get().remains == ""
    assert DeletedVisit.objects.get().code == visit.code


def test_an_entry_of_a_month_that_was_handed_in_meanwhile_comes_back_as_a_late_one(
    visit, delete, restore
):
    delete()
    ClosedMonthFactory(
        mediator=visit.mediator, municipality=visit.municipality, month=visit.month
    )

    restore()

    assert Visit.objects.get().told_in > visit.month
    assert not DeletedVisit.objects.exists()


def test_a_colleague_cannot_bring_it_back(client, colleague, visit, delete, restore):
    delete()
    client.force_login(colleague)

    assert restore().status_code == 404


def test_bringing_it_back_twice_leaves_one_entry(visit, delete, restore):
    delete()
    restore()

    again = restore()

    assert again.redirect_chain == [(visit.get_absolute_url(), 302)]
    assert Visit.objects.count() == 1


def test_a_second_tap_on_delete_leads_to_the_same_offer(visit, mediator, delete):
    first = deletion.delete_visit(Visit.objects.get(), by=mediator)

    assert deletion.delete_visit(visit, by=mediator) == first

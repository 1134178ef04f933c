"""What an erasure would change is looked for by the worker where much was written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from data_protection.services import dry_run, erasure, requests
from tests.factories import FamilyFactory, SubjectRequestFactory, VisitFactory


@pytest.fixture
def family(mediator, municipality):
    return FamilyFactory(mediator=mediator, municipality=municipality)


def entries(family, mediator, number):
    facts = {"mediator": mediator, "municipality": family.municipality}
    return [
        VisitFactory(**facts, family=family, note="Runājām.") for _ in range(number)
    ]


@pytest.fixture
def much_written(family, mediator, data_protection_officer, monkeypatch):
    """A request to erase a family whose mediator wrote more than anybody waits for."""
    monkeypatch.setattr(dry_run, "LARGE", 3)
    entries(family, mediator, 3)
    asked = SubjectRequestFactory.build(family=family, kind="erasure")
    return requests.receive(asked, by=data_protection_officer)


def searches(asked):
    """Statements that read texts in which a family may be named."""
    return [one["sql"] for one in asked if "cases_communityissue" in one["sql"]]


def test_where_much_was_written_the_worker_looks_what_an_erasure_would_change(
    much_written, client, mediator, family, run_tasks
):
    client.force_login(mediator)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(much_written.get_absolute_url())
    assert page.context["dry_run"].rows is None
    assert not searches(asked)
    assert 'value="confirm"' not in page.text
    assert 'value="refuse"' in page.text

    run_tasks()
    with CaptureQueriesContext(connection) as asked:
        page = client.get(much_written.get_absolute_url())

    shown = page.context["dry_run"]
    assert not searches(asked)
    assert 'value="confirm"' in page.text
    assert sum(count for _label, count in shown.rows) == sum(
        erasure.plan_family(family).counts.values()
    )
    assert not shown.is_being_counted
    assert f"{timezone.localtime(shown.as_of):%d.%m.%Y.}" in page.text


def test_what_an_erasure_would_change_says_of_when_it_is_until_it_is_counted_anew(
    much_written, family, mediator, run_tasks, time_machine
):
    run_tasks()
    much_written.refresh_from_db()
    before, then = much_written.plan, much_written.plan_as_of
    entries(family, mediator, 2)
    time_machine.move_to(timezone.now() + dry_run.FRESH)

    old = dry_run.described(much_written, by=mediator)
    dry_run.described(much_written, by=mediator)
    assert (old.as_of, old.is_being_counted) == (then, True)
    assert DBTaskResult.objects.ready().count() == 1
    run_tasks()

    much_written.refresh_from_db()
    assert much_written.plan["visit"] == before["visit"] + 2


def test_the_erasure_itself_looks_anew(much_written, family, mediator, run_tasks):
    run_tasks()
    [later] = entries(family, mediator, 1)

    requests.confirm(much_written, by=mediator)

    later.refresh_from_db()
    assert later.note == ""


def test_a_count_of_what_is_decided_meanwhile_changes_nothing(
    much_written, mediator, run_tasks
):
    requests.refuse(much_written, by=mediator, reason="Atsaukts")

    run_tasks()

    much_written.refresh_from_db()
    assert much_written.plan_as_of is None


def test_where_little_was_written_it_is_counted_while_the_page_is_opened(
    family, mediator
):
    entries(family, mediator, 2)
    asked = SubjectRequestFactory(family=family, kind="erasure")

    assert dry_run.described(asked, by=mediator).rows
    assert not DBTaskResult.objects.exists()

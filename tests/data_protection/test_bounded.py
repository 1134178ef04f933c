"""Work on what grows for ten years holds a part of it at a time, and finds the same."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cases.models import CalendarFeed
from data_protection.models import DueCount, Erasure, RetentionRun
from data_protection.services import (
    breaches,
    erasure,
    holds,
    restoring,
    retention,
    subject_export,
)
from privacy import audit
from tests.factories import (
    BreachFactory,
    CalendarFeedFactory,
    ComplaintFactory,
    EventFactory,
    FamilyFactory,
    LegalHoldFactory,
    RetentionRunFactory,
    SubjectRequestFactory,
    VisitFactory,
)
from tests.held_rows import held_rows

RETENTION = "/datu-aizsardziba/glabasana/"


@pytest.fixture
def family(mediator, municipality):
    return FamilyFactory(mediator=mediator, municipality=municipality)


def entries(family, mediator, number, **facts):
    facts |= {"mediator": mediator, "municipality": family.municipality}
    return [VisitFactory(**facts, family=family) for _ in range(number)]


def test_families_affected_by_a_breach_are_counted_some_rows_at_a_time(
    family, mediator, monkeypatch
):
    monkeypatch.setattr(breaches, "A_STATEMENT", 10)
    seen = entries(family, mediator, 25)
    for row in [*seen, *seen, family]:
        audit.record(mediator, audit.Verb.READ, row)
    breach = BreachFactory(account=mediator)

    with held_rows() as held:
        assert breaches.affected(breach) == [(family.code, 51)]

    assert held.most == 10, held.sql


@pytest.fixture
def ended_links(db):
    """Twenty-five, each at a moment of its own."""
    now = timezone.now()
    return [
        CalendarFeedFactory(revoked_at=now - timedelta(hours=hours, microseconds=1))
        for hours in range(25)
    ]


def test_what_ended_is_remembered_over_a_restore_some_rows_at_a_time(
    ended_links, monkeypatch
):
    monkeypatch.setattr(restoring, "A_STATEMENT", 10)
    ended = {link.pk: link.revoked_at for link in ended_links}
    file = StringIO()

    with held_rows() as held:
        restoring.known_here(file)
        # In the restored database one of them is still open
        CalendarFeed.objects.filter(pk=ended_links[7].pk).update(revoked_at=None)
        with CaptureQueriesContext(connection) as asked:
            restoring._end_again(file)

    assert dict(CalendarFeed.objects.values_list("pk", "revoked_at")) == ended
    assert held.most == 10, held.sql
    writes = [one["sql"] for one in asked if one["sql"].startswith("UPDATE")]
    assert len(writes) == 1, "What the database knows is not written again"


def test_an_erasure_holds_of_the_texts_of_its_mediator_what_has_to_change(
    mediator, municipality, monkeypatch
):
    family = FamilyFactory(
        mediator=mediator, municipality=municipality, label="Kārkliņu ģimene"
    )
    other = FamilyFactory(
        mediator=mediator, municipality=municipality, label="Ozolu ģimene"
    )
    for number in range(25):
        note = "Bija arī Kārkliņi." if number == 7 else "Ozoli gaida pabalstu."
        VisitFactory(
            mediator=mediator, municipality=municipality, family=other, note=note
        )
        EventFactory(municipality=municipality)

    with held_rows() as held:
        plan = erasure.plan_family(family)

    assert len(plan.mentions) == 1
    assert held.most <= 2, held.sql


@pytest.fixture
def run(db, lead_mediator):
    run = RetentionRunFactory()
    retention.agree(run, by=lead_mediator)
    return run


def old_families(number, **facts):
    long_ago = timezone.localdate() - timedelta(days=1000)
    return FamilyFactory.create_batch(number, started_on=long_ago, **facts)


def test_a_run_asks_what_is_due_of_all_the_data_once_for_many_batches(
    run, mediator, municipality, monkeypatch
):
    monkeypatch.setattr(retention, "AT_ONCE", 20)
    old_families(23, municipality=municipality)
    ComplaintFactory(made_at=timezone.now() - timedelta(days=800))

    with held_rows() as held, CaptureQueriesContext(connection) as asked:
        done = retention.carry_out(run.pk).done

    assert done == {"families": 23, "complaints": 1}
    assert held.most == 20, held.sql
    looks = [one["sql"] for one in asked if "families_familyneed" in one["sql"]]
    of_everything = [sql for sql in looks if sql.endswith("LIMIT 20")]
    assert len(of_everything) == 3


def test_a_hold_that_is_set_while_a_batch_waits_is_obeyed(run, municipality):
    first, second = old_families(2, municipality=municipality)
    job = retention.JOBS[0]
    LegalHoldFactory(family=second)

    assert retention._do_batch(run.pk, job, [first.pk, second.pk])

    assert list(Erasure.objects.values_list("family_id", flat=True)) == [first.pk]
    assert not retention._do_batch(run.pk, job, [first.pk, second.pk])


def test_a_copy_asks_for_roles_as_often_whoever_looked_on_how_many_days(
    family, mediator, colleague, time_machine
):
    request = SubjectRequestFactory(family=family)

    def looked(days):
        for number in range(days):
            time_machine.move_to(timezone.now() + timedelta(days=1))
            audit.record(mediator, audit.Verb.READ, family)
            if number % 2:
                audit.record(colleague, audit.Verb.READ, family)

    def copied():
        with CaptureQueriesContext(connection) as asked:
            looks = subject_export.collect(family, None, request)["looks"]
        return len(asked), len(looks)

    looked(2)
    few, looks = copied()
    looked(8)

    assert copied() == (few, looks + 12)
    roles = {
        look["role"] for look in subject_export.collect(family, None, request)["looks"]
    }
    assert len(roles) == 1
    assert None not in roles


@pytest.fixture
def many_families(monkeypatch, municipality):
    monkeypatch.setattr(retention, "LARGE", 3)
    return old_families(3, municipality=municipality)


def test_where_there_are_many_families_the_worker_counts_what_is_due(
    many_families, client, data_protection_officer, run_tasks
):
    client.force_login(data_protection_officer)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(RETENTION)
    assert page.context["counted"].dues is None
    assert "Nekam nav beidzies termiņš" not in page.text
    assert not [one for one in asked if "families_familyneed" in one["sql"]]

    run_tasks()

    page = client.get(RETENTION)
    counted = page.context["counted"]
    assert counted.dues == retention.dry_run()
    assert page.context["dues"][0].codes == sorted(one.code for one in many_families)
    assert not counted.is_being_counted
    assert f"{timezone.localtime(counted.as_of):%d.%m.%Y.}" in page.text


def test_a_count_is_asked_for_once_and_shown_with_its_time_while_it_is_made_anew(
    many_families, run_tasks, time_machine
):
    retention.counted()
    run_tasks()
    then = retention.counted().as_of
    time_machine.move_to(timezone.now() + timedelta(minutes=61))

    first, second = retention.counted(), retention.counted()

    assert (
        (first.as_of, first.is_being_counted)
        == (then, True)
        == (
            second.as_of,
            second.is_being_counted,
        )
    )
    assert DBTaskResult.objects.ready().count() == 1


def test_a_hold_and_the_end_of_a_run_have_what_is_due_counted_anew(
    many_families, data_protection_officer, run_tasks, run
):
    retention.counted()
    run_tasks()
    hold = LegalHoldFactory.build(family=many_families[0], by=data_protection_officer)

    holds.hold(hold, by=data_protection_officer)
    run_tasks()
    assert retention.counted().dues == retention.dry_run()
    assert retention.counted().dues[0].count == 2

    retention.carry_out(run.pk)
    run_tasks()
    kept = DueCount.objects.get()
    assert kept.dues["families families.family"][0] == 0


def test_what_is_ordered_is_counted_anew_by_the_worker_whatever_the_page_shows(
    many_families, data_protection_officer, lead_mediator, run_tasks, municipality
):
    retention.counted()
    run_tasks()
    old_families(2, municipality=municipality)

    with CaptureQueriesContext(connection) as asked:
        ordered = retention.order(by=data_protection_officer)
    assert not [one for one in asked if "families_familyneed" in one["sql"]]
    assert retention.counted().dues[0].count == 3
    assert not retention.confirm(ordered, by=lead_mediator)
    run_tasks()

    ordered.refresh_from_db()
    counted = retention.counted()
    assert ordered.planned["families"] == counted.dues[0].count == 5
    assert ordered.planned_as_of == counted.as_of
    assert retention.confirm(ordered, by=lead_mediator)


def test_a_run_is_ordered_again_only_when_the_one_that_is_counted_is_done(
    many_families, data_protection_officer
):
    assert retention.order(by=data_protection_officer)

    assert retention.order(by=data_protection_officer) is None


def test_a_count_that_began_before_the_order_is_not_what_was_ordered(
    many_families, data_protection_officer, monkeypatch
):
    dry_run_of_before = retention.dry_run

    def ordered_meanwhile():
        dues = dry_run_of_before()
        retention.order(by=data_protection_officer)
        return dues

    monkeypatch.setattr(retention, "dry_run", ordered_meanwhile)

    retention.count_now()

    assert RetentionRun.objects.get().planned_as_of is None


def test_a_command_orders_and_counts_at_once(
    many_families, data_protection_officer, lead_mediator
):
    call_command(
        *("retention", "--run", "--by", data_protection_officer.email),
        *("--confirmed-by", lead_mediator.email),
        stdout=StringIO(),
    )

    done = RetentionRun.objects.get()
    assert done.planned["families"] == done.done["families"] == 3


def test_few_families_are_counted_while_the_page_is_opened(municipality):
    old_families(2, municipality=municipality)

    assert retention.counted().dues == retention.dry_run()
    assert not DueCount.objects.exists()

"""What has been kept long enough ends, after two people said so; numbers stay."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.models import Visit
from config import controller
from data_protection.models import Erasure, LegalHold, RetentionRun
from data_protection.periods import BY_KEY, PERIODS
from data_protection.services import retention
from families.models import Consent, Family
from tests.factories import (
    AchievementFactory,
    ComplaintFactory,
    ConsentFactory,
    FamilyFactory,
    LegalHoldFactory,
    RetentionRunFactory,
    UserFactory,
    VisitFactory,
)

LONG_AGO = timezone.localdate() - timedelta(days=800)


def due_families():
    [families] = [due for due in retention.dry_run() if due.job.key == "families"]
    return families.codes


@pytest.fixture
def old_family(mediator, municipality):
    """Nothing has happened with it for more than two years."""
    family = FamilyFactory(
        mediator=mediator, municipality=municipality, started_on=LONG_AGO
    )
    VisitFactory(
        mediator=mediator, municipality=municipality, family=family, visited_on=LONG_AGO
    )
    return family


def test_a_family_is_due_two_years_after_the_last_activity(
    old_family, mediator, municipality
):
    lately = FamilyFactory(
        mediator=mediator, municipality=municipality, started_on=LONG_AGO
    )
    VisitFactory(mediator=mediator, municipality=municipality, family=lately)
    at_work = FamilyFactory(municipality=municipality, started_on=LONG_AGO)
    AchievementFactory(case__family=at_work, case__opened_on=LONG_AGO)

    assert due_families() == [old_family.code]


def test_a_complaint_that_nobody_answered_ends_too(db):
    ComplaintFactory(made_at=timezone.now() - timedelta(days=800))
    ComplaintFactory()

    [due] = [due for due in retention.dry_run() if due.job.key == "complaints"]
    assert due.count == 1


@pytest.mark.parametrize("everything", [True, False])
def test_a_hold_keeps_what_is_due(old_family, everything):
    LegalHoldFactory(family=None if everything else old_family)

    assert due_families() == []


def test_a_hold_that_is_over_or_lifted_keeps_nothing(old_family):
    yesterday = timezone.localdate() - timedelta(days=1)
    LegalHoldFactory(family=old_family, starts_on=LONG_AGO, ends_on=yesterday)
    LegalHoldFactory(family=old_family, lifted_on=yesterday)

    assert due_families() == [old_family.code]


def test_a_run_ends_what_is_due_and_nothing_else(
    old_family, mediator, municipality, lead_mediator
):
    loose = {"mediator": mediator, "municipality": municipality, "note": "Saruna"}
    VisitFactory(visited_on=LONG_AGO, **loose)
    VisitFactory(**loose)
    gone = FamilyFactory(
        municipality=municipality, erased_on=date(2020, 1, 1), label=""
    )
    ConsentFactory(family=gone)
    kept = ConsentFactory(family=FamilyFactory(), given_on=timezone.localdate())
    run = RetentionRunFactory()
    retention.agree(run, by=lead_mediator)

    done = retention.carry_out(run.pk)

    assert done.status == RetentionRun.Status.DONE
    assert done.done == {"families": 1, "consents": 1, "loose_notes": 1}
    assert Family.objects.get(pk=old_family.pk).erased_on
    assert Erasure.objects.get().why == Erasure.Why.RETENTION
    assert list(Consent.objects.all()) == [kept]
    assert Visit.objects.filter(note="").count() == 2
    assert retention.as_counts(retention.dry_run())["families"] == 0


def test_an_interrupted_run_goes_on_where_it_was(
    old_family, lead_mediator, monkeypatch
):
    run = RetentionRunFactory()
    retention.agree(run, by=lead_mediator)
    assert retention._do_batch(run.pk, retention.JOBS[0], [old_family.pk])

    call_command("retention", run=True)

    run.refresh_from_db()
    assert (run.status, run.done) == (RetentionRun.Status.DONE, {"families": 1})


def test_nothing_runs_without_a_second_person(
    old_family, data_protection_officer, lead_mediator, coordinator
):
    officer = data_protection_officer
    run = retention.order(by=officer)

    assert retention.order(by=officer) is None
    assert not retention.agree(run, by=officer)
    assert not retention.agree(run, by=coordinator)
    with pytest.raises(CommandError, match="No run was confirmed"):
        call_command("retention", run=True)
    assert Family.objects.get(pk=old_family.pk).label
    assert retention.agree(run, by=lead_mediator)


def test_the_command_tells_what_is_due_and_runs_for_two_people(
    old_family, data_protection_officer, lead_mediator, capsys
):
    call_command("retention", dry_run=True, json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer["codes"] == {"families": [old_family.code]}

    call_command(
        "retention",
        run=True,
        by=data_protection_officer.email,
        confirmed_by=lead_mediator.email,
        json=True,
    )
    assert json.loads(capsys.readouterr().out)["done"] == {"families": 1}


def test_the_file_of_the_controller_replaces_a_period(settings, tmp_path):
    path = tmp_path / "controller.toml"
    path.write_text('name = "Biedrība"\n[retention]\nfamilies = 12\n')

    settings.CONTROLLER = controller.read(path)

    assert BY_KEY["families"].months == 12
    assert BY_KEY["consents"].months == 36


@pytest.mark.once
def test_the_demo_has_a_controller_and_the_file_names_known_periods_only(settings):
    found = controller.read(settings.BASE_DIR / "agenda/demo/controller.toml")

    assert found.name
    assert set(found.retention) <= {period.key for period in PERIODS}


def test_a_hold_is_asked_for_its_own_days_and_ends_when_it_is_lifted(db):
    today = timezone.localdate()
    over, lifted = LegalHoldFactory.create_batch(2, starts_on=today - timedelta(days=9))
    LegalHold.objects.filter(pk=over.pk).update(ends_on=today - timedelta(days=2))
    LegalHold.objects.filter(pk=lifted.pk).update(lifted_on=today)

    assert not LegalHold.objects.standing().exists()
    assert list(LegalHold.objects.standing(today - timedelta(days=3))) == [over]


@pytest.mark.parametrize(
    ("status", "is_under_way"), [("running", True), ("done", False)]
)
def test_a_run_is_under_way_until_it_is_done(db, status, is_under_way):
    now = timezone.now()
    RetentionRunFactory(
        status=status,
        confirmed_by=UserFactory(),
        confirmed_at=now,
        finished_at=None if is_under_way else now,
    )

    assert RetentionRun.objects.under_way().exists() is is_under_way

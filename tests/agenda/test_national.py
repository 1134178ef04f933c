"""The demo at the scale of a continent: as much as was asked for, valid, and repeatable."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from agenda.demo.national.loading import load_national
from agenda.demo.national.size import A_MONTH, Size
from cases.models import Case, ClosedMonth, NextStep, Visit
from families.models import Consent, Family, FamilyMember
from mediators.models import Appointment, Role, User
from municipalities.models import Municipality
from privacy.models import AuditEntry, Installation
from reports.figures import month_figures
from reports.models import MonthlyReport, ReportSection
from tests.agenda.demo import NOON, UNTIL, digest
from tests.factories import FamilyFactory

ENTRIES = 1400


@pytest.fixture
def nation(db, time_machine):
    """Two mediators and their log."""
    time_machine.move_to(NOON)
    load_national(UNTIL, entries=ENTRIES, seed=1)


@pytest.mark.slow
def test_there_is_as_much_as_was_asked_for_in_the_proportion_of_the_design(nation):
    mediators = User.objects.filter(appointments__role=Role.MEDIATOR)

    assert Visit.objects.count() == ENTRIES
    assert mediators.count() == 2
    assert Family.objects.count() == 2 * 40
    assert MonthlyReport.objects.count() == 2 * 14
    assert Visit.objects.in_month(date(2026, 10, 1)).count() == 2 * A_MONTH
    days = Visit.objects.order_by("visited_on").values_list("visited_on", flat=True)
    assert days.first() < date(2024, 2, 1)
    assert days.last() <= UNTIL


@pytest.mark.slow
def test_its_rows_keep_every_constraint_of_the_database_and_every_rule_of_the_models(
    nation,
):
    connection.check_constraints()
    for model in (Family, FamilyMember, Consent, Case, Visit, NextStep):
        for row in model.objects.order_by("?")[:20]:
            row.full_clean()


@pytest.mark.slow
def test_each_text_is_sealed_for_its_own_row_and_opens_there(nation):
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM cases_visit WHERE note <> ''")
        stored = [token for (token,) in cursor.fetchall()]
    opened = Counter(visit.note for visit in Visit.objects.exclude(note=""))

    assert len(set(stored)) == len(stored)
    assert all(token.startswith("v1|") for token in stored)
    assert opened.total() == len(stored)
    assert opened.most_common(1)[0][1] > 1
    assert all(family.label and family.address for family in Family.objects.all())
    assert all(step.text for step in NextStep.objects.all())
    assert any(part.text for part in ReportSection.objects.all())


@pytest.mark.slow
def test_its_reports_say_what_counting_the_log_again_says(nation):
    for report in MonthlyReport.objects.select_related("mediator", "municipality"):
        recount = month_figures(report.mediator, report.municipality, report.month)
        told = {"plan": recount.plan, "meetings": recount.meetings}
        figures = type(recount).from_json(report.figures)
        assert vars(figures) | told == vars(recount)
        assert ClosedMonth.objects.covers(
            mediator=report.mediator,
            municipality=report.municipality,
            day=report.month,
        )


@pytest.mark.slow
def test_work_goes_on_after_it(nation):
    mediator = User.objects.get(email="mediator-0@tilts.example")
    place = mediator.appointments.get().municipality

    code = Visit.next_code(place, UNTIL)
    assert not Visit.objects.filter(code=code).exists()
    assert not Family.objects.filter(code=Family.next_code(place)).exists()
    assert not Case.objects.filter(code=Case.next_code(place)).exists()
    MonthlyReport.open_for(mediator, place, UNTIL)
    loads = AuditEntry.objects.filter(verb="load", detail__scale="national")
    assert loads.get(object_type="cases.visit").detail["rows"] == ENTRIES


@pytest.mark.slow
def test_the_same_seed_makes_the_same_log_and_another_one_another(db, time_machine):
    time_machine.move_to(NOON)

    def made(seed):
        with transaction.atomic():
            load_national(UNTIL, entries=60, seed=seed)
            told = digest()
            keys = list(Visit.objects.order_by("pk").values_list("pk", "client_uuid"))
            transaction.set_rollback(True)
        return told, keys

    assert made(1) == made(1)
    assert made(1)[0] != made(2)[0]


@pytest.mark.slow
def test_a_second_run_of_the_command_changes_nothing(db, settings, capsys):
    settings.DEMO = True
    call_command("seed_demo", scale="national", entries=50, until=timezone.localdate())
    before = digest(), AuditEntry.objects.count()

    call_command("seed_demo", scale="national", entries=50)

    assert (digest(), AuditEntry.objects.count()) == before
    assert "loaded already" in capsys.readouterr().out


def test_a_database_that_holds_anything_else_is_refused(db, settings):
    settings.DEMO = True
    FamilyFactory()
    before = Municipality.objects.count(), Appointment.objects.count()

    with pytest.raises(CommandError, match="real data"):
        call_command("seed_demo", scale="national", entries=50)

    assert (Municipality.objects.count(), Appointment.objects.count()) == before


def test_a_part_of_a_load_that_was_broken_off_is_refused(db, settings):
    settings.DEMO = True
    call_command("load_reference", verbosity=0)
    Installation.objects.mark(demo=True)
    FamilyFactory()

    with pytest.raises(CommandError, match="part of this one"):
        call_command("seed_demo", scale="national", entries=50)


@pytest.mark.parametrize(
    ("entries", "mediators", "years"),
    [(10_000, 15, 3), (1_000_000, 1500, 3), (10_000_000, 1500, 10)],
)
def test_a_larger_log_has_more_mediators_then_more_years_but_the_same_months_of_late(
    entries, mediators, years
):
    size = Size(entries)

    assert (size.mediators, size.years) == (mediators, years)
    assert sum(size.entries_of_each) == entries
    months = size.by_month(size.entries_of_each[0], [1] * size.months)
    assert sum(months) == size.entries_of_each[0]
    assert set(months[-12:]) == {A_MONTH}

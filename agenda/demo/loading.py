"""Puts the whole demo into an empty database, in one transaction."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from agenda.demo.achievements import achieved_in, people_of
from agenda.demo.care import add_care
from agenda.demo.chance import Clock
from agenda.demo.common_matters import add_common_matters
from agenda.demo.cooperation import (
    changes_of,
    refer,
    share_one,
    stages_of,
    tell_responses,
)
from agenda.demo.ethics import accept_the_code
from agenda.demo.evaluation import add_evaluation
from agenda.demo.gatherings import gather
from agenda.demo.history import Numbers, add_families, lend_a_family, plan_cases
from agenda.demo.monthly import write_reports
from agenda.demo.oversight import add_oversight
from agenda.demo.publicity import add_publicity
from agenda.demo.reaching import add_reaching, interpret, travel
from agenda.demo.rights import add_rights
from agenda.demo.schooling import add_schooling
from agenda.demo.settling import settle
from agenda.demo.standing_in import add_stand_ins, tell_what_they_did
from agenda.demo.steps import moves_of, promise_steps
from agenda.demo.support import support
from agenda.demo.targets import add_targets
from agenda.demo.visits import keep_cases, log_month, number_cases, number_entries
from agenda.demo.working import add_working
from cases.models import (
    Achievement,
    Case,
    CaseEvent,
    CasePerson,
    CaseShare,
    NextStep,
    Referral,
    StepMove,
    SubGoal,
    Visit,
    VisitArea,
    VisitFamily,
)
from events.models import Centre, Event
from families import reference_data
from families.models import Consent, Family, FamilyMember, FamilyNeed, Residence
from mediators.models import Appointment, SupervisionSession, Supervisor, User
from municipalities.models import Institution, InstitutionContact, Municipality
from privacy import audit
from privacy.models import Installation
from reports.models import MonthlyReport

LOADED = (
    *(Municipality, Institution, InstitutionContact, User, Appointment, Family),
    *(Consent, FamilyMember, FamilyNeed, Residence, Case, Referral, Visit),
    *(NextStep, Centre, Event, MonthlyReport, Supervisor, SupervisionSession),
)
"""What the audit and the summary count."""


@dataclass
class Log:
    """The work of one desk, not yet stored."""

    desk: object
    entries: list
    cases: list


@transaction.atomic
def load_demo(until, *, seed, scale):
    """Everything, from the municipalities to the last report; counts by model."""
    Installation.objects.mark(demo=True)
    reference_data.load()
    before = {model: model.objects.count() for model in LOADED}
    clock = Clock(until)
    logs = load_log(clock, seed=seed, scale=scale)
    write_reports(logs, clock)
    desks = [log.desk for log in logs]
    gather(desks, clock)
    add_rights(desks, clock)
    add_oversight(desks, clock)
    add_targets(desks, clock)
    add_evaluation(desks, clock)
    add_publicity(desks, clock)
    add_working(desks, clock)
    loaded = {model: model.objects.count() - before[model] for model in LOADED}
    for model, rows in loaded.items():
        audit.record(None, audit.Verb.LOAD, model, rows=rows)
    return loaded


@transaction.atomic
def load_log(clock, *, seed, scale):
    """Places, people, families, and what each mediator logged about them."""
    numbers = Numbers()
    desks = settle(clock, seed=seed, scale=scale)
    for desk in desks:
        add_families(desk, clock, numbers)
        add_care(desk, clock)
    lend_a_family(desks[2], desks[3], clock)
    add_stand_ins(desks[0], desks[2], desks[3], clock)
    support(desks, clock)
    accept_the_code(clock)
    logs = [_log(desk, clock) for desk in desks]
    number_cases([case for log in logs for case in log.cases], numbers)
    number_entries([entry for log in logs for entry in log.entries], numbers)
    _store(logs, clock)
    tell_what_they_did(desks, clock, numbers)
    add_reaching(desks, clock)
    numbers.store()
    add_schooling(desks, clock)
    add_common_matters(desks, clock)
    _show_the_planner_what_is_there()
    return logs


def _log(desk, clock):
    planned = plan_cases(desk, clock)
    entries = [
        entry
        for month in clock.months
        for entry in log_month(desk, clock, month, planned)
    ]
    tell_responses(entries)
    interpret(entries)
    travel(entries)
    return Log(desk, entries, keep_cases(desk, planned, entries, clock))


def _store(logs, clock):
    cases = [case for log in logs for case in log.cases]
    entries = sorted(
        (entry for log in logs for entry in log.entries),
        key=lambda entry: entry.visit.code,
    )
    Case.objects.bulk_create(cases)
    CaseEvent.objects.bulk_create(_closings(cases, clock))
    Visit.objects.bulk_create([entry.visit for entry in entries], batch_size=500)
    # The moment of the last change would be now
    Visit.objects.update(updated_at=F("created_at"))
    VisitFamily.objects.bulk_create(
        VisitFamily(visit=entry.visit, family=family)
        for entry in entries
        for family in entry.families
    )
    VisitArea.objects.bulk_create(
        VisitArea(visit=entry.visit, area=area, position=position)
        for entry in entries
        for position, area in enumerate(entry.areas)
    )
    _store_cooperation(logs, clock)
    _store_achievements(cases, clock)
    steps = NextStep.objects.bulk_create(
        step
        for log in logs
        for step in promise_steps(log.desk, log.entries, log.cases, clock)
    )
    StepMove.objects.bulk_create(moves_of(steps, clock))


def _store_cooperation(logs, clock):
    referrals = [row for log in logs for row in refer(log.desk, log.cases, clock)]
    Referral.objects.bulk_create(referrals)
    CaseEvent.objects.bulk_create(changes_of(referrals, clock))
    SubGoal.objects.bulk_create(
        row for log in logs for row in stages_of(log.cases, clock)
    )
    CaseShare.objects.bulk_create(
        row for log in logs for row in share_one(log.desk, log.cases, clock)
    )


def _store_achievements(cases, clock):
    people = FamilyMember.objects.select_related("relation")
    members = {}
    for member in sorted(people, key=lambda one: (one.birth_year, one.name)):
        members.setdefault(member.family_id, []).append(member)
    CasePerson.objects.bulk_create(people_of(cases, members))
    Achievement.objects.bulk_create(achieved_in(cases, members, clock))


def _show_the_planner_what_is_there():
    """The database has not yet counted rows of this transaction and takes them for few."""
    models = (Family, Case, Referral, Visit, VisitFamily, VisitArea, NextStep)
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _closings(cases, clock):
    for case in cases:
        if case.is_closed:
            yield CaseEvent(
                case=case,
                by=case.mediator,
                at=clock.at(case.closed_on, 17),
                status=case.status,
                outcome=case.outcome,
                what_helped=case.what_helped,
            )

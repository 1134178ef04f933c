"""Opening, changing and closing cases; the history keeps every change of status."""

from django.db import transaction
from django.utils import timezone

from cases.models import (
    Case,
    CaseEvent,
    CaseStatus,
    ClosedMonth,
    DropReason,
    NextStep,
    Outcome,
)
from cases.services.goals import write_sub_goals
from cases.services.people import write_people
from families.services.substitutions import absent_by_family
from municipalities.services import made_before
from privacy import audit

SETTABLE = (CaseStatus.ACTIVE, CaseStatus.WAITING)
"""What an open case may be set to by hand."""


class StatusHasChanged(Exception):
    """Somebody closed or reopened the case in the meantime."""


@transaction.atomic
def open_case(case, *, by, sub_goals=(), people=()):
    """Store a new case with its code, once.

    What a substitute opens belongs to the mediator whose family it is: she goes on
    with it, and her report counts it.
    """
    made = made_before(
        case,
        Case.objects.visible_to(by),
        alike=["family_id", "title", "area", "goal"],
        lock=case.family,
    )
    if made:
        return made
    case.municipality = case.family.municipality
    case.mediator = absent_by_family(by).get(case.family_id, by)
    case.code = Case.next_code(case.municipality)
    case.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, case, code=case.code)
    write_sub_goals(case, sub_goals, by=by)
    write_people(case, people, by=by)
    return case


@transaction.atomic
def set_status(case, status, *, by):
    """Put an open case on hold or back to work; the same status again changes nothing."""
    case = _locked(case)
    if case.is_closed:
        raise StatusHasChanged
    if case.status == status:
        return
    case.status = status
    case.save(update_fields=["status"])
    _remember(case, by=by)
    audit.record(by, audit.Verb.UPDATE, case, fields=["status"], status=status)


@transaction.atomic
def close(case, *, by, outcome, what_helped="", drop_steps=False):
    """End the case today. Open next steps that the person sees go or stay, as chosen."""
    case = _locked(case)
    if case.is_closed:
        raise StatusHasChanged
    case.status = CaseStatus.CLOSED
    case.closed_on = timezone.localdate()
    case.outcome, case.what_helped = outcome, what_helped
    case.save(update_fields=["status", "closed_on", "outcome", "what_helped"])
    dropped = 0
    if drop_steps:
        steps = case.next_steps.visible_to(by).open()
        dropped = steps.update(
            status=NextStep.Status.DROPPED, drop_reason=DropReason.CASE_CLOSED
        )
    _remember(case, by=by)
    audit.record(by, audit.Verb.CLOSE, case, outcome=outcome, dropped_steps=dropped)


@transaction.atomic
def stop_all(family, *, by):
    """Nobody works with an erased family any more, so its open cases end as stopped.

    A month that was handed in keeps its count of open cases: there the case ends on the
    first day whose report is still to come.
    """
    cases = Case.objects.select_for_update(no_key=True).filter(family=family).open()
    for case in cases:
        today = timezone.localdate()
        month = ClosedMonth.objects.report_month(
            mediator=case.mediator, municipality=case.municipality, day=today
        )
        case.status, case.outcome = CaseStatus.CLOSED, Outcome.STOPPED
        case.closed_on = max(today, month, case.opened_on)
        case.save(update_fields=["status", "outcome", "closed_on"])
        audit.record(by, audit.Verb.CLOSE, case, outcome=case.outcome)


@transaction.atomic
def reopen(case, *, by):
    """Take a closed case up again; how it ended before stays in its history."""
    case = _locked(case)
    if not case.is_closed:
        raise StatusHasChanged
    case.status = CaseStatus.ACTIVE
    case.closed_on, case.outcome, case.what_helped = None, "", ""
    case.save(update_fields=["status", "closed_on", "outcome", "what_helped"])
    _remember(case, by=by)
    audit.record(by, audit.Verb.REOPEN, case)


def _locked(case):
    """The row as it is now; of two people who act at once the second waits."""
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _remember(case, *, by):
    CaseEvent.objects.create(
        case=case,
        by=by,
        status=case.status,
        outcome=case.outcome,
        what_helped=case.what_helped,
    )

"""What happened in a case: log entries and changes of status in one line of time."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from cases.models import CaseEvent, CaseStatus, Visit

LATEST_VISITS = 100


@dataclass(frozen=True)
class Moment:
    """One point of the line: an entry or a change of status, never both."""

    day: date
    at: datetime
    visit: Visit | None = None
    event: CaseEvent | None = None


def timeline_of(case, user):
    """Moments of the case that the person may see, the newest first."""
    visits = case.visits.visible_to(user).select_related("institution", "contact")
    moments = [
        Moment(visit.visited_on, visit.created_at, visit=visit)
        for visit in visits[:LATEST_VISITS]
    ]
    moments += [
        Moment(timezone.localdate(event.at), event.at, event=event)
        for event in case.events.all()
    ]
    return sorted(moments, key=lambda moment: (moment.day, moment.at), reverse=True)


def waiting_since(case, moments):
    """When the case was put on hold, for the hollow dot at the top of the line."""
    if case.status != CaseStatus.WAITING:
        return None
    return next((moment.event for moment in moments if moment.event), None)

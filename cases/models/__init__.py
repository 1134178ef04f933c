"""What: cases, log entries and next steps."""

from cases.models.calendar_feed import CalendarFeed
from cases.models.case import Case, CaseEvent, CaseStatus, Outcome
from cases.models.choices import Area, Kind
from cases.models.next_step import DropReason, NextStep, StepMove
from cases.models.visit import ClosedMonth, Visit, VisitArea, VisitFamily

__all__ = [
    "Area",
    "CalendarFeed",
    "Case",
    "CaseEvent",
    "CaseStatus",
    "ClosedMonth",
    "DropReason",
    "Kind",
    "NextStep",
    "Outcome",
    "StepMove",
    "Visit",
    "VisitArea",
    "VisitFamily",
]

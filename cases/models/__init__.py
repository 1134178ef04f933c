"""What: cases, log entries and next steps."""

from cases.models.case import Case, CaseEvent, CaseStatus, Outcome
from cases.models.choices import Area, Kind
from cases.models.next_step import NextStep
from cases.models.visit import (
    ClosedMonth,
    DeletedVisit,
    Visit,
    VisitArea,
    VisitFamily,
)

__all__ = [
    "Area",
    "Case",
    "CaseEvent",
    "CaseStatus",
    "ClosedMonth",
    "DeletedVisit",
    "Kind",
    "NextStep",
    "Outcome",
    "Visit",
    "VisitArea",
    "VisitFamily",
]

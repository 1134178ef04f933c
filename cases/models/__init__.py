"""What: cases, log entries, referrals and next steps."""

from cases.models.case import Case, CaseEvent, CaseStatus, Outcome
from cases.models.choices import Area, Kind
from cases.models.goal import MOST_SUB_GOALS, SubGoal
from cases.models.next_step import NextStep
from cases.models.referral import ANSWER_DAYS, Referral
from cases.models.share import CaseShare
from cases.models.visit import (
    ClosedMonth,
    DeletedVisit,
    Visit,
    VisitArea,
    VisitFamily,
)

__all__ = [
    "ANSWER_DAYS",
    "MOST_SUB_GOALS",
    "Area",
    "Case",
    "CaseEvent",
    "CaseShare",
    "CaseStatus",
    "ClosedMonth",
    "DeletedVisit",
    "Kind",
    "NextStep",
    "Outcome",
    "Referral",
    "SubGoal",
    "Visit",
    "VisitArea",
    "VisitFamily",
]

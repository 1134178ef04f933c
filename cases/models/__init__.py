"""What: cases, log entries, referrals and next steps."""

from cases.models.achievement import Achievement
from cases.models.advice import Advice
from cases.models.calendar_feed import CalendarFeed
from cases.models.case import Case, CaseEvent, CaseStatus, Outcome
from cases.models.choices import Area, Kind, LanguagePair, Venue
from cases.models.closed_month import ClosedMonth
from cases.models.deleted_visit import DeletedVisit
from cases.models.goal import MOST_SUB_GOALS, SubGoal
from cases.models.incident import Incident
from cases.models.involvement import Involvement, InvolvementStep, ProgrammeStep
from cases.models.issue import CommunityIssue, IssueEvent, IssueStatus
from cases.models.next_step import DropReason, NextStep, StepMove
from cases.models.participant import Participant
from cases.models.partner import Agreement, Delegation, Resource
from cases.models.person import CasePerson
from cases.models.referral import ANSWER_DAYS, Referral
from cases.models.share import CaseShare
from cases.models.visit import Visit
from cases.models.visit_parts import VisitArea, VisitFamily

__all__ = [
    "ANSWER_DAYS",
    "MOST_SUB_GOALS",
    "Achievement",
    "Advice",
    "Agreement",
    "Area",
    "CalendarFeed",
    "Case",
    "CaseEvent",
    "CasePerson",
    "CaseShare",
    "CaseStatus",
    "ClosedMonth",
    "CommunityIssue",
    "Delegation",
    "DeletedVisit",
    "DropReason",
    "Incident",
    "Involvement",
    "InvolvementStep",
    "IssueEvent",
    "IssueStatus",
    "Kind",
    "LanguagePair",
    "NextStep",
    "Outcome",
    "Participant",
    "ProgrammeStep",
    "Referral",
    "Resource",
    "StepMove",
    "SubGoal",
    "Venue",
    "Visit",
    "VisitArea",
    "VisitFamily",
]

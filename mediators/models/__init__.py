"""Who: people who sign in, what they may do, and who looks after them."""

from mediators.models.account import (
    CASE_WORK,
    COORDINATING,
    MUNICIPAL,
    Appointment,
    Position,
    Role,
    User,
)
from mediators.models.complaint import Complaint
from mediators.models.email_change import EmailChange
from mediators.models.ethics import EthicsAcceptance, EthicsCode
from mediators.models.factor_reset import FactorReset
from mediators.models.funding import FundingShare
from mediators.models.invitation import Invitation
from mediators.models.profile import LanguageSkill, MediatorProfile
from mediators.models.supervision import (
    SupervisionRequest,
    SupervisionSession,
    Supervisor,
)
from mediators.models.training import Training, TrainingCourse, TrainingNeed
from mediators.models.tries import Limit, TooManyTries, Tries

__all__ = [
    "CASE_WORK",
    "COORDINATING",
    "MUNICIPAL",
    "Appointment",
    "Complaint",
    "EmailChange",
    "EthicsAcceptance",
    "EthicsCode",
    "FactorReset",
    "FundingShare",
    "Invitation",
    "LanguageSkill",
    "Limit",
    "MediatorProfile",
    "Position",
    "Role",
    "SupervisionRequest",
    "SupervisionSession",
    "Supervisor",
    "TooManyTries",
    "Training",
    "TrainingCourse",
    "TrainingNeed",
    "Tries",
    "User",
]

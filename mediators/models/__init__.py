"""Who: people who sign in, what they may do, and who looks after them."""

from mediators.models.account import (
    CASE_WORK,
    COORDINATING,
    MUNICIPAL,
    Appointment,
    Role,
    User,
)
from mediators.models.complaint import Complaint
from mediators.models.ethics import EthicsAcceptance, EthicsCode
from mediators.models.supervision import (
    SupervisionRequest,
    SupervisionSession,
    Supervisor,
)

__all__ = [
    "CASE_WORK",
    "COORDINATING",
    "MUNICIPAL",
    "Appointment",
    "Complaint",
    "EthicsAcceptance",
    "EthicsCode",
    "Role",
    "SupervisionRequest",
    "SupervisionSession",
    "Supervisor",
    "User",
]

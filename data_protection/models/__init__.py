"""The law: what the audit is checked for, requests of people, what was erased, what is
held, runs of retention, breaches."""

from data_protection.models.audit_check import AuditCheck, AuditLetter
from data_protection.models.breach import Breach
from data_protection.models.erasure import Erasure
from data_protection.models.request import SubjectRequest
from data_protection.models.retention import DueCount, LegalHold, RetentionRun

__all__ = [
    "AuditCheck",
    "AuditLetter",
    "Breach",
    "DueCount",
    "Erasure",
    "LegalHold",
    "RetentionRun",
    "SubjectRequest",
]

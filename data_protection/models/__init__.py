"""What the data-protection officer decides and is told."""

from data_protection.models.audit_check import AuditCheck, AuditLetter

__all__ = ["AuditCheck", "AuditLetter"]

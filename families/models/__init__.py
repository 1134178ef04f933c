"""Whom: families, who may see them, and what they agreed to."""

from families.models.family import Consent, Family, FamilyAssignment
from families.models.hand_over import HandOver
from families.models.substitution import Substitution

__all__ = [
    "Consent",
    "Family",
    "FamilyAssignment",
    "HandOver",
    "Substitution",
]

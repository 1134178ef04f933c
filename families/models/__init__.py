"""Whom: families, their people and needs, who may see them, what they agreed to."""

from families.models.consent_text import ConsentText
from families.models.family import Consent, Family, FamilyAssignment
from families.models.member import FamilyMember, Occupation
from families.models.need import FamilyNeed, NeedLevel
from families.models.residence import Residence, ResidenceStatus
from families.models.safeguarding import Authority, SafeguardingNotice

__all__ = [
    "Authority",
    "Consent",
    "ConsentText",
    "Family",
    "FamilyAssignment",
    "FamilyMember",
    "FamilyNeed",
    "NeedLevel",
    "Occupation",
    "Residence",
    "ResidenceStatus",
    "SafeguardingNotice",
]

"""Whom: families, their people and needs, who may see them, what they agreed to."""

from families.models.age_band import AgeBand
from families.models.conflict import ConflictOfInterest
from families.models.consent import Consent
from families.models.consent_text import ConsentText
from families.models.counted import Counted
from families.models.education import (
    Attendance,
    EducationRecord,
    GroupType,
    HomeLanguage,
    ViewHeard,
    WhoTold,
)
from families.models.family import Family, FamilyAssignment
from families.models.hand_over import HandOver
from families.models.looked_through import LookedThrough
from families.models.member import FamilyMember, Occupation, Sex
from families.models.name_grant import NameGrant
from families.models.need import FamilyNeed, NeedLevel
from families.models.residence import Residence, ResidenceStatus
from families.models.safeguarding import Authority, SafeguardingNotice
from families.models.spared_word import SparedWord
from families.models.substitution import Substitution
from families.models.yearly_count import CountSource, Division, YearlyCount

__all__ = [
    "AgeBand",
    "Attendance",
    "Authority",
    "ConflictOfInterest",
    "Consent",
    "ConsentText",
    "CountSource",
    "Counted",
    "Division",
    "EducationRecord",
    "Family",
    "FamilyAssignment",
    "FamilyMember",
    "FamilyNeed",
    "GroupType",
    "HandOver",
    "HomeLanguage",
    "LookedThrough",
    "NameGrant",
    "NeedLevel",
    "Occupation",
    "Residence",
    "ResidenceStatus",
    "SafeguardingNotice",
    "Sex",
    "SparedWord",
    "Substitution",
    "ViewHeard",
    "WhoTold",
    "YearlyCount",
]

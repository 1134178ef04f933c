"""Where: places, institutions and their people, lists of words, and who works together."""

from municipalities.models.group import GroupDecision, GroupMeeting, GroupMember
from municipalities.models.institutions import Institution, InstitutionContact
from municipalities.models.places import (
    ContactPerson,
    Counter,
    Localised,
    Municipality,
    Region,
    Term,
    Vocabulary,
)
from municipalities.models.support import (
    CityPlan,
    FundingLine,
    Membership,
    MunicipalVisit,
    Partner,
    Premises,
)

__all__ = [
    "CityPlan",
    "ContactPerson",
    "Counter",
    "FundingLine",
    "GroupDecision",
    "GroupMeeting",
    "GroupMember",
    "Institution",
    "InstitutionContact",
    "Localised",
    "Membership",
    "MunicipalVisit",
    "Municipality",
    "Partner",
    "Premises",
    "Region",
    "Term",
    "Vocabulary",
]

"""Areas of work: what the chips of a log entry, a case and a need are about.

A new area is one line here, plus its Latvian word in ``locale``: forms, journal,
report, PDF, Excel and dashboard read this list.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    """The area of work (R024–R031); the first eight are the chips of the log form."""

    EDUCATION = "education", _("Education")
    SOCIAL = "social", _("Social matters")
    HOUSING = "housing", _("Housing")
    HEALTH = "health", _("Health")
    EMPLOYMENT = "employment", _("Work")
    DOCUMENTS = "documents", _("Documents")
    RIGHTS = "rights", _("Rights")
    CULTURE = "culture", _("Culture and participation")
    CHILDREN = "children", _("Children's rights and family")
    DISCRIMINATION = "discrimination", _("Anti-discrimination")
    SAFETY = "safety", _("Public order and prevention")
    MOBILITY = "mobility", _("Leaving and returning from abroad")
    ORGANISATION = "organisation", _("Work organisation")
    OTHER = "other", _("Another area")

    @property
    def icon(self):
        return AREA_ICONS.get(self, "circle-dashed")


AREA_ICONS = {
    Area.EDUCATION: "school",
    Area.SOCIAL: "heart-handshake",
    Area.HOUSING: "home-2",
    Area.HEALTH: "stethoscope",
    Area.EMPLOYMENT: "briefcase",
    Area.DOCUMENTS: "id",
    Area.RIGHTS: "scale",
    Area.CULTURE: "friends",
}
MAIN_AREAS = tuple(AREA_ICONS)
DELEGATED_AREAS = tuple(
    area for area in Area if area not in (Area.ORGANISATION, Area.OTHER)
)
"""Those for which an institution can send somebody (R006); no gap is told of others."""

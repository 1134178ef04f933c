"""What the reporting frame rests on: kinds of contact and areas of work.

A new kind or area is one line here, plus its Latvian word in ``locale``:
form, journal, report, PDF, Excel and dashboard read these lists.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The form of one contact (A3.4)."""

    HOME_VISIT = "home_visit", _("Home visit")
    INSTITUTION_MEETING = "institution_meeting", _("Meeting at an institution")
    CALL = "call", _("Call or message")
    ACCOMPANIMENT = "accompaniment", _("Accompaniment")
    OFFICE_TALK = "office_talk", _("Talk at the office")
    GROUP = "group", _("Event, group")

    @property
    def icon(self):
        return KIND_ICONS[self]

    @property
    def needs_institution(self):
        """A meeting without an institution would not be a fact of cooperation (R039)."""
        return self in (Kind.INSTITUTION_MEETING, Kind.ACCOMPANIMENT)


KIND_ICONS = {
    Kind.HOME_VISIT: "home-heart",
    Kind.INSTITUTION_MEETING: "building-community",
    Kind.CALL: "phone",
    Kind.ACCOMPANIMENT: "walk",
    Kind.OFFICE_TALK: "message-circle",
    Kind.GROUP: "users-group",
}


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

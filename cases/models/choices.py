"""What the reporting frame rests on: kinds of contact and areas of work.

A new kind is one line here, plus its Latvian word in ``locale``: form, journal,
report, PDF, Excel and dashboard read this list. Areas are those of the whole house.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from municipalities.areas import Area

__all__ = ["KIND_ICONS", "NO_TRANSPORT", "Area", "Kind", "LanguagePair", "Venue"]


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

    @property
    def may_be_interpreted(self):
        """Where a mediator stands between a family and somebody of an institution."""
        return self.needs_institution

    @property
    def takes_place_somewhere(self):
        """Nobody goes anywhere for a call."""
        return self != Kind.CALL


class LanguagePair(models.TextChoices):
    """Between which languages a mediator interprets, in both directions (R141)."""

    ROM_LV = "rom_lv", _("Romani and Latvian")
    ROM_RU = "rom_ru", _("Romani and Russian")
    RU_LV = "ru_lv", _("Russian and Latvian")
    ROM_EN = "rom_en", _("Romani and English")
    OTHER = "other", _("other languages")


class Venue(models.TextChoices):
    """Whose rooms a contact took place in; the name of a place is another answer (R244)."""

    MUNICIPAL = "municipal", _("Rooms of the municipality")
    PUBLIC = "public", _("Another institution or public place")
    PRIVATE = "private", _("At the family's home or elsewhere in private")


# The term of the list of transports that has no way whose length could be told
NO_TRANSPORT = "NONE"

KIND_ICONS = {
    Kind.HOME_VISIT: "home-heart",
    Kind.INSTITUTION_MEETING: "building-community",
    Kind.CALL: "phone",
    Kind.ACCOMPANIMENT: "walk",
    Kind.OFFICE_TALK: "message-circle",
    Kind.GROUP: "users-group",
}

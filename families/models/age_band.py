"""How old people are, told so that counts point at nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgeBand(models.TextChoices):
    """The ages that ESF+, Eurostat and FRA tell apart; every other division adds up of these."""

    A00_02 = "A00_02", _("0–2 years")
    A03_04 = "A03_04", _("3–4 years")
    A05_06 = "A05_06", _("5–6 years")
    A07_12 = "A07_12", _("7–12 years")
    A13_15 = "A13_15", _("13–15 years")
    A16_17 = "A16_17", _("16–17 years")
    A18_19 = "A18_19", _("18–19 years")
    A20_24 = "A20_24", _("20–24 years")
    A25_29 = "A25_29", _("25–29 years")
    A30_54 = "A30_54", _("30–54 years")
    A55_64 = "A55_64", _("55–64 years")
    A65 = "A65", _("65 years and older")
    UNKNOWN = "UNKNOWN", _("Age not known")

    @classmethod
    def of(cls, birth_year, day):
        """The band of somebody born in that year, on a day; by years alone, as they are kept."""
        if not birth_year or birth_year > day.year:
            return cls.UNKNOWN
        age = day.year - birth_year
        return next((band for last, band in LAST_AGES.items() if age <= last), cls.A65)


LAST_AGES = {
    2: AgeBand.A00_02,
    4: AgeBand.A03_04,
    6: AgeBand.A05_06,
    12: AgeBand.A07_12,
    15: AgeBand.A13_15,
    17: AgeBand.A16_17,
    19: AgeBand.A18_19,
    24: AgeBand.A20_24,
    29: AgeBand.A25_29,
    54: AgeBand.A30_54,
    64: AgeBand.A55_64,
}

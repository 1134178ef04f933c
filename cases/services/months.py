"""Whose report counts a fact, and whether its month can still take it."""

from cases.models import ClosedMonth
from families.services.substitutions import absent_by_family


class MonthIsHandedIn(Exception):
    """The report of that month would change. ``first_day`` is the next one that is open."""

    def __init__(self, first_day):
        self.first_day = first_day
        super().__init__(f"{first_day:%Y-%m-%d}")


def mediator_of(family, by):
    """Whose report counts it: that of the mediator for whom somebody stands in."""
    return absent_by_family(by).get(family.pk, by)


def wait_for_month(mediator, municipality, day):
    """Hold the mediator's months as they are; raises ``MonthIsHandedIn``."""
    ClosedMonth.objects.wait_for(mediator)
    place = {"mediator": mediator, "municipality": municipality}
    if ClosedMonth.objects.covers(**place, day=day):
        raise MonthIsHandedIn(ClosedMonth.objects.report_month(**place, day=day))

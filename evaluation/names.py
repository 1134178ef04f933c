"""Names of families in words that others than their mediator read."""

from families.services.names import checks_at
from mediators.models import Appointment, Role

HIDDEN = "[…]"
"""In place of a name, phone or address that was found in an answer."""


def checks_of(municipality):
    """One for every mediator who ever worked there."""
    appointments = Appointment.objects.filter(role=Role.MEDIATOR)
    there = appointments.filter(municipality=municipality)
    appointments = appointments.filter(user__in=there.values("user"))
    first = {}
    for one in appointments.select_related("user", "municipality"):
        first.setdefault(one.user_id, one)
    return checks_at(first.values())


def masked(text, checks):
    """The words without whatever names a family."""
    for check in checks:
        for hit in reversed(check.hits(text)):
            text = text[: hit.start] + HIDDEN + text[hit.end :]
    return text

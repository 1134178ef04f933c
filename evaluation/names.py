"""Names of families in words that others than their mediator read."""

from families.services.names import TextCheck
from mediators.models import Role, User

HIDDEN = "[…]"
"""In place of a name, phone or address that was found in an answer."""


def checks_of(*municipalities):
    """One for every mediator who ever worked there; of all where no place is given."""
    mediators = User.objects.filter(appointments__role=Role.MEDIATOR)
    if municipalities:
        mediators = mediators.filter(appointments__municipality__in=municipalities)
    return [
        TextCheck(mediator, appointment.municipality)
        for mediator in mediators.distinct()
        for appointment in mediator.appointments.filter(
            role=Role.MEDIATOR
        ).select_related("municipality")[:1]
    ]


def masked(text, checks):
    """The words without whatever names a family."""
    for check in checks:
        for hit in reversed(check.hits(text)):
            text = text[: hit.start] + HIDDEN + text[hit.end :]
    return text

"""Storing delegations, agreements and resources: once, and noted in the audit."""

from django.db import transaction

from cases.models import Delegation
from mediators.models import MUNICIPAL, Appointment, Role
from municipalities.areas import DELEGATED_AREAS
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def add(row, *, by, alike):
    """Store a new row of a municipality; ``alike`` tells a double click from another row."""
    row.by = by
    made = made_before(
        row, type(row).objects.visible_to(by), alike=alike, lock=row.municipality
    )
    if made:
        return made
    row.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, row)
    return row


def gaps_for(user):
    """``[(municipality, [areas without a contact person])]``, only where some lack (R008).

    Of the own places; who sees all reads of those in which a mediator works.
    """
    places = user.visible_municipalities()
    if not user.has_role(*MUNICIPAL):
        working = Appointment.objects.current().filter(role=Role.MEDIATOR)
        places = places.filter(pk__in=working.values("municipality"))
    in_force = Delegation.objects.in_force().filter(municipality__in=places)
    covered = set(in_force.order_by().values_list("municipality", "area").distinct())
    rows = [
        (place, [area for area in DELEGATED_AREAS if (place.pk, area) not in covered])
        for place in places
    ]
    return [(place, areas) for place, areas in rows if areas]

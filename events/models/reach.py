"""Who reads the events of every municipality, and whose pages events are at all."""

from django.db.models import Q

from mediators.models import COORDINATING, MUNICIPAL, Role

READERS = (Role.PROJECT_STAFF, Role.LEAD_MEDIATOR)
WRITERS = (*MUNICIPAL, Role.PROJECT_STAFF)
EVERYBODY = (*MUNICIPAL, *READERS)


def seen_by(rows, user):
    """Rows of the person's municipalities and of the whole project; readers see all."""
    if user.has_role(*READERS):
        return rows
    places = user.own_municipalities()
    if not user.has_role(*MUNICIPAL):
        return rows.none()
    return rows.filter(Q(municipality__in=places) | Q(municipality=None))


def written_by(rows, user):
    """A mediator's own, all of a coordinator's municipalities, those of no mediator for staff.

    ``mediator`` names whose a row is; rows of coordinators and staff have none. Staff name
    the municipality of a session of the project, so such a row may have one.
    """
    own = Q(mediator=user, municipality__in=user.places_as(Role.MEDIATOR))
    coordinated = Q(municipality__in=user.places_as(*COORDINATING))
    found = own | coordinated
    if user.has_role(Role.PROJECT_STAFF):
        found |= Q(mediator=None)
    return rows.filter(found)

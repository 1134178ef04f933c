"""Names that may not leave the team, and names that may stand in any text."""

from families.models import Family
from mediators.models import COORDINATING
from municipalities.models import Institution, InstitutionContact
from privacy.name_check import Known


def known_to(mediator, among=None):
    """All families the mediator ever worked with: a text may look back.

    ``among`` are the ids of those that are asked for, where not all of them are.
    """
    families = Family.objects.not_erased().filter(assignments__mediator=mediator)
    families = families.distinct()
    if among is not None:
        families = families.filter(pk__in=among)
    return [
        Known(
            family.code,
            family.label,
            family.phone,
            family.address,
            people=tuple(person.name for person in family.members.all()),
        )
        for family in families.prefetch_related("members")
    ]


def may_be_named(mediator, municipality):
    """The mediator, the coordinators and the officials of the municipality."""
    return [
        mediator.full_name,
        *(user.full_name for user in _coordinators(municipality)),
        *(official.name for official in _officials(municipality)),
    ]


def may_be_written_to(mediator, municipality):
    """The e-mail addresses of the same people and of the institutions."""
    institutions = Institution.objects.of([municipality])
    return [
        mediator.email,
        *(user.email for user in _coordinators(municipality)),
        *(official.email for official in _officials(municipality)),
        *institutions.exclude(email="").values_list("email", flat=True),
    ]


def _coordinators(municipality):
    rows = municipality.appointments.filter(role__in=COORDINATING)
    return [row.user for row in rows.select_related("user")]


def _officials(municipality):
    return InstitutionContact.objects.of([municipality])

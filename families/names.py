"""Names that may not leave the team, and names that may stand in any text."""

from families.models import Family
from mediators.models import COORDINATING
from municipalities.models import InstitutionContact
from privacy.name_check import Known


def known_to(mediator):
    """All families the mediator ever worked with: a text may look back."""
    families = Family.objects.filter(assignments__mediator=mediator).distinct()
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
    coordinators = municipality.appointments.filter(role__in=COORDINATING)
    officials = InstitutionContact.objects.filter(
        institution__municipality=municipality
    )
    return [
        mediator.full_name,
        *(row.user.full_name for row in coordinators.select_related("user")),
        *(official.name for official in officials),
    ]

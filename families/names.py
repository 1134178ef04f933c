"""Names that may not leave the team, and names that may stand in any text."""

from collections import defaultdict
from functools import cache, cached_property

from django.db.models import F

from families.models import Family, SparedWord
from mediators.models import COORDINATING
from municipalities.models import Institution, InstitutionContact
from privacy.name_check import Known


def known_to(mediator):
    """All families the mediator ever worked with: a text may look back."""
    families = Family.objects.not_erased().filter(assignments__mediator=mediator)
    families = families.distinct()
    return [_known(family) for family in families.prefetch_related("members")]


def _known(family):
    return Known(
        family.code,
        family.label,
        family.phone,
        family.address,
        people=tuple(person.name for person in family.members.all()),
    )


def may_be_named(mediator, municipality):
    """The mediator, the coordinators and the officials of the municipality."""
    return [mediator.full_name, *_named_at(municipality)]


def _named_at(municipality):
    return [
        *(user.full_name for user in _coordinators(municipality)),
        *(official.name for official in _officials(municipality)),
    ]


def may_be_written_to(mediator, municipality):
    """The e-mail addresses of the same people and of the institutions."""
    return [mediator.email, *_written_to_at(municipality)]


def _written_to_at(municipality):
    institutions = Institution.objects.of([municipality])
    return [
        *(user.email for user in _coordinators(municipality)),
        *(official.email for official in _officials(municipality)),
        *institutions.exclude(email="").values_list("email", flat=True),
    ]


def spared_by(mediator):
    return SparedWord.objects.filter(mediator=mediator).marks()


def _coordinators(municipality):
    rows = municipality.appointments.filter(role__in=COORDINATING)
    return [row.user for row in rows.select_related("user")]


def _officials(municipality):
    return InstitutionContact.objects.of([municipality])


class AskedTogether:
    """The same of several mediators: statements do not grow with them, but with places.

    ``among`` are ids of families, where others are not asked for.
    """

    def __init__(self, mediators, among=None):
        self.mediators, self.among = mediators, among
        self._named = cache(_named_at)
        self._written_to = cache(_written_to_at)

    @cached_property
    def _known(self):
        families = Family.objects.not_erased()
        if self.among is not None:
            families = families.filter(pk__in=self.among)
        # One row for each mediator who worked with it
        families = families.filter(assignments__mediator__in=self.mediators)
        families = families.annotate(whose=F("assignments__mediator")).distinct()
        known = defaultdict(list)
        for family in families.prefetch_related("members"):
            known[family.whose].append(_known(family))
        return known

    @cached_property
    def _spared(self):
        words = SparedWord.objects.filter(mediator__in=self.mediators)
        spared = defaultdict(set)
        for mediator, mark in words.values_list("mediator", "mark"):
            spared[mediator].add(mark)
        return spared

    def known_to(self, mediator):
        return self._known[mediator.pk]

    def may_be_named(self, mediator, municipality):
        return [mediator.full_name, *self._named(municipality)]

    def may_be_written_to(self, mediator, municipality):
        return [mediator.email, *self._written_to(municipality)]

    def spared_by(self, mediator):
        return frozenset(self._spared[mediator.pk])

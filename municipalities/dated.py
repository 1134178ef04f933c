"""Rows that hold for a time: appointments, assignments, terms, municipalities."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class DatedQuerySet(models.QuerySet):
    """Rows with a first day ``starts_on`` and a last day ``ends_on``, empty for open."""

    def current(self, on=None):
        """In force on a day, by default today: the last day is still included."""
        on = on or timezone.localdate()
        return self.filter(Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on))

    def between(self, first, last):
        """In force on at least one day of a time."""
        return self.filter(
            Q(starts_on__lte=last), Q(ends_on=None) | Q(ends_on__gte=first)
        )


class ValidQuerySet(models.QuerySet):
    """Reference rows with ``valid_from`` and ``valid_to``, either of which may be empty."""

    def valid(self, on=None):
        """What may be chosen on a day, by default today; old rows keep the others."""
        on = on or timezone.localdate()
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=on),
            Q(valid_to=None) | Q(valid_to__gte=on),
        )

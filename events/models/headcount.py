"""How many people: counts by category, sex, age and where they came from; never who."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.event import Event
from families.models import AgeBand, Sex
from municipalities.models import Municipality, Region, Term, Vocabulary

MOST_PEOPLE = 9999


OF_SESSIONS = Q(event__is_series=False)
"""Attendances: somebody who comes twice counts twice."""
OF_PEOPLE = Q(event__series=None) | Q(is_of_only_session=True)
"""Different people, of rows ``with_only_sessions``.

Of a series what was told for it, of each other event its own, and of a series of one
session that one. A series of several for which nobody told how many people they were is
left out: nobody knows.
"""


class HeadcountQuerySet(models.QuerySet):
    def with_only_sessions(self):
        """Makes ``is_of_only_session`` known: of the only session of a series that tells
        no people itself."""
        held = Q(sessions__held_on__lte=timezone.localdate())
        single = (
            Event.objects.filter(pk=OuterRef("event__series"), headcounts=None)
            .annotate(n=Count("sessions", filter=held))
            .filter(n=1)
        )
        return self.alias(is_of_only_session=Exists(single))


class Headcount(models.Model):
    """So many people of one category came to a session, or took part in a series."""

    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        related_name="headcounts",
        on_delete=models.CASCADE,
    )
    category = models.ForeignKey(
        Term,
        verbose_name=_("category"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.PARTICIPANT_CATEGORY},
        on_delete=models.PROTECT,
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    age_band = models.CharField(
        _("age"), max_length=10, choices=AgeBand, default=AgeBand.UNKNOWN
    )
    from_municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("from which municipality"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    from_region = models.ForeignKey(
        Region,
        verbose_name=_("from which region"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    count = models.PositiveSmallIntegerField(_("how many"))

    objects = HeadcountQuerySet.as_manager()

    class Meta:
        ordering = ["event", "category__position", "pk"]
        verbose_name = _("count of participants")
        verbose_name_plural = _("counts of participants")
        constraints = [
            models.CheckConstraint(
                name="headcount_counts_somebody",
                condition=Q(count__gte=1, count__lte=MOST_PEOPLE),
            ),
            models.CheckConstraint(
                name="headcount_sex_is_known", condition=Q(sex__in=Sex.values)
            ),
            models.CheckConstraint(
                name="headcount_age_is_known", condition=Q(age_band__in=AgeBand.values)
            ),
            models.CheckConstraint(
                name="headcount_says_one_place",
                condition=Q(from_municipality=None) | Q(from_region=None),
            ),
        ]

    def __str__(self):
        return f"{self.event_id}: {self.category_id} {self.count}"

    @property
    def is_plain(self):
        """Says nothing but the category."""
        return (
            self.sex == Sex.UNKNOWN
            and self.age_band == AgeBand.UNKNOWN
            and self.from_municipality_id is None
            and self.from_region_id is None
        )

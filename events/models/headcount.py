"""How many people: counts by category, sex, age and where they came from; never who."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from families.models import AgeBand, Sex
from municipalities.models import Municipality, Region, Term, Vocabulary

MOST_PEOPLE = 9999


class HeadcountQuerySet(models.QuerySet):
    def attendances(self):
        """What sessions counted: somebody who comes twice stands here twice."""
        return self.filter(event__is_series=False)

    def people(self):
        """Different people: of each series what was told for it, of each other event its own.

        A series of one session has the people of that one. A series of several for which
        nobody told how many people they were is left out: nobody knows.
        """
        events = self.model._meta.get_field("event").related_model.objects
        series = events.filter(pk=OuterRef("event__series"))
        single = series.annotate(n=Count("sessions", distinct=True)).filter(
            n=1, headcounts=None
        )
        return self.filter(Q(event__series=None) | Exists(single))


class Headcount(models.Model):
    """So many people of one category came to a session, or took part in a series."""

    event = models.ForeignKey(
        "events.Event",
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

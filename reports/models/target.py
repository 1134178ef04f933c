"""What an indicator should reach in a year: the plan that stands beside what was done."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from privacy.ids import uuid7
from reports.indicators import BY_KEY


class TargetQuerySet(models.QuerySet):
    def of(self, place):
        """Those of one municipality, or without one those of the whole project."""
        return self.filter(municipality=place)

    def declared(self):
        """Those of indicators that are still counted."""
        return self.filter(indicator__in=BY_KEY)


class Target(models.Model):
    """The value that an indicator should reach in a calendar year (R206).

    Without a municipality it is the target of the whole project, which is set apart:
    different families of two municipalities cannot be added up.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    indicator = models.CharField(_("indicator"), max_length=40)
    year = models.PositiveSmallIntegerField(_("year"))
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="targets",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    value = models.PositiveIntegerField(_("target"))

    objects = TargetQuerySet.as_manager()

    class Meta:
        ordering = ["year", "indicator"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.CheckConstraint(
                name="target_is_above_nought",
                condition=Q(value__gt=0),
                violation_error_message=_("A target is above nought."),
            ),
            models.UniqueConstraint(
                name="target_of_a_municipality_is_unique",
                fields=["indicator", "year", "municipality"],
            ),
            models.UniqueConstraint(
                name="target_of_the_project_is_unique",
                fields=["indicator", "year"],
                condition=Q(municipality=None),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.year}"

"""Of which families and areas a log entry is, a row for each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.choices import Area
from families.models import Family


class VisitFamily(models.Model):
    """A family that a log entry is about; rows are counted, not entries (R055)."""

    visit = models.ForeignKey(
        "cases.Visit", related_name="visit_families", on_delete=models.CASCADE
    )
    family = models.ForeignKey(
        Family, related_name="visit_families", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("family of an entry")
        verbose_name_plural = _("families of entries")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="visit_names_family_once", fields=["visit", "family"]
            )
        ]

    def __str__(self):
        return f"{self.visit}: {self.family}"


class VisitArea(models.Model):
    """An area of work that a log entry touches; the first is the main one."""

    visit = models.ForeignKey(
        "cases.Visit", related_name="visit_areas", on_delete=models.CASCADE
    )
    area = models.CharField(_("area"), max_length=20, choices=Area)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("area of an entry")
        verbose_name_plural = _("areas of entries")
        ordering = ["visit", "position"]
        constraints = [
            models.UniqueConstraint(
                name="visit_names_area_once", fields=["visit", "area"]
            ),
            models.CheckConstraint(
                name="visit_area_is_known", condition=Q(area__in=Area.values)
            ),
        ]

    def __str__(self):
        return self.get_area_display()

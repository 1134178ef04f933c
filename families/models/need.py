"""What a family needs: one answer for each area, and how the answers changed."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models.family import Family
from mediators.models import User
from municipalities.areas import MAIN_AREAS, Area


class NeedLevel(models.TextChoices):
    NONE = "none", pgettext_lazy("need", "No need")
    PRESENT = "present", pgettext_lazy("need", "There is")
    URGENT = "urgent", pgettext_lazy("need", "Urgent")

    @property
    def colour(self):
        return LEVEL_LOOKS[self][0]

    @property
    def icon(self):
        return LEVEL_LOOKS[self][1]


LEVEL_LOOKS = {
    NeedLevel.NONE: ("grey", "check"),
    NeedLevel.PRESENT: ("amber", "flag"),
    NeedLevel.URGENT: ("red", "alert-triangle"),
}


class FamilyNeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(family__in=Family.objects.visible_to(user))

    def current(self, on=None):
        """The last answer of each family for each area, up to a day, by default today."""
        on = on or timezone.localdate()
        newest = FamilyNeed.objects.filter(
            family=OuterRef("family"), area=OuterRef("area"), noted_on__lte=on
        ).order_by("-noted_on", "-pk")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))


class FamilyNeed(models.Model):
    """How much help a family needs in one area, from a day on; a change is a new row."""

    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="needs",
        on_delete=models.CASCADE,
    )
    area = models.CharField(_("area"), max_length=20, choices=Area)
    level = models.CharField(_("need"), max_length=10, choices=NeedLevel)
    noted_on = models.DateField(_("noted"), default=timezone.localdate)
    by = models.ForeignKey(
        User, verbose_name=_("by"), related_name="+", on_delete=models.PROTECT
    )

    objects = FamilyNeedQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_on", "-pk"]
        verbose_name = _("need of a family")
        verbose_name_plural = _("needs of families")
        indexes = [
            models.Index(
                name="need_of_family_by_day", fields=["family", "area", "noted_on"]
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="need_is_of_a_main_area",
                condition=Q(area__in=[area.value for area in MAIN_AREAS]),
            ),
            models.CheckConstraint(
                name="need_level_is_known", condition=Q(level__in=NeedLevel.values)
            ),
        ]

    def __str__(self):
        return f"{self.family}: {self.area}"

    @property
    def area_choice(self):
        return Area(self.area)

    @property
    def level_choice(self):
        return NeedLevel(self.level)

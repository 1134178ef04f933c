"""Sub-goals: up to three stages on the way to the goal of a case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

MOST_SUB_GOALS = 3


class SubGoalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))


class SubGoal(models.Model):
    """One stage on the way to the goal of a case, with the day it was reached."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="sub_goals",
        on_delete=models.CASCADE,
    )
    position = models.PositiveSmallIntegerField(_("position"))
    text = EncryptedTextField(_("sub-goal"), max_length=120)
    done_on = models.DateField(_("reached"), null=True, blank=True)

    objects = SubGoalQuerySet.as_manager()

    class Meta:
        ordering = ["case", "position"]
        verbose_name = _("sub-goal")
        verbose_name_plural = _("sub-goals")
        constraints = [
            models.UniqueConstraint(
                name="sub_goal_has_its_own_place", fields=["case", "position"]
            ),
            models.CheckConstraint(
                name="sub_goals_are_three_at_most",
                condition=Q(position__gte=1, position__lte=MOST_SUB_GOALS),
            ),
        ]

    def __str__(self):
        return f"{self.case}: {self.position}"

    @property
    def is_done(self):
        return self.done_on is not None

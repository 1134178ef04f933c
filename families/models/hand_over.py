"""A mediator who leaves gives all her families to a successor, or one that is too close."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import COORDINATING, Role, User
from municipalities.models import Municipality
from privacy.ids import uuid7


class HandOverQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To the two mediators, and to whoever coordinates the municipality."""
        return self.filter(
            Q(
                Q(mediator=user) | Q(successor=user),
                municipality__in=user.places_as(Role.MEDIATOR),
            )
            | Q(municipality__in=user.places_as(*COORDINATING))
        )

    def editable_by(self, user):
        """Until the successor begins, it can be taken back by those who may make it."""
        return (
            self.visible_to(user)
            .coming()
            .filter(
                Q(mediator=user) | Q(municipality__in=user.places_as(*COORDINATING))
            )
        )

    def coming(self):
        """Those whose successor has not begun yet."""
        return self.filter(last_day__gte=timezone.localdate())

    def of_everything(self):
        """The mediator leaves; not those of one family that is too close to her."""
        return self.filter(family=None)


class HandOver(models.Model):
    """All families of a mediator in a municipality go to a successor after a last day (R018).

    With ``family`` it is that one alone, because the mediator knows it privately (R230).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="hand_overs",
        on_delete=models.PROTECT,
    )
    successor = models.ForeignKey(
        User,
        verbose_name=pgettext_lazy("person", "successor"),
        related_name="take_overs",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    family = models.ForeignKey(
        "families.Family",
        verbose_name=_("only this family"),
        related_name="hand_overs",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
    )
    last_day = models.DateField(_("last day"))
    made_by = models.ForeignKey(
        User, related_name="+", on_delete=models.PROTECT, editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-last_day", "-pk"]
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [
            models.CheckConstraint(
                name="hand_over_is_to_somebody_else",
                condition=~Q(mediator=F("successor")),
                violation_error_message=_("Choose another person as successor."),
            )
        ]

    def __str__(self):
        return f"{self.mediator}, {self.last_day:%Y-%m-%d}: {self.successor}"

    def get_absolute_url(self):
        return reverse("families:hand-over", args=[self.pk])

    @property
    def starts_on(self):
        """The first day of the successor."""
        return self.last_day + timedelta(days=1)

    @property
    def is_coming(self):
        return self.last_day >= timezone.localdate()

"""Taking the second factor from an account whose owner has lost it."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models.account import Role, User
from privacy.ids import uuid7

OVERSEEING = (Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER)


class FactorResetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of everybody for those who decide, of oneself for the others."""
        return self if user.has_role(*OVERSEEING) else self.filter(user=user)

    def pending(self):
        return self.filter(done_at=None, stopped_at=None)

    def confirmable_by(self, user):
        """Two different people, and nobody decides about the own account."""
        if not user.has_role(*OVERSEEING):
            return self.none()
        return (
            self.pending()
            .filter(confirmed_at=None)
            .exclude(asked_by=user)
            .exclude(user=user)
        )

    def due(self):
        """Confirmed, and the day in which the person could say no is over."""
        return self.pending().filter(
            confirmed_at__isnull=False, asked_at__lte=timezone.now() - FactorReset.DELAY
        )


class FactorReset(models.Model):
    """Asked by one person, confirmed by another, done a day after it was asked for.

    The owner is told at once and can stop it until then.
    """

    DELAY = timedelta(hours=24)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        related_name="factor_resets",
        on_delete=models.PROTECT,
    )
    asked_by = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        User, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("reset of the second factor")
        verbose_name_plural = _("resets of the second factor")
        constraints = [
            models.UniqueConstraint(
                name="factor_reset_one_at_a_time",
                fields=["user"],
                condition=Q(done_at=None, stopped_at=None),
            ),
            models.CheckConstraint(
                name="factor_reset_takes_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="factor_reset_done_is_confirmed",
                condition=Q(done_at=None) | Q(confirmed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.user_id}, {self.asked_at:%Y-%m-%d}"

    @property
    def due_at(self):
        return self.asked_at + self.DELAY

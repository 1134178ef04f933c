"""A colleague who covers the families of an absent mediator for a time."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import COORDINATING, Role, User
from municipalities.dated import DatedQuerySet
from municipalities.models import Municipality
from privacy.ids import uuid7

LONGEST = timedelta(days=92)
"""A longer absence needs a successor, not a substitute."""
FARTHEST = timedelta(days=365)


class SubstitutionQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """To the two mediators, and to whoever coordinates the municipality."""
        return self.filter(
            Q(
                Q(absent=user) | Q(substitute=user),
                municipality__in=user.places_as(Role.MEDIATOR),
            )
            | Q(municipality__in=user.places_as(*COORDINATING))
        )

    def editable_by(self, user):
        """The absent mediator and the coordinators end it; the substitute does not."""
        return (
            self.visible_to(user)
            .standing()
            .filter(
                Q(absent=user) | Q(municipality__in=user.places_as(*COORDINATING)),
                ends_on__gte=timezone.localdate(),
            )
        )

    def standing(self):
        """Those that nobody ended before their last day."""
        return self.filter(ended_early_on=None)

    def current(self, on=None):
        return super().current(on).standing()

    def over(self):
        """Ended, on their last day or before it; see ``is_over``."""
        past = Q(ends_on__lt=timezone.localdate())
        return self.filter(past | Q(ended_early_on__isnull=False))

    def running_or_coming(self):
        return self.standing().filter(ends_on__gte=timezone.localdate())


class Substitution(models.Model):
    """Lets a colleague work with the families of an absent mediator for a time (A3.2)."""

    class Reason(models.TextChoices):
        HOLIDAY = "holiday", pgettext_lazy("reason of an absence", "holiday")
        ILLNESS = "illness", pgettext_lazy("reason of an absence", "illness")
        TRAINING = "training", pgettext_lazy("reason of an absence", "training")
        OTHER = "other", pgettext_lazy("reason of an absence", "other")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    absent = models.ForeignKey(
        User,
        verbose_name=_("absent mediator"),
        related_name="absences",
        on_delete=models.PROTECT,
    )
    substitute = models.ForeignKey(
        User,
        verbose_name=_("substitute"),
        related_name="substitutions",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    made_by = models.ForeignKey(
        User, related_name="+", on_delete=models.PROTECT, editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_early_on = models.DateField(
        _("ended early"), null=True, blank=True, editable=False
    )

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        constraints = [
            models.CheckConstraint(
                name="substitution_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="substitution_is_by_somebody_else",
                condition=~Q(absent=F("substitute")),
                violation_error_message=_("Nobody substitutes for herself."),
            ),
            models.CheckConstraint(
                name="substitution_reason_is_known",
                condition=Q(reason__in=["holiday", "illness", "training", "other"]),
            ),
        ]

    def __str__(self):
        return f"{self.absent}, {self.starts_on:%Y-%m-%d}: {self.substitute}"

    @property
    def is_over(self):
        return bool(self.ended_early_on) or self.ends_on < timezone.localdate()

    @property
    def is_running(self):
        return not self.is_over and self.starts_on <= timezone.localdate()

    def clean(self):
        """Nobody is covered twice on a day, nor by somebody who is away as well."""
        if not (self.starts_on and self.ends_on and self.absent_id):
            return
        standing = Substitution.objects.standing().exclude(pk=self.pk)
        others = standing.between(self.starts_on, self.ends_on)
        same = others.filter(absent=self.absent_id, municipality=self.municipality_id)
        for other in same.select_related("substitute")[:1]:
            raise ValidationError(
                _("On some of these days %(name)s covers already. End that first.")
                % {"name": other.substitute},
                code="overlap",
            )
        if others.filter(absent=self.substitute_id).exists():
            raise ValidationError(
                _("%(name)s is away on some of these days.")
                % {"name": self.substitute},
                code="away",
            )

"""A share: one case that the coordinators may read for a time, because the family agreed."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from families.models import Family
from mediators.models import COORDINATING, User
from municipalities.dated import DatedQuerySet
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

MOST_DAYS = 90


class CaseShareQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Those of the cases a mediator works on, also when they are over."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def shared_with(self, user):
        """What a coordinator may read today: the one way to a case without its family."""
        return self.active().filter(
            case__municipality__in=user.places_as(*COORDINATING)
        )

    def running(self):
        """Within its days and not stopped: stopping ends it at once."""
        return self.current().filter(stopped_at=None)

    def active(self):
        """Running, and the family has not taken back the consent it rests on.

        Withdrawing a consent stops the shares of the family. Should that ever be
        forgotten, or happen while somebody shares, nothing is read all the same.
        """
        return self.running().filter(
            case__family__in=Family.objects.letting_others_read()
        )


class CaseShare(models.Model):
    """Lets the coordinators of the municipality read one case, without notes, for a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="shares",
        on_delete=models.CASCADE,
    )
    by = models.ForeignKey(
        User, verbose_name=_("shared by"), related_name="+", on_delete=models.PROTECT
    )
    reason = EncryptedTextField(_("reason"), max_length=300)
    agreed_on = models.DateField(_("the family agreed"), default=timezone.localdate)
    shows_label = models.BooleanField(
        _("the family agreed that its name is seen"), default=False
    )
    starts_on = models.DateField(_("first day"), default=timezone.localdate)
    ends_on = models.DateField(_("last day"))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    stopped_at = models.DateTimeField(
        _("stopped"), null=True, blank=True, editable=False
    )

    objects = CaseShareQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("shared case")
        verbose_name_plural = _("shared cases")
        constraints = [
            models.UniqueConstraint(
                name="case_is_shared_once_at_a_time",
                fields=["case"],
                condition=Q(stopped_at=None),
            ),
            models.CheckConstraint(
                name="share_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self):
        return f"{self.case}, {self.ends_on:%Y-%m-%d}"

    @property
    def is_running(self):
        """The same as ``CaseShareQuerySet.running`` for a row at hand."""
        return self.over_on is None and self.starts_on <= timezone.localdate()

    def stop(self):
        self.stopped_at = timezone.now()
        self.save(update_fields=["stopped_at"])

    @property
    def over_on(self):
        """The day it was stopped or ran out; None while it lasts."""
        if self.stopped_at:
            return min(timezone.localdate(self.stopped_at), self.ends_on)
        return self.ends_on if self.ends_on < timezone.localdate() else None

"""The register of data breaches, with the clock of 72 hours (GDPR 33, 34)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import Role, User
from municipalities.models import Counter
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

CLOCK = timedelta(hours=72)


class BreachQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if user.has_role(Role.DATA_PROTECTION_OFFICER) else self.none()

    def open(self):
        return self.filter(closed_on=None)


class Breach(models.Model):
    """Data were lost, changed or seen by somebody who should not have seen them."""

    class Risk(models.TextChoices):
        UNLIKELY = "unlikely", pgettext_lazy("risk", "unlikely to harm anybody")
        RISK = "risk", pgettext_lazy("risk", "a risk: the authority is told")
        HIGH = "high", pgettext_lazy("risk", "a high risk: the people are told too")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    what = EncryptedTextField(_("what happened"), max_length=2000)
    discovered_at = models.DateTimeField(_("discovered"), default=timezone.now)
    is_exercise = models.BooleanField(_("an exercise"), default=False)
    risk = models.CharField(_("risk"), max_length=10, choices=Risk, blank=True)
    consequences = EncryptedTextField(
        _("likely consequences"), max_length=2000, blank=True
    )
    measures = EncryptedTextField(_("measures"), max_length=2000, blank=True)
    account = models.ForeignKey(
        User,
        verbose_name=_("account concerned"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("Whose sign-in or device it was, to find the affected families."),
    )
    seen_from = models.DateTimeField(_("from"), null=True, blank=True)
    seen_to = models.DateTimeField(_("until"), null=True, blank=True)
    authority_told_at = models.DateTimeField(
        _("the Data State Inspectorate was told"), null=True, blank=True
    )
    people_told_at = models.DateTimeField(
        _("the people were told"), null=True, blank=True
    )
    decision = EncryptedTextField(
        _("decision and its reason"), max_length=2000, blank=True
    )
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    registered_by = models.ForeignKey(
        User, related_name="+", on_delete=models.PROTECT, editable=False
    )
    registered_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BreachQuerySet.as_manager()

    class Meta:
        ordering = ["-discovered_at", "-pk"]
        verbose_name = _("data breach")
        verbose_name_plural = _("data breaches")
        constraints = [
            models.CheckConstraint(
                name="breach_period_has_two_ends",
                condition=Q(seen_from=None)
                | Q(seen_to=None)
                | Q(seen_to__gte=F("seen_from")),
                violation_error_message=_("The end is before the beginning."),
            )
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("data_protection:breach", args=[self.code])

    @classmethod
    def next_code(cls):
        return f"DP-{Counter.take('DP'):03}"

    @property
    def due_at(self):
        """Until when the authority has to be told, if it has to."""
        return self.discovered_at + CLOCK

    @property
    def hours_left(self):
        """Whole hours on the clock; negative when it has run out."""
        return (self.due_at - timezone.now()) // timedelta(hours=1)

    @property
    def clock_runs(self):
        """Nobody has told the authority, nor decided that it need not be told."""
        is_decided = self.closed_on or self.risk == self.Risk.UNLIKELY
        return self.authority_told_at is None and not is_decided

    @property
    def is_late(self):
        return self.clock_runs and self.hours_left < 0

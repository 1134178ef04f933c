"""An ask (*lūgums*): what a municipality is asked to decide or give, by when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.models import Institution
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from reports.models.report import MonthlyReport


class AskQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__in=MonthlyReport.objects.visible_to(user))


class Ask(models.Model):
    """One thing a mediator needs from the municipality; lives on after the report."""

    class Kind(models.TextChoices):
        ROOM = "room", _("Room for talks")
        TRANSPORT = "transport", _("Transport")
        JOINT_VISIT = "joint_visit", _("Joint visit with a social worker")
        CONTACT = "contact", _("Contact person at an institution")
        DECISION = "decision", _("Decision or exception")
        HOURS = "hours", _("More working hours")
        TRAINING = "training", _("Training or supervision")
        OTHER = "other", pgettext_lazy("kind of ask", "Other")

    class Status(models.TextChoices):
        NEW = "new", pgettext_lazy("ask status", "New")
        IN_WORK = "in_work", pgettext_lazy("ask status", "In work")
        FULFILLED = "fulfilled", pgettext_lazy("ask status", "Fulfilled")
        DECLINED = "declined", pgettext_lazy("ask status", "Declined")

    MAXIMUM = 3
    """Asks in one report: a deputy mayor decides on three things, not on ten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        MonthlyReport, related_name="asks", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    text = EncryptedTextField(_("what is needed"), max_length=200)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    owner = models.ForeignKey(
        Institution,
        verbose_name=_("who decides"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.NEW
    )

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["report", "position", "pk"]
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        constraints = [
            models.CheckConstraint(
                name="ask_kind_is_known",
                condition=Q(
                    kind__in=[
                        "room",
                        "transport",
                        "joint_visit",
                        "contact",
                        "decision",
                        "hours",
                        "training",
                        "other",
                    ]
                ),
            )
        ]

    def __str__(self):
        return f"{self.report}, {self.get_kind_display()}"

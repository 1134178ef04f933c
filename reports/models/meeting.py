"""That a report was talked about with the municipality (R193, R194)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import User
from municipalities.models import ContactPerson
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from reports.models.report import MonthlyReport


class ReportMeeting(models.Model):
    """The monthly meeting about an approved report: when, with whom, what was agreed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        MonthlyReport, related_name="meetings", on_delete=models.PROTECT
    )
    held_on = models.DateField(_("day of the meeting"))
    contact = models.ForeignKey(
        ContactPerson,
        verbose_name=_("with whom"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    post = models.CharField(_("or another post"), max_length=160, blank=True)
    agreed = EncryptedTextField(_("what was agreed"), max_length=600, blank=True)
    by = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["report", "held_on", "pk"]
        verbose_name = _("meeting about a report")
        verbose_name_plural = _("meetings about reports")
        constraints = [
            models.CheckConstraint(
                name="report_meeting_is_with_somebody",
                condition=models.Q(contact__isnull=False) | ~models.Q(post=""),
                violation_error_message=_("Say with whom the meeting was"),
            ),
        ]

    def __str__(self):
        return f"{self.report}, {self.held_on}"

    def is_like(self, other):
        """The same meeting once more, as a double click writes it down."""
        told = ("held_on", "contact_id", "post", "agreed")
        return all(getattr(self, name) == getattr(other, name) for name in told)

    @property
    def partner(self):
        """The post of whom it was with; reports speak of posts."""
        return self.contact.post if self.contact else self.post

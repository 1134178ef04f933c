"""What was approved, word for word, and to whom it went."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import User
from municipalities.models import ContactPerson
from privacy.ids import uuid7
from reports.models.report import MonthlyReport


class ReportVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__in=MonthlyReport.objects.visible_to(user))


class ReportVersion(models.Model):
    """The frozen content of a report at its approval, with its hash and its PDF.

    ``snapshot`` is canonical JSON (RFC 8785) and ``sha256`` its hash; the PDF is
    made from the snapshot alone, and its bytes are stored, never made again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        MonthlyReport, related_name="versions", on_delete=models.PROTECT
    )
    number = models.PositiveSmallIntegerField(_("version"))
    code = models.CharField(_("verification code"), max_length=9, unique=True)
    snapshot = models.TextField(_("snapshot"))
    sha256 = models.CharField(max_length=64)
    approved_by = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    approved_at = models.DateTimeField(default=timezone.now)
    pdf = models.FileField(_("PDF"), upload_to="reports/%Y/%m", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_attempts = models.PositiveSmallIntegerField(default=0)
    pdf_error = models.CharField(max_length=300, blank=True)

    objects = ReportVersionQuerySet.as_manager()

    class Meta:
        ordering = ["report", "-number"]
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(
                name="version_number_is_unique", fields=["report", "number"]
            ),
            models.CheckConstraint(
                name="version_pdf_has_hash",
                condition=Q(pdf="", pdf_sha256="") | (~Q(pdf="") & ~Q(pdf_sha256="")),
            ),
        ]

    def __str__(self):
        return f"{self.report}, {self.number}"

    @property
    def has_pdf(self):
        return bool(self.pdf)


class Delivery(models.Model):
    """One mail with a personal link to one contact person, and the receipt.

    Only the SHA-256 of the link's token is stored; the token itself exists in
    the mail alone.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waits to be sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", _("the mail server refused it")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(
        ReportVersion, related_name="deliveries", on_delete=models.PROTECT
    )
    recipient = models.ForeignKey(
        ContactPerson, related_name="deliveries", on_delete=models.PROTECT
    )
    requested_by = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=300, blank=True)
    token_sha256 = models.CharField(max_length=64, null=True, blank=True, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("message to the mediator"), max_length=300, blank=True)

    class Meta:
        ordering = ["version", "pk"]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.CheckConstraint(
                name="delivery_sent_has_token",
                condition=~Q(status="sent")
                | Q(
                    token_sha256__isnull=False,
                    sent_at__isnull=False,
                    expires_at__isnull=False,
                ),
            )
        ]

    def __str__(self):
        return f"{self.version}: {self.recipient}"

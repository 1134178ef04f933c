"""What was approved, word for word, and to whom it went."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import User
from municipalities.models import ContactPerson
from municipalities.working_days import next_morning
from privacy.ids import uuid7
from privacy.tokens import hash_of, new_token
from reports.models.report import MonthlyReport
from reports.workflow import Status


class ReportVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__in=MonthlyReport.objects.visible_to(user))

    def with_code(self, code):
        """For whoever holds the document: to say that it was issued, not what it says."""
        return self.filter(code=code)

    def with_pdf(self, sha256):
        """For whoever holds the file itself, byte for byte."""
        return self.filter(pdf_sha256=sha256)


class ReportVersion(models.Model):
    """The frozen content of a report at its approval, with its hash and its PDF.

    ``snapshot`` is canonical JSON (RFC 8785) and ``sha256`` its hash; the PDF is
    made from the snapshot alone, and its bytes are stored, never made again.
    """

    PDF_ATTEMPTS = 5

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
    pdf_pages = models.PositiveSmallIntegerField(default=0)
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

    @property
    def pdf_is_given_up(self):
        return not self.has_pdf and self.pdf_attempts >= self.PDF_ATTEMPTS

    @property
    def is_replaced(self):
        """A newer version of the report exists."""
        versions = ReportVersion.objects.filter(report=self.report_id)
        return versions.filter(number__gt=self.number).exists()

    @property
    def sends_itself(self):
        """The next morning sends it: nobody has done so, and the municipality wants it."""
        report = self.report
        return (
            report.status == Status.APPROVED
            and report.municipality.sends_reports_itself
            and not self.is_replaced
            and not self.deliveries.exists()
        )

    @property
    def sends_itself_at(self):
        """When it will be sent by itself; None if it will not, or should have been."""
        at = next_morning(self.approved_at)
        return at if at > timezone.now() and self.sends_itself else None

    @property
    def short_sha256(self):
        """The part of the hash that the PDF prints and the check of a code shows."""
        return self.sha256[:16]

    def deliveries_with_people(self):
        return self.deliveries.select_related("recipient")


class DeliveryQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(version__in=ReportVersion.objects.visible_to(user))

    def editable_by(self, user):
        """Who may send the report may also end its links."""
        reports = MonthlyReport.objects.deliverable_by(user)
        return self.filter(version__report__in=reports)

    def with_token(self, token):
        """For whoever holds the mail with this token; only its hash is stored."""
        return self.filter(token_sha256=hash_of(token))

    def to_send(self):
        """Mails whose next attempt may begin now."""
        return self.filter(status=Delivery.Status.QUEUED, due_at__lte=timezone.now())

    def just_sent(self):
        """Mails that went out a moment ago and whose link still opens the report."""
        now = timezone.now()
        return self.filter(
            status=Delivery.Status.SENT,
            sent_at__gt=now - Delivery.AGAIN_AFTER,
            expires_at__gt=now,
        )


class Delivery(models.Model):
    """One mail with a personal link to one contact person, and the receipt.

    Only the SHA-256 of the link's token is stored; the token itself exists in
    the mail alone.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("waits to be sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", pgettext_lazy("delivery", "not sent")

    class Failure(models.TextChoices):
        """Why an attempt failed; what the server said may hold an address."""

        REFUSED = "refused", _("The mail server refused the address.")
        UNREACHABLE = "unreachable", _("The mail server could not be reached.")
        NOT_SAID = (
            "not_said",
            _(
                "The mail server did not say whether it took the mail. It may have arrived; "
                "ask before you send it again."
            ),
        )
        NO_PDF = "no_pdf", _("The PDF could not be made.")

    LINK_LASTS = timedelta(days=14)
    REMIND_AFTER = timedelta(days=7)
    AGAIN_AFTER = timedelta(minutes=2)
    """Asked again sooner, it was a second click or a second window, and no second mail."""
    LEASE = timedelta(minutes=5)
    """How long one attempt may take before another worker may begin the next."""

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
    due_at = models.DateTimeField(default=timezone.now)
    failure = models.CharField(max_length=300, blank=True)
    is_reminder = models.BooleanField(default=False)
    token_sha256 = models.CharField(max_length=64, null=True, blank=True, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(_("message to the mediator"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

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

    @property
    def reason(self):
        """Why the last attempt failed, in words."""
        return self.Failure(self.failure).label if self.failure else ""

    @property
    def is_valid(self):
        """The link opens: in time, and no newer version has taken its place."""
        if self.expires_at is None or self.expires_at <= timezone.now():
            return False
        return not self.version.is_replaced

    @property
    def waits_for_receipt(self):
        """The mail was sent, its link works, and the person has confirmed nothing."""
        return (
            self.status == self.Status.SENT
            and self.acknowledged_at is None
            and self.is_valid
        )

    def revoke(self):
        """End the link now: a wrong address, or a report that should not be read."""
        Delivery.objects.filter(pk=self.pk).update(expires_at=timezone.now())
        self.refresh_from_db()

    def claim(self):
        """Begin an attempt and return its new token, or None when it is not our turn.

        The UPDATE takes the row only while its turn is open, so of two workers one
        sends; a worker that dies gives it back when the lease is over.
        """
        token = new_token()
        now = timezone.now()
        claimed = (
            Delivery.objects.to_send()
            .filter(pk=self.pk)
            .update(
                attempts=F("attempts") + 1,
                due_at=now + self.LEASE,
                token_sha256=hash_of(token),
                expires_at=now + self.LINK_LASTS,
            )
        )
        self.refresh_from_db()
        return token if claimed else None

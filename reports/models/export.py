"""Files of results: while they are made, and the list of those that left the system."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import Role, User
from municipalities.models import Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from reports.periods import Period


class DocumentKind(models.TextChoices):
    """What is taken out beside reports and results; part of the name of the sheet."""

    WORK_TIME = "work_time", _("Time sheet")
    INSTITUTION = "institution", _("Extract for an institution")
    MUNICIPALITY = "municipality", _("Summary for the municipality")
    PROJECT = "project", _("Final evaluation of the project")
    FRAMEWORK = "framework", _("EU Roma framework")
    EVENTS = "events", _("Register of events")
    HAND_OVER = "hand_over", _("Hand-over of families")
    PARTICIPANTS = "participants", _("Participants of a programme")
    EDUCATION = "education", _("Education statistics")


class FileType(models.TextChoices):
    """What results are taken out as."""

    EXCEL = "xlsx", _("Excel")
    CSV = "csv", pgettext_lazy("file type", "CSV")
    JSON = "json", pgettext_lazy("file type", "JSON")

    @property
    def ending(self):
        """CSV holds one table, so all of them come in an archive."""
        return "zip" if self is FileType.CSV else self.value


class ExportPurpose(models.TextChoices):
    """What somebody takes results out for (GDPR 5(1)(b)); never to find a person."""

    FUNDER = "funder", _("To prepare a report to the funder or a ministry")
    MUNICIPALITY = (
        "municipality",
        _("To prepare a report or an answer to a municipality"),
    )
    EVALUATION = "evaluation", _("Evaluation or research")
    AUDIT = "audit", _("Audit or inspection")
    PLANNING = "planning", _("Own planning and analysis")


class Purposeful(models.Model):
    """Why a file leaves the system and who gets it; an office, not a person."""

    purpose = models.CharField(
        _("purpose"), max_length=12, choices=ExportPurpose, blank=True
    )
    recipient = models.CharField(_("recipient"), max_length=120, blank=True)

    class Meta:
        abstract = True


class ExportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, as long as one may take out results."""
        return (
            self.filter(by=user) if user.has_role(Role.PROJECT_STAFF) else self.none()
        )

    def being_made(self):
        """Asked for, and neither made nor given up."""
        return self.filter(status__in=BEING_MADE)

    def to_make(self):
        """Those that nobody makes now: new, or left by a worker that died."""
        return self.being_made().filter(due_at__lte=timezone.now())

    def shown(self):
        """Those that somebody waits for, may fetch, or should know about."""
        recently = timezone.now() - Export.TOLD_FOR
        return self.filter(asked_at__gt=recently).exclude(status=Export.Status.TAKEN)


class Export(Purposeful):
    """One file of results while it is made and waits for the person who asked for it.

    ``due_at`` is when the next attempt may begin. ``password`` and ``opens_with`` (the
    key of the file) are forgotten as soon as they have served.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("export", "Waits for its turn")
        MAKING = "making", pgettext_lazy("export", "Is being made")
        READY = "ready", pgettext_lazy("export", "Ready")
        FAILED = "failed", pgettext_lazy("export", "Could not be made")
        TAKEN = "taken", pgettext_lazy("export", "Downloaded")
        EXPIRED = "expired", pgettext_lazy("export", "Not downloaded in time")

    class Failure(models.TextChoices):
        """Why it could not be made, and what to do."""

        DISK_FULL = (
            "disk_full",
            _("There was no room left on the disk. Tell the administrator."),
        )
        BROKEN = "broken", _("Something went wrong. Try again, or choose fewer months.")

    LEASE = timedelta(minutes=5)
    """How long a worker may say nothing before another one begins anew."""
    ATTEMPTS = 3
    KEPT_FOR = timedelta(hours=24)
    TOLD_FOR = timedelta(hours=48)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(
        User, verbose_name=_("asked for by"), related_name="+", on_delete=models.PROTECT
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    approved_only = models.BooleanField(_("approved reports only"), default=True)
    file_type = models.CharField(_("file type"), max_length=4, choices=FileType)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.WAITING
    )
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    rows_counted = models.PositiveIntegerField(null=True)
    failure = models.CharField(max_length=10, choices=Failure, blank=True)
    has_password = models.BooleanField(_("with a password"), default=False)
    password = EncryptedTextField(_("password"), blank=True)
    file = models.CharField(_("file"), max_length=100, blank=True)
    opens_with = EncryptedTextField(_("key of the file"), blank=True)
    sheets = models.JSONField(_("rows by sheet"), default=dict)
    ready_at = models.DateTimeField(_("ready"), null=True)
    taken_at = models.DateTimeField(_("downloaded"), null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("export in the making")
        verbose_name_plural = _("exports in the making")
        constraints = [
            models.UniqueConstraint(
                name="export_one_at_a_time_for_each",
                fields=["by"],
                condition=Q(status__in=["waiting", "making"]),
            ),
            models.CheckConstraint(
                name="export_keeps_file_while_it_is_ready",
                condition=Q(status="ready", ready_at__isnull=False) & ~Q(file="")
                | ~Q(status="ready") & Q(file=""),
            ),
        ]

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d}, {self.first:%Y-%m}–{self.last:%Y-%m}"

    @property
    def period(self):
        return Period(self.first, self.last)

    @property
    def is_being_made(self):
        return self.status in BEING_MADE

    @property
    def is_ready(self):
        return self.status == self.Status.READY and self.ends_at > timezone.now()

    @property
    def ends_at(self):
        """When the file is deleted, or None before it is ready."""
        return self.ready_at and self.ready_at + self.KEPT_FOR

    @property
    def file_name(self):
        ending = FileType(self.file_type).ending
        return f"Tilts_rezultati_{self.first:%Y-%m}_{self.last:%Y-%m}.{ending}"


BEING_MADE = (Export.Status.WAITING, Export.Status.MAKING)


class ExportLogQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Project staff and data-protection officers see all exports, others their own."""
        if user.has_role(Role.PROJECT_STAFF, Role.DATA_PROTECTION_OFFICER):
            return self
        return self.filter(by=user)


class ExportLog(Purposeful):
    """One file of results that somebody took out: who, when, what and how much of it.

    ``by`` is None for the command line; ``made_as`` is empty for documents, single tables
    and what was taken out before there was a choice; so are ``purpose`` and ``recipient``
    of documents, whose kind says both; ``sheets`` counts the rows of each sheet by
    its technical name; ``municipality`` is None when all of them were asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(
        User,
        verbose_name=_("taken out by"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    sheets = models.JSONField(_("rows by sheet"), default=dict)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    made_as = models.CharField(
        _("file type"), max_length=4, choices=FileType, blank=True
    )

    objects = ExportLogQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self):
        return f"{self.at:%Y-%m-%d}, {self.first:%Y-%m}–{self.last:%Y-%m}"

    @property
    def period(self):
        return Period(self.first, self.last)

    @property
    def is_workbook(self):
        """A single table is a CSV file of the results page."""
        return len(self.sheets) > 1

    @property
    def document(self):
        """The kind of a document (“work_time.pdf”), or None for results."""
        name = next(iter(self.sheets), "").partition(".")[0]
        return DocumentKind(name) if name in DocumentKind.values else None

    @property
    def file_type(self):
        """How the file ends, as people call it."""
        if self.made_as:
            return self.get_made_as_display()
        if self.document:
            [name] = self.sheets
            return {"pdf": "PDF", "csv": "CSV"}.get(name.rpartition(".")[-1], "Excel")
        return "Excel" if self.is_workbook else "CSV"

    @property
    def what(self):
        """Which document as which kind of file."""
        return ", ".join(
            str(part)
            for part in (self.document and self.document.label, self.file_type)
            if part
        )

    @property
    def why(self):
        """For what and for whom; "" where the kind of document says both."""
        return f"{self.get_purpose_display()}. {self.recipient}" if self.purpose else ""

    @property
    def by_command(self):
        return self.by is None

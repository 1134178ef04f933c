"""Which files left the system: everybody who takes numbers out is on this list."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import Role, User
from municipalities.models import Municipality
from privacy.ids import uuid7
from reports.periods import Period


class DocumentKind(models.TextChoices):
    """What is taken out beside reports and results; part of the name of the sheet."""

    WORK_TIME = "work_time", _("Time sheet")
    INSTITUTION = "institution", _("Extract for an institution")
    MUNICIPALITY = "municipality", _("Summary for the municipality")
    PROJECT = "project", _("Final evaluation of the project")
    FRAMEWORK = "framework", _("EU Roma framework")


class ExportLogQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Project staff see all exports, others their own."""
        if user.has_role(Role.PROJECT_STAFF):
            return self
        return self.filter(by=user)


class ExportLog(models.Model):
    """One file of results that somebody took out: who, when, what and how much of it.

    ``by`` is None for the command line; ``sheets`` counts the rows of each sheet by
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
        if self.document:
            [name] = self.sheets
            return "PDF" if name.endswith(".pdf") else "Excel"
        return "Excel" if self.is_workbook else "CSV"

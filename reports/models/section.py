"""The parts of a report: what the mediator wrote, and the talk about it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import User
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from reports.models.report import MonthlyReport
from reports.sections import BY_KEY, REVIEWED


class ReportSection(models.Model):
    """The mediator's text of one section, and whether each side is content with it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        MonthlyReport, related_name="sections", on_delete=models.CASCADE
    )
    key = models.CharField(
        max_length=20, choices=[(key, key) for key, _title in REVIEWED]
    )
    text = EncryptedTextField(_("text"), max_length=3000, blank=True)
    answer = EncryptedTextField(
        _("answer that is being written"), max_length=2000, blank=True
    )
    is_finished = models.BooleanField(_("I have finished this part"), default=False)
    is_accepted = models.BooleanField(_("in order"), default=False)
    read_text = EncryptedTextField(
        null=True,
        editable=False,
        help_text=_("What it said when it was last given back to the mediator."),
    )
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["report", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(
                name="section_is_one_a_report", fields=["report", "key"]
            )
        ]

    def __str__(self):
        return f"{self.report}, {self.key}"

    @property
    def title(self):
        return dict(REVIEWED)[self.key]

    @property
    def definition(self):
        """The declared section, or None for figures and support."""
        return BY_KEY.get(self.key)

    @property
    def is_narrative(self):
        return self.key in BY_KEY

    @property
    def lines(self):
        """Items of a section that is a list: its non-empty lines."""
        return [line.strip() for line in self.text.splitlines() if line.strip()]


class Comment(models.Model):
    """A coordinator's question about a section, or the mediator's answer to it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        MonthlyReport, related_name="comments", on_delete=models.CASCADE
    )
    section = models.CharField(
        max_length=20, choices=[(key, key) for key, _title in REVIEWED]
    )
    author = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    quote = EncryptedTextField(
        max_length=300,
        blank=True,
        help_text=_(
            "The words of the part that it is about; empty for the whole part."
        ),
    )
    text = EncryptedTextField(_("comment"), max_length=1000)
    at = models.DateTimeField(default=timezone.now, editable=False)
    is_open = models.BooleanField(_("waits for an answer"), default=True)

    class Meta:
        ordering = ["report", "at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self):
        return f"{self.report}, {self.section}, {self.pk}"

    @property
    def is_of_the_mediator(self):
        return self.author_id == self.report.mediator_id

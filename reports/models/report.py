"""The monthly report of one mediator in one municipality."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.latvian import clock, full_date
from mediators.models import COORDINATING, Role, User
from municipalities.models import Counter, Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from reports.sections import BY_KEY, REVIEWED
from reports.workflow import (
    FINAL,
    RULES,
    STATUS_TAGS,
    WRITABLE,
    Action,
    ActionNotAllowed,
    Status,
)


class MonthlyReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own reports; for coordinators those handed in or returned in their municipality;
        for the lead mediator the same everywhere; for staff the approved ones."""
        seen = Q(mediator=user, municipality__in=user.municipalities_as(Role.MEDIATOR))
        if user.has_role(*COORDINATING):
            seen |= Q(municipality__in=user.municipalities_as(*COORDINATING)) & ~Q(
                status=Status.DRAFT
            )
        if user.has_role(Role.LEAD_MEDIATOR):
            seen |= ~Q(status=Status.DRAFT)
        if user.has_role(Role.PROJECT_STAFF):
            seen |= Q(status__in=FINAL)
        return self.filter(seen)

    def editable_by(self, user):
        """The mediator writes while the report is a draft or was returned."""
        return self.filter(
            mediator=user,
            municipality__in=user.municipalities_as(Role.MEDIATOR),
            status__in=WRITABLE,
        )

    def reviewable_by(self, user):
        """A coordinator decides on submitted reports of others (nobody on an own one)."""
        return self.filter(
            municipality__in=user.municipalities_as(*COORDINATING),
            status=Status.SUBMITTED,
        ).exclude(mediator=user)

    def deliverable_by(self, user):
        """A coordinator sends approved reports of others, also for a second time."""
        return self.filter(
            municipality__in=user.municipalities_as(*COORDINATING), status__in=FINAL
        ).exclude(mediator=user)

    def waiting_for(self, user):
        """Reports whose next move is this person's: the number in the menu."""
        return self.filter(
            Q(
                mediator=user,
                status=Status.RETURNED,
                municipality__in=user.municipalities_as(Role.MEDIATOR),
            )
            | Q(pk__in=self.model.objects.reviewable_by(user).values("pk"))
        )


class MonthlyReport(models.Model):
    """What a mediator did in one municipality in one month, for that municipality."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="reports",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="reports",
        on_delete=models.PROTECT,
    )
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    desk = models.SlugField(
        _("desk"),
        max_length=12,
        help_text=_("Prefix of the municipality; with a number for further mediators."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT
    )
    figures = models.JSONField(_("frozen figures"), null=True, blank=True)
    coordinator_note = EncryptedTextField(
        _("coordinator's note"), max_length=600, blank=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = MonthlyReportQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "municipality__label_lv", "desk"]
        verbose_name = _("monthly report")
        verbose_name_plural = _("monthly reports")
        constraints = [
            models.UniqueConstraint(
                name="report_is_one_a_month",
                fields=["mediator", "municipality", "month"],
            ),
            models.UniqueConstraint(
                name="report_address_is_unique", fields=["desk", "month"]
            ),
            models.CheckConstraint(
                name="report_month_is_first_day", condition=Q(month__day=1)
            ),
            models.CheckConstraint(
                name="report_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="report_handed_in_has_figures",
                condition=Q(status__in=WRITABLE) | Q(figures__isnull=False),
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("reports:report", args=self.url_args)

    @property
    def number(self):
        """“UPC-2026-10”, as printed on the PDF."""
        return f"{self.desk.upper()}-{self.month:%Y-%m}"

    @property
    def url_args(self):
        return [self.desk, f"{self.month:%Y-%m}"]

    @property
    def month_before(self):
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def is_writable(self):
        return self.status in WRITABLE

    @property
    def is_final(self):
        return self.status in FINAL

    @property
    def status_tag(self):
        """Colour and icon name, see ``partials/_tag.html``."""
        return STATUS_TAGS[Status(self.status)]

    @classmethod
    @transaction.atomic
    def open_for(cls, mediator, municipality, month):
        """The report of that month, made with empty sections when it is new."""
        # Two tabs that begin the same month wait for each other here.
        User.objects.select_for_update(no_key=True).get(pk=mediator.pk)
        month = month.replace(day=1)
        known = cls.objects.filter(mediator=mediator, municipality=municipality)
        report = known.filter(month=month).first()
        if report:
            return report
        desk = known.values_list("desk", flat=True).first()
        report = cls.objects.create(
            mediator=mediator,
            municipality=municipality,
            month=month,
            desk=desk or cls._next_desk(municipality),
        )
        report.sections.bulk_create(
            ReportSection(report=report, key=key) for key, _title in REVIEWED
        )
        return report

    @staticmethod
    def _next_desk(municipality):
        prefix = municipality.prefix.lower()
        number = Counter.take(f"desk-{prefix}")
        return prefix if number == 1 else f"{prefix}-{number}"

    def actions_for(self, user):
        """The actions to offer this person, in the order of the workflow."""
        return [
            action
            for action, rule in RULES.items()
            if self.status in rule.sources and self._is_for(rule, user)
        ]

    def _is_for(self, rule, user):
        """Right role in this municipality; mediators act on own reports, others never."""
        return user.municipalities_as(*rule.roles).contains(self.municipality) and (
            (self.mediator_id == user.pk) == (Role.MEDIATOR in rule.roles)
        )

    @transaction.atomic
    def perform(self, action, *, by, comment="", **changes):
        """Change the status as RULES allows, and record who did it.

        The UPDATE names the statuses it starts from, so of two people who act at
        the same moment only one succeeds; the other is told who and when.
        ``by`` is None where the rule has no roles.
        """
        rule = RULES[action]
        if by is None and rule.roles:
            raise ActionNotAllowed(_("Sign in to do this."))
        if by is not None and rule.roles and not self._is_for(rule, by):
            raise ActionNotAllowed(_("Your role does not allow this."))
        changed = MonthlyReport.objects.filter(
            pk=self.pk, status__in=rule.sources
        ).update(status=rule.target, **changes)
        if not changed:
            raise ActionNotAllowed(self._who_was_first())
        self.events.create(action=action, by=by, comment=comment)
        self.refresh_from_db()

    def _who_was_first(self):
        event = self.events.select_related("by").last()
        if event is None or event.by is None:
            return _("The report has changed in the meantime.")
        return _("%(person)s was faster: “%(action)s” on %(date)s at %(time)s.") % {
            "person": event.by.full_name,
            "action": event.get_action_display(),
            "date": full_date(event.at),
            "time": clock(event.at),
        }

    def earlier(self):
        """The mediator's reports of the months before, the newest first."""
        return MonthlyReport.objects.filter(
            mediator=self.mediator_id,
            municipality=self.municipality_id,
            month__lt=self.month,
        ).order_by("-month")

    def last_event(self, action):
        """The newest event of a kind, or None."""
        return self.events.filter(action=action).last()

    def section_map(self):
        """All sections by key, in the order of the page."""
        found = {section.key: section for section in self.sections.all()}
        return {key: found[key] for key, _title in REVIEWED if key in found}


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
    is_finished = models.BooleanField(_("I have finished this part"), default=False)
    is_accepted = models.BooleanField(_("in order"), default=False)
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


class ReportEvent(models.Model):
    """One step of the workflow: append-only, the only place that says who and when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        MonthlyReport, related_name="events", on_delete=models.PROTECT
    )
    action = models.CharField(_("action"), max_length=10, choices=Action)
    by = models.ForeignKey(
        User, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    comment = EncryptedTextField(_("comment"), max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["report", "at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")

    def __str__(self):
        return f"{self.report}, {self.action}"

    @property
    def status(self):
        """What the report became by this step."""
        return RULES[Action(self.action)].target

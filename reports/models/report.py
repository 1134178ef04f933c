"""The monthly report of one mediator in one municipality."""

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.latvian import clock, full_date
from mediators.models import COORDINATING, Appointment, Role, User
from municipalities.models import Counter, Municipality
from municipalities.working_days import waited_longer_than
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from reports.periods import months_earlier
from reports.sections import REVIEWED
from reports.workflow import (
    DONE,
    FINAL,
    RULES,
    STATUS_TAGS,
    WRITABLE,
    Action,
    ActionNotAllowed,
    Status,
    own_review,
)
from reports.working_days import REVIEW_DAYS


class MonthlyReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own reports; for coordinators those handed in or returned in their municipality;
        for the lead mediator the same everywhere; for staff the approved ones."""
        seen = _own(user)
        if user.has_role(*COORDINATING):
            seen |= Q(municipality__in=user.places_as(*COORDINATING)) & ~Q(
                status=Status.DRAFT
            )
        if user.has_role(Role.LEAD_MEDIATOR):
            seen |= ~Q(status=Status.DRAFT)
        if user.has_role(Role.PROJECT_STAFF):
            seen |= Q(status__in=FINAL)
        return self.filter(seen)

    def approved(self):
        """Also those that were sent and received since."""
        return self.filter(status__in=FINAL)

    def editable_by(self, user):
        """The mediator writes while the report is a draft or was returned."""
        return self.filter(_own(user), status__in=WRITABLE)

    def reviewable_by(self, user):
        """A coordinator decides on submitted reports of others (nobody on an own one).

        The lead mediator does so where nobody of the municipality will in time.
        """
        reports = self.filter(status=Status.SUBMITTED).exclude(mediator=user)
        own = Q(municipality__in=user.places_as(*COORDINATING))
        if user.has_role(Role.LEAD_MEDIATOR):
            own |= ~Exists(_coordinators()) | ~Exists(_handed_in_lately())
        return reports.filter(own)

    def deliverable_by(self, user):
        """A coordinator sends approved reports of others, also for a second time.

        The lead mediator does so where nobody coordinates, and what they approved.
        """
        reports = self.approved().exclude(mediator=user)
        own = Q(municipality__in=user.places_as(*COORDINATING))
        if user.has_role(Role.LEAD_MEDIATOR):
            approved = self.model.objects.filter(versions__approved_by=user)
            own |= ~Exists(_coordinators()) | Q(pk__in=approved.values("pk"))
        return reports.filter(own)

    def discussable_by(self, user):
        """Approved reports whose meeting with the municipality the person may write down."""
        own = _own(user) & Q(status__in=FINAL)
        delivered = self.model.objects.deliverable_by(user)
        return self.filter(own | Q(pk__in=delivered.values("pk")))

    def waiting_for(self, user):
        """Reports whose next move is this person's: the number in the menu."""
        returned = self.filter(_own(user), status=Status.RETURNED)
        if not user.has_role(Role.LEAD_MEDIATOR, *COORDINATING):
            return returned
        to_review = self.model.objects.reviewable_by(user)
        return returned | self.filter(pk__in=to_review.values("pk"))


def _own(user):
    """What the person wrote, as long as they mediate there."""
    return Q(mediator=user, municipality__in=user.places_as(Role.MEDIATOR))


def _coordinators():
    """Who coordinates in the municipality of the report today, the author left out."""
    return (
        Appointment.objects.current()
        .filter(role__in=COORDINATING, municipality=OuterRef("municipality"))
        .exclude(user=OuterRef("mediator"))
    )


def _handed_in_lately():
    """That the report was handed in so short a time ago that its review is not overdue.

    For reports that are submitted: their last step was that they were handed in.
    """
    since = waited_longer_than(REVIEW_DAYS, timezone.localdate())
    return ReportEvent.objects.filter(report=OuterRef("pk"), at__date__gte=since)


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
    reviewer = models.ForeignKey(
        User,
        verbose_name=_("reviews it"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    reviewer_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
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
                name="report_is_reviewed_while_submitted",
                condition=Q(status=Status.SUBMITTED)
                | Q(reviewer=None, reviewer_seen_at=None),
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
        return months_earlier(self.month, 1)

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
            report.sections.model(report=report, key=key) for key, _title in REVIEWED
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
            if self.status in rule.sources
            and self._is_for(rule, user)
            and self._fits(rule, user)
        ]

    def _is_for(self, rule, user):
        """Right role in this municipality; mediators act on own reports, others never."""
        if Role.MEDIATOR in rule.roles:
            return self.mediator_id == user.pk and self._is_place_of(rule, user)
        if self.mediator_id == user.pk:
            return False
        return self._is_place_of(rule, user) or (
            bool(rule.roles) and self._is_left_to(user)
        )

    def _is_place_of(self, rule, user):
        return user.municipalities_as(*rule.roles).contains(self.municipality)

    def _is_left_to(self, user):
        """The lead mediator acts for coordinators who are absent, see the querysets."""
        reports = MonthlyReport.objects
        return user.has_role(Role.LEAD_MEDIATOR) and (
            reports.reviewable_by(user).contains(self)
            or reports.deliverable_by(user).contains(self)
        )

    def _fits(self, rule, user):
        return MonthlyReport.objects.filter(rule.when(user), pk=self.pk).exists()

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
            rule.when(by), pk=self.pk, status__in=rule.sources
        ).update(
            status=self._target_of(rule),
            reviewer=None,
            reviewer_seen_at=None,
            **changes,
        )
        if not changed:
            self.refresh_from_db()
            raise ActionNotAllowed(self._why_not())
        self.events.create(action=action, by=by, comment=comment)
        self.refresh_from_db()

    def _target_of(self, rule):
        again = rule.target_again
        return again if again and self.is_given_back else rule.target

    @property
    def is_given_back(self):
        """It was returned or opened again at least once."""
        return self.events.filter(action__in=(Action.RETURN, Action.REOPEN)).exists()

    def _why_not(self):
        if self.reviewer:
            return _("%(person)s is reviewing the report now.") % {
                "person": self.reviewer.full_name
            }
        return self._who_was_first()

    def _who_was_first(self):
        event = self.events.last()
        if event is None or event.by is None:
            return _("The report has changed in the meantime.")
        return _("%(person)s was faster: “%(action)s” on %(date)s at %(time)s.") % {
            "person": event.by.full_name,
            "action": event.get_action_display(),
            "date": full_date(event.at),
            "time": clock(event.at),
        }

    def begin_review(self, by):
        """Note that the person is reviewing it now; False while somebody else is."""
        taken = (
            MonthlyReport.objects.reviewable_by(by)
            .filter(own_review(by), pk=self.pk)
            .update(reviewer=by, reviewer_seen_at=timezone.now())
        )
        self.refresh_from_db(fields=["status", "reviewer", "reviewer_seen_at"])
        return bool(taken)

    def take_over_review(self, by):
        """Go on in place of whoever is reviewing it; their drafts stay with them."""
        MonthlyReport.objects.reviewable_by(by).filter(pk=self.pk).update(
            reviewer=by, reviewer_seen_at=timezone.now()
        )
        self.refresh_from_db(fields=["status", "reviewer", "reviewer_seen_at"])

    def earlier(self):
        """The mediator's reports of the months before, the newest first."""
        return MonthlyReport.objects.filter(
            mediator=self.mediator_id,
            municipality=self.municipality_id,
            month__lt=self.month,
        ).order_by("-month")

    def section_map(self):
        """All sections by key, in the order of the page."""
        found = {section.key: section for section in self.sections.all()}
        return {key: found[key] for key, _title in REVIEWED if key in found}


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
    def done(self):
        """What happened, in one word."""
        return DONE[Action(self.action)]

"""An ask (*lūgums*): what a municipality is asked to decide or give, by when."""

from django.db import models, transaction
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import COORDINATING, User
from municipalities.models import Counter, Institution
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from reports.models.report import MonthlyReport
from reports.models.version import Delivery


class AskQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(report__in=MonthlyReport.objects.visible_to(user))

    def live(self):
        """Asks of approved reports: they have a code and go on after the report."""
        return self.exclude(code=None)

    def editable_by(self, user):
        """A coordinator says how the asks of the own municipality go on."""
        return self.live().filter(
            report__municipality__in=user.places_as(*COORDINATING)
        )

    def open(self):
        return self.filter(status__in=Ask.OPEN)

    def with_answer_of(self, delivery):
        """Adds ``given``: what the person of a delivery has said last, or None."""
        said = AskEvent.objects.filter(ask=OuterRef("pk"), delivery=delivery)
        return self.annotate(
            given=Subquery(said.order_by("-at", "-pk").values("answer")[:1])
        )

    def with_last_answer(self):
        """Adds ``said``: what a contact person has answered last, or None."""
        answers = AskEvent.objects.filter(ask=OuterRef("pk")).exclude(answer="")
        return self.annotate(
            said=Subquery(answers.order_by("-at", "-pk").values("answer")[:1])
        )

    def told_in(self, report):
        """Earlier asks whose status the report tells: open ones, and those decided since."""
        earlier = self.live().filter(report__in=report.earlier())
        return earlier.filter(
            Q(status__in=Ask.OPEN) | Q(decided_on__gte=report.month)
        ).order_by("report__month", "position", "pk")


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

    class Answer(models.TextChoices):
        """What the contact person says to an ask."""

        SUPPORT = "support", pgettext_lazy("answer to an ask", "I support it")
        TALK = "talk", pgettext_lazy("answer to an ask", "We have to talk")
        CANNOT = "cannot", pgettext_lazy("answer to an ask", "I cannot")

    OPEN = (Status.NEW, Status.IN_WORK)
    STATUS_TAGS = {
        Status.NEW: ("blue", "mail"),
        Status.IN_WORK: ("amber", "progress"),
        Status.FULFILLED: ("green", "circle-check"),
        Status.DECLINED: ("grey", "circle-x"),
    }
    MAXIMUM = 3
    """Asks in one report: a deputy mayor decides on three things, not on ten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.ForeignKey(
        MonthlyReport, related_name="asks", on_delete=models.CASCADE
    )
    position = models.PositiveSmallIntegerField(default=0)
    # May be empty, and the text too long, until the report is handed in
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    text = EncryptedTextField(_("what is needed"), max_length=1000)
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
    code = models.CharField(
        _("code"), max_length=12, null=True, blank=True, unique=True, editable=False
    )
    outcome = EncryptedTextField(_("what was decided"), max_length=300, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True, editable=False)

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
                        "",
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
            ),
            models.CheckConstraint(
                name="ask_decided_has_date",
                condition=Q(
                    status__in=["fulfilled", "declined"], decided_on__isnull=False
                )
                | Q(status__in=["new", "in_work"], decided_on=None),
            ),
        ]

    def __str__(self):
        return f"{self.report}, {self.get_kind_display()}"

    def get_absolute_url(self):
        return reverse("reports:ask", args=[self.code])

    @classmethod
    def begin_to_live(cls, report):
        """Give the asks of a report that is approved the codes by which they go on."""
        prefix = f"{report.municipality.prefix}-G"
        for ask in report.asks.filter(code=None):
            ask.code = f"{prefix}{Counter.take(prefix):03}"
            ask.save(update_fields=["code"])

    @property
    def status_tag(self):
        """Colour and icon name, see ``partials/_tag.html``."""
        return self.STATUS_TAGS[self.Status(self.status)]

    @property
    def said_label(self):
        """The answer of ``with_last_answer`` in words."""
        return self.Answer(self.said).label

    @property
    def is_open(self):
        return self.status in self.OPEN

    @property
    def is_late(self):
        return bool(self.is_open and self.due_on and self.due_on < timezone.localdate())

    @transaction.atomic
    def go_on(self, *, by):
        """Store how the ask goes on, as a form has changed it, and who said so."""
        if self.is_open:
            self.decided_on = None
        elif not self.decided_on:
            self.decided_on = timezone.localdate()
        self.save(update_fields=["status", "owner", "due_on", "outcome", "decided_on"])
        return self.events.create(by=by, status=self.status, words=self.outcome)

    def note_answer(self, delivery, answer):
        """The contact person answers; the same answer twice is one."""
        last = self.events.filter(delivery=delivery).last()
        if last is None or last.answer != answer:
            self.events.create(delivery=delivery, answer=answer)


class AskEvent(models.Model):
    """What happened to an ask: a coordinator moved it on, or the contact person answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    ask = models.ForeignKey(Ask, related_name="events", on_delete=models.CASCADE)
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        User, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    delivery = models.ForeignKey(
        Delivery, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    status = models.CharField(max_length=10, choices=Ask.Status, blank=True)
    answer = models.CharField(max_length=10, choices=Ask.Answer, blank=True)
    words = EncryptedTextField(max_length=300, blank=True)

    class Meta:
        ordering = ["ask", "at", "pk"]
        verbose_name = _("event of an ask")
        verbose_name_plural = _("events of asks")
        constraints = [
            models.CheckConstraint(
                name="ask_event_is_a_step_or_an_answer",
                condition=(
                    Q(by__isnull=False, delivery=None, answer="") & ~Q(status="")
                )
                | (Q(by=None, delivery__isnull=False, status="") & ~Q(answer="")),
            )
        ]

    def __str__(self):
        return f"{self.ask}, {self.status or self.answer}"

"""A matter of many families that was told to the municipality, and what it answered (R032)."""

from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.choices import Area
from cases.models.closed_month import ClosedMonth
from mediators.models import COORDINATING, User
from municipalities.models import Counter, Institution, InstitutionContact, Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class IssueStatus(models.TextChoices):
    REPORTED = "reported", pgettext_lazy("issue status", "Reported")
    ANSWERED = "answered", pgettext_lazy("issue status", "Answered")
    SOLVED = "solved", pgettext_lazy("issue status", "Solved")
    DECLINED = "declined", pgettext_lazy("issue status", "Declined")

    @property
    def look(self):
        """Colour and icon name, see ``partials/_tag.html``."""
        return ISSUE_LOOKS[self]


ISSUE_LOOKS = {
    IssueStatus.REPORTED: ("blue", "mail"),
    IssueStatus.ANSWERED: ("amber", "progress"),
    IssueStatus.SOLVED: ("green", "circle-check"),
    IssueStatus.DECLINED: ("grey", "circle-x"),
}
DECIDED = (IssueStatus.SOLVED, IssueStatus.DECLINED)


class CommunityIssueQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the places where the person works; others read counts alone."""
        return self.filter(municipality__in=user.own_municipalities())

    def editable_by(self, user):
        """Coordinators say how it goes on, and so does the mediator who reported it."""
        return self.visible_to(user).filter(
            Q(municipality__in=user.places_as(*COORDINATING)) | Q(mediator=user)
        )

    def correctable_by(self, user):
        """What its mediator reported and nobody has answered yet."""
        return self.visible_to(user).filter(mediator=user, status=IssueStatus.REPORTED)

    def open(self):
        return self.exclude(status__in=DECIDED)


class CommunityIssue(models.Model):
    """An issue without any family in it: what, to whom, since when, how it stands.

    It is no ``Ask``: an ask belongs to a report, begins to live when that is approved,
    and there are three at most; an issue is told on any day, to any institution.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("code"), max_length=14, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="issues",
        on_delete=models.PROTECT,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="issues",
        on_delete=models.PROTECT,
        editable=False,
    )
    area = models.CharField(_("area"), max_length=20, choices=Area)
    text = EncryptedTextField(_("what the matter is"), max_length=1000)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("told to"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    contact = models.ForeignKey(
        InstitutionContact,
        verbose_name=_("official"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    reported_on = models.DateField(_("told on"), default=timezone.localdate)
    status = models.CharField(
        _("status"), max_length=10, choices=IssueStatus, default=IssueStatus.REPORTED
    )
    reaction = EncryptedTextField(_("what was answered"), max_length=1000, blank=True)
    decided_on = models.DateField(_("decided"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CommunityIssueQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_on", "-pk"]
        verbose_name = _("community issue")
        verbose_name_plural = _("community issues")
        constraints = [
            models.CheckConstraint(
                name="issue_area_is_known", condition=Q(area__in=Area.values)
            ),
            models.CheckConstraint(
                name="issue_decided_has_date",
                condition=Q(status__in=["solved", "declined"], decided_on__isnull=False)
                | Q(status__in=["reported", "answered"], decided_on=None),
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("cases:issue", args=[self.code])

    @classmethod
    def next_code(cls, municipality):
        """“UPC-J003”: J for *jautājums*."""
        prefix = f"{municipality.prefix}-J"
        return f"{prefix}{Counter.take(prefix):03}"

    @property
    def status_choice(self):
        return IssueStatus(self.status)

    @property
    def is_in_a_closed_month(self):
        """A report that was handed in counts it: it stays as it is."""
        return ClosedMonth.objects.covers(
            mediator=self.mediator, municipality=self.municipality, day=self.reported_on
        )

    @property
    def area_choice(self):
        return Area(self.area)

    @classmethod
    def counts_in(cls, municipalities):
        """``[{municipality__label_lv, area, reported, solved, declined}]``, no words."""
        rows = cls.objects.filter(municipality__in=municipalities).order_by()
        return (
            rows.values("municipality__label_lv", "area")
            .annotate(
                reported=Count("pk"),
                solved=Count("pk", filter=Q(status=IssueStatus.SOLVED)),
                declined=Count("pk", filter=Q(status=IssueStatus.DECLINED)),
            )
            .order_by("municipality__label_lv", "area")
        )

    @transaction.atomic
    def go_on(self, *, by):
        """Store how it goes on, as a form has changed it, and who said so."""
        if self.status not in DECIDED:
            self.decided_on = None
        elif not self.decided_on:
            self.decided_on = max(timezone.localdate(), self.reported_on)
        self.save(update_fields=["status", "reaction", "decided_on"])
        return self.events.create(by=by, status=self.status, words=self.reaction)


class IssueEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(issue__in=CommunityIssue.objects.visible_to(user))


class IssueEvent(models.Model):
    """A step of an issue: when somebody said how it goes on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    issue = models.ForeignKey(
        CommunityIssue, related_name="events", on_delete=models.CASCADE
    )
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    status = models.CharField(max_length=10, choices=IssueStatus)
    words = EncryptedTextField(max_length=1000, blank=True)

    objects = IssueEventQuerySet.as_manager()

    class Meta:
        ordering = ["issue", "at", "pk"]
        verbose_name = _("event of an issue")
        verbose_name_plural = _("events of issues")

    def __str__(self):
        return f"{self.issue}, {self.status}"

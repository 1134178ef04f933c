"""A case: one matter of a family, from the first talk to the outcome."""

from functools import cache

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.choices import Area
from families.models import Consent, Family
from mediators.models import User
from municipalities.models import Counter, Municipality, Term, Vocabulary
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class CaseStatus(models.TextChoices):
    NEW = "new", pgettext_lazy("case status", "New")
    ACTIVE = "active", pgettext_lazy("case status", "In work")
    WAITING = "waiting", pgettext_lazy("case status", "Waiting for an institution")
    CLOSED = "closed", pgettext_lazy("case status", "Closed")

    @property
    def icon(self):
        return STATUS_LOOKS[self][0]

    @property
    def colour(self):
        return STATUS_LOOKS[self][1]


STATUS_LOOKS = {
    CaseStatus.NEW: ("circle-dashed", "blue"),
    CaseStatus.ACTIVE: ("refresh", "spruce"),
    CaseStatus.WAITING: ("clock", "amber"),
    CaseStatus.CLOSED: ("check", "grey"),
}


class Outcome(models.TextChoices):
    """How a case ended. Unsolved is not the mediator's failure (R224)."""

    SOLVED = "solved", pgettext_lazy("case outcome", "Solved")
    HANDED_OVER = "handed_over", pgettext_lazy("case outcome", "Handed over")
    STOPPED = "stopped", pgettext_lazy("case outcome", "Stopped")


PARTS = (
    *("referrals", "shares", "people", "achievements", "sub_goals", "advice"),
    "events",
)
"""What a case may have and most have not."""


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(family__in=Family.objects.visible_to(user))

    def open(self):
        return self.exclude(status=CaseStatus.CLOSED)

    def with_parts(self):
        """Adds ``has_referrals`` and so on: a page then asks only for what there is.

        ``has_withdrawals`` tells of the family: it took back something that it agreed to.
        """
        return self.annotate(**_has_parts())


@cache
def _has_parts():
    """Put together once: expressions hold no rows."""
    models_of = {name: getattr(Case, name).rel.related_model for name in PARTS}
    taken_back = Consent.objects.filter(
        family=OuterRef("family"), withdrawn_on__isnull=False
    )
    return {
        f"has_{name}": Exists(model.objects.filter(case=OuterRef("pk")))
        for name, model in models_of.items()
    } | {"has_withdrawals": Exists(taken_back)}


class Case(models.Model):
    """One matter in which a mediator helps a family, with one next step at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("code"), max_length=14, unique=True, editable=False)
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="cases",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="cases",
        on_delete=models.PROTECT,
        editable=False,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="cases",
        on_delete=models.PROTECT,
        editable=False,
    )
    title = EncryptedTextField(_("title"), max_length=120)
    area = models.CharField(_("area"), max_length=20, choices=Area)
    category = models.ForeignKey(
        Term,
        verbose_name=_("category"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.CASE_CATEGORY},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    goal = EncryptedTextField(_("goal"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=CaseStatus, default=CaseStatus.NEW
    )
    opened_on = models.DateField(_("opened"), default=timezone.localdate)
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    what_helped = EncryptedTextField(_("what helped"), max_length=500, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(
                name="case_closed_in_place", fields=["municipality", "closed_on"]
            ),
            models.Index(
                name="case_opened_in_place", fields=["municipality", "opened_on"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_closed_has_outcome_and_date",
                condition=(Q(status="closed", closed_on__isnull=False) & ~Q(outcome=""))
                | (~Q(status="closed") & Q(closed_on__isnull=True, outcome="")),
            ),
            models.CheckConstraint(
                name="case_closed_after_opened",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("The case cannot end before it began."),
            ),
            models.CheckConstraint(
                name="case_area_is_known", condition=Q(area__in=Area.values)
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("cases:case-detail", args=[self.code])

    @classmethod
    def next_code(cls, municipality):
        """“UPC-L012”: L for *lieta*."""
        prefix = f"{municipality.prefix}-L"
        return f"{prefix}{Counter.take(prefix):03}"

    @property
    def is_closed(self):
        return self.status == CaseStatus.CLOSED

    @property
    def status_choice(self):
        return CaseStatus(self.status)

    @property
    def area_choice(self):
        return Area(self.area)


class CaseEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))


class CaseEvent(models.Model):
    """A change of a case's status; a reopened case keeps how it ended before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="events",
        on_delete=models.CASCADE,
    )
    by = models.ForeignKey(
        User, verbose_name=_("by"), related_name="+", on_delete=models.PROTECT
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=CaseStatus)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    what_helped = EncryptedTextField(_("what helped"), max_length=500, blank=True)

    objects = CaseEventQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of a case")
        verbose_name_plural = _("changes of cases")

    def __str__(self):
        return f"{self.case}: {self.get_status_display()}"

"""A person's or family's way through a programme: from the first talk to the end."""

from django.db import models
from django.db.models import Count, Exists, Q
from django.db.models.functions import Coalesce, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.case import Case
from cases.models.closed_month import ClosedMonth
from cases.models.person import Counted
from families.models import Family
from mediators.models import COORDINATING, Role, User
from municipalities.models import Municipality, Term, Vocabulary
from privacy.ids import uuid7


class ProgrammeStep(models.TextChoices):
    """The steps in their order; the last three end a way before its goal."""

    APPROACHED = "approached", pgettext_lazy("step of a programme", "Approached")
    INFORMED = "informed", pgettext_lazy("step of a programme", "Informed")
    INTERESTED = "interested", pgettext_lazy("step of a programme", "Interested")
    APPLIED = "applied", pgettext_lazy("step of a programme", "Applied")
    ACCEPTED = "accepted", pgettext_lazy("step of a programme", "Accepted")
    STARTED = "started", pgettext_lazy("step of a programme", "Started")
    FINISHED = "finished", pgettext_lazy("step of a programme", "Finished")
    DROPPED = "dropped", pgettext_lazy("step of a programme", "Dropped out")
    REFUSED = "refused", pgettext_lazy("step of a programme", "Not accepted")
    DECLINED = "declined", pgettext_lazy("step of a programme", "Declined")

    @property
    def colour(self):
        return STEP_LOOKS.get(self, ("blue", ""))[0]

    @property
    def icon(self):
        return STEP_LOOKS.get(self, ("", "arrow-right"))[1]

    @property
    def is_end(self):
        return self in ENDS

    def may_follow(self, taken):
        """Whether this step may come after those taken, in any of which nothing ended.

        Steps may be left out, but nobody finishes or drops out who was not accepted,
        and nobody is refused who did not apply.
        """
        if any(ProgrammeStep(step).is_end for step in taken):
            return False
        order = list(ProgrammeStep)
        if any(order.index(ProgrammeStep(step)) >= order.index(self) for step in taken):
            return False
        if self in (self.FINISHED, self.DROPPED):
            return bool(IN.intersection(taken))
        if self == self.REFUSED:
            return self.APPLIED in taken and not IN.intersection(taken)
        return not (self == self.DECLINED and IN.intersection(taken))


IN = frozenset({ProgrammeStep.ACCEPTED, ProgrammeStep.STARTED})
ENDS = (
    ProgrammeStep.FINISHED,
    ProgrammeStep.DROPPED,
    ProgrammeStep.REFUSED,
    ProgrammeStep.DECLINED,
)
FUNNEL = {
    "informed": (
        ProgrammeStep.APPROACHED,
        ProgrammeStep.INFORMED,
        ProgrammeStep.INTERESTED,
    ),
    "applied": (ProgrammeStep.APPLIED,),
    "accepted": (ProgrammeStep.ACCEPTED, ProgrammeStep.STARTED),
    "finished": (ProgrammeStep.FINISHED,),
    "dropped": (ProgrammeStep.DROPPED, ProgrammeStep.REFUSED, ProgrammeStep.DECLINED),
}
"""What programmes are asked about, and the steps that say it."""
WHO = Coalesce("involvement__person_id", "involvement__family_id")
STEP_LOOKS = {
    ProgrammeStep.ACCEPTED: ("spruce", "check"),
    ProgrammeStep.STARTED: ("spruce", "refresh"),
    ProgrammeStep.FINISHED: ("green", "circle-check"),
    ProgrammeStep.DROPPED: ("amber", "circle-x"),
    ProgrammeStep.REFUSED: ("grey", "circle-x"),
    ProgrammeStep.DECLINED: ("grey", "circle-x"),
}


class InvolvementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(family__in=Family.objects.visible_to(user))

    def with_steps(self):
        return self.select_related("programme", "family").prefetch_related("steps")


class Involvement(Counted):
    """One person, or a family as a whole, on the way through one programme (R033, R267)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="involvements",
        on_delete=models.PROTECT,
        editable=False,
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="involvements",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    programme = models.ForeignKey(
        Term,
        verbose_name=_("programme"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.PROGRAMME},
        on_delete=models.PROTECT,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = InvolvementQuerySet.as_manager()

    class Meta(Counted.Meta):
        ordering = ["-created_at", "-pk"]
        verbose_name = _("way through a programme")
        verbose_name_plural = _("ways through programmes")

    def __str__(self):
        return f"{self.family}: {self.programme_id}"

    @property
    def taken(self):
        """The steps taken so far, the first one first."""
        return [row.step for row in self.steps.all()]

    @property
    def last(self):
        """The newest step with its day."""
        return list(self.steps.all())[-1]

    @property
    def is_over(self):
        return self.last.step_choice.is_end

    @property
    def next_steps(self):
        """What may come now."""
        return [step for step in ProgrammeStep if step.may_follow(self.taken)]


class InvolvementStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(involvement__in=Involvement.objects.visible_to(user))

    def editable_by(self, user):
        """One's own, until the report of the month has been handed in."""
        closed = ClosedMonth.objects.of_outer_row()
        return (
            self.visible_to(user)
            .filter(Q(by=user) | Q(mediator=user))
            .alias(first_of_month=TruncMonth("stepped_on"))
            .exclude(Exists(closed))
        )

    def readable_by(self, user):
        """To be counted, never to be named.

        Those of one's families, whoever wrote them, of one's municipalities, or all.
        """
        if user.has_role(Role.LEAD_MEDIATOR, Role.PROJECT_STAFF):
            return self
        return self.filter(
            Q(involvement__in=Involvement.objects.visible_to(user))
            | Q(municipality__in=user.places_as(*COORDINATING))
        )

    def funnel(self):
        """``{programme_id: {stage: different people}}``; a whole family counts as one."""
        counts = {
            stage: Count(WHO, distinct=True, filter=Q(step__in=steps))
            for stage, steps in FUNNEL.items()
        }
        rows = self.order_by().values("involvement__programme").annotate(**counts)
        return {row.pop("involvement__programme"): row for row in rows}


class InvolvementStep(models.Model):
    """One step on the way, with its day; it counts in the month of that day."""

    class Reason(models.TextChoices):
        """Why somebody dropped out or declined."""

        WORK = "work", pgettext_lazy("reason to drop out", "Found work")
        FAMILY = "family", pgettext_lazy("reason to drop out", "Care for the family")
        MOVED = "moved", pgettext_lazy("reason to drop out", "Moved away")
        DISTANCE = "distance", pgettext_lazy("reason to drop out", "Too far to travel")
        LANGUAGE = (
            "language",
            pgettext_lazy("reason to drop out", "Language or reading"),
        )
        UNSUITABLE = "unsuitable", pgettext_lazy("reason to drop out", "Did not suit")
        OTHER = "other", pgettext_lazy("reason to drop out", "Another reason")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    involvement = models.ForeignKey(
        Involvement,
        verbose_name=_("way through a programme"),
        related_name="steps",
        on_delete=models.CASCADE,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )
    position = models.PositiveSmallIntegerField(editable=False)
    step = models.CharField(_("step"), max_length=12, choices=ProgrammeStep)
    stepped_on = models.DateField(_("date"), default=timezone.localdate)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    by = models.ForeignKey(
        User,
        verbose_name=_("written by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = InvolvementStepQuerySet.as_manager()

    class Meta:
        ordering = ["involvement", "position"]
        verbose_name = _("step of a programme")
        verbose_name_plural = _("steps of programmes")
        indexes = [
            models.Index(
                name="programme_step_in_place", fields=["municipality", "stepped_on"]
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="programme_step_is_taken_once", fields=["involvement", "step"]
            ),
            models.UniqueConstraint(
                name="programme_step_has_its_place", fields=["involvement", "position"]
            ),
            models.CheckConstraint(
                name="programme_step_is_known",
                condition=Q(step__in=ProgrammeStep.values),
            ),
            models.CheckConstraint(
                name="programme_step_reason_belongs_to_an_end",
                condition=Q(reason="") | Q(step__in=["dropped", "declined"]),
            ),
        ]

    def __str__(self):
        return f"{self.involvement}: {self.step}"

    @property
    def step_choice(self):
        return ProgrammeStep(self.step)

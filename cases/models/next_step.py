"""The next step: what a mediator promised to do, and when."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.case import Case
from cases.models.choices import Kind
from cases.models.visit import Visit
from families.models import Family, FamilyAssignment
from mediators.models import COORDINATING, Role, User
from municipalities.models import Institution, InstitutionContact, Municipality
from municipalities.working_days import last_day, next_month
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

WITHIN_A_DAY = (F("due_at").asc(nulls_last=True),)
"""Within a day what has an hour comes first."""


class NextStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A mediator's own steps, and those of the families she took over or covers.

        What is to be done for a family stays with the family: it is seen as long as the
        family is, and passes to whoever holds or covers the family next. Only a
        colleague who shares a family keeps her steps for it to herself.
        """
        held = FamilyAssignment.objects.held()
        mine = held.current().filter(mediator=user)
        promised_by_a_holder = held.filter(
            family=OuterRef("family"), mediator=OuterRef("mediator")
        )
        return self.filter(
            Q(mediator=user)
            | Q(Exists(promised_by_a_holder), family__in=mine.values("family")),
            Q(family=None) | Q(family__in=Family.objects.visible_to(user)),
            municipality__in=user.places_as(Role.MEDIATOR),
        )

    def logged_by(self, user):
        """A person's own promises, where that person is still a mediator."""
        return self.filter(
            mediator=user, municipality__in=user.places_as(Role.MEDIATOR)
        )

    def coordinated_by(self, user):
        """Those of the municipalities a person coordinates: day, kind and place alone."""
        return self.filter(municipality__in=user.places_as(*COORDINATING))

    def open(self):
        return self.filter(status=NextStep.Status.OPEN)

    def ended(self):
        return self.exclude(status=NextStep.Status.OPEN)

    def due_in_month(self, month):
        return self.filter(
            due_on__gte=month.replace(day=1), due_on__lte=last_day(month)
        )

    def planned_for_month(self, month):
        """Due in the month, or once planned for a day of it and now for a later month."""
        first, later = month.replace(day=1), next_month(month)
        moved_away = StepMove.objects.filter(
            step=OuterRef("pk"), from_on__gte=first, from_on__lt=later
        )
        return self.filter(
            Q(due_on__lt=later) | Q(Exists(moved_away)), due_on__gte=first
        )

    def by_time(self):
        """Days in order."""
        return self.order_by("due_on", *WITHIN_A_DAY, "pk")

    def with_subject(self):
        """Fetches at once what ``subject`` and lists of steps show."""
        return self.select_related("family", "case", "institution", "contact")


class DropReason(models.TextChoices):
    """Why something promised will not be done; the last two are never chosen by hand."""

    NOT_NEEDED = "not_needed", pgettext_lazy("reason", "No longer needed")
    FAMILY_DECLINED = (
        "family_declined",
        pgettext_lazy("reason", "The family does not want it"),
    )
    DONE_OTHERWISE = "done_otherwise", pgettext_lazy("reason", "Done otherwise")
    MOVED_AWAY = "moved_away", pgettext_lazy("reason", "The family moved away")
    OTHER = "other", pgettext_lazy("reason", "Another reason")
    CASE_CLOSED = "case_closed", pgettext_lazy("reason", "The case was closed")
    CORRECTED = "corrected", pgettext_lazy("reason", "The entry was corrected")


class NextStep(models.Model):
    """One thing a mediator will do on a day, for a family or with an institution."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("next step", "open")
        DONE = "done", pgettext_lazy("next step", "done")
        DROPPED = "dropped", pgettext_lazy("next step", "dropped")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="next_steps",
        on_delete=models.PROTECT,
        db_index=False,
    )
    municipality = models.ForeignKey(
        Municipality, related_name="+", on_delete=models.PROTECT
    )
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="next_steps",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="next_steps",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    text = EncryptedTextField(_("what to do"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind, blank=True)
    institution = models.ForeignKey(
        Institution, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    contact = models.ForeignKey(
        InstitutionContact,
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    due_on = models.DateField(_("due"))
    due_at = models.TimeField(_("time"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.OPEN
    )
    drop_reason = models.CharField(
        _("why it was dropped"), max_length=20, choices=DropReason, blank=True
    )
    source = models.ForeignKey(
        Visit,
        verbose_name=_("entry in which it was promised"),
        related_name="promised_steps",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    done_by = models.ForeignKey(
        Visit,
        verbose_name=_("entry by which it was done"),
        related_name="done_steps",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    updated_at = models.DateTimeField(auto_now=True)

    objects = NextStepQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "due_at", "pk"]
        verbose_name = _("next step")
        verbose_name_plural = _("next steps")
        indexes = [
            models.Index(
                name="step_of_mediator", fields=["mediator", "status", "due_on"]
            ),
            # Few are open at a time, of all that ever were
            models.Index(
                name="step_open_in_place",
                fields=["municipality", "due_on"],
                condition=Q(status="open"),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="step_status_is_known",
                condition=Q(status__in=["open", "done", "dropped"]),
            ),
            models.CheckConstraint(
                name="step_dropped_has_reason",
                condition=Q(status="dropped", drop_reason__in=DropReason.values)
                | (~Q(status="dropped") & Q(drop_reason="")),
                violation_error_message=_("Say why this will not be done."),
            ),
        ]

    def __str__(self):
        return f"{self.due_on:%Y-%m-%d}, {self.family or self.institution or self.pk}"

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def is_overdue(self):
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def subject(self):
        """Whom the step is about: a family, else an institution."""
        if self.family:
            return self.family.name
        return self.institution.name if self.institution else str(_("No family"))

    @property
    def icon(self):
        return Kind(self.kind).icon if self.kind else "calendar-due"


class StepMoveQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(step__in=NextStep.objects.visible_to(user))


class StepMove(models.Model):
    """A next step that was put off, or brought forward, from one day to another."""

    step = models.ForeignKey(
        NextStep,
        verbose_name=_("next step"),
        related_name="moves",
        on_delete=models.CASCADE,
    )
    by = models.ForeignKey(
        User, verbose_name=_("by"), related_name="+", on_delete=models.PROTECT
    )
    at = models.DateTimeField(_("time"), default=timezone.now)
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))

    objects = StepMoveQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("move of a next step")
        verbose_name_plural = _("moves of next steps")
        constraints = [
            models.CheckConstraint(
                name="step_move_changes_day", condition=~Q(from_on=F("to_on"))
            )
        ]

    def __str__(self):
        return f"{self.from_on:%Y-%m-%d} – {self.to_on:%Y-%m-%d}"

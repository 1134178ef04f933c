"""Ending what has been kept long enough: runs that two people start, and holds."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models import Family
from mediators.models import Role, User
from municipalities.dated import DatedQuerySet
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class LegalHoldQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self if user.has_role(Role.DATA_PROTECTION_OFFICER) else self.none()

    def liftable_by(self, user):
        """Standing ones that an officer may ask to lift, and those of which somebody else
        asked it: for the second person, an officer or the lead mediator."""
        officer, lead = Role.DATA_PROTECTION_OFFICER, Role.LEAD_MEDIATOR
        if not user.has_role(officer, lead):
            return self.none()
        asked = self.standing().exclude(lift_asked_by=None)
        mine = asked.exclude(lift_asked_by=user)
        if user.has_role(officer):
            mine |= self.standing().filter(lift_asked_by=None)
        return mine

    def standing(self, on=None):
        """In force on a day, by default today."""
        return self.current(on).filter(lifted_on=None)

    def families(self):
        return self.exclude(family=None).values("family")


class LegalHold(models.Model):
    """Data that may not be erased for a time, whatever the periods say (GDPR 17(3))."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("Empty: everything is held."),
    )
    reason = EncryptedTextField(_("reason"), max_length=300)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    lifted_on = models.DateField(_("lifted"), null=True, blank=True, editable=False)
    by = models.ForeignKey(
        User, related_name="+", on_delete=models.PROTECT, editable=False
    )
    lift_asked_by = models.ForeignKey(
        User, related_name="+", null=True, on_delete=models.PROTECT, editable=False
    )
    lifted_by = models.ForeignKey(
        User, related_name="+", null=True, on_delete=models.PROTECT, editable=False
    )

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        constraints = [
            models.CheckConstraint(
                name="hold_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="hold_is_lifted_by_two_people",
                condition=Q(lifted_by=None)
                | Q(lift_asked_by__isnull=False, lifted_on__isnull=False)
                & ~Q(lifted_by=F("lift_asked_by")),
            ),
        ]

    def __str__(self):
        return str(self.pk)

    def ask_to_lift(self, *, by):
        """True for the officer who was first; a second person has to agree."""
        return self._changed(by, lift_asked_by=None, then={"lift_asked_by": by})

    def lift(self, *, by):
        """True for the one second person who was first."""
        ended = {"lifted_on": timezone.localdate(), "lifted_by": by}
        return self._changed(by, lift_asked_by=self.lift_asked_by, then=ended)

    def _changed(self, by, *, lift_asked_by, then):
        may = LegalHold.objects.liftable_by(by).filter(lift_asked_by=lift_asked_by)
        changed = LegalHold.objects.filter(pk=self.pk, pk__in=may.values("pk"))
        return bool(changed.update(**then))


class DueCount(models.Model):
    """What a run would end, as the worker counted it last where there are many families."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    dues = models.JSONField(_("what is due"), default=dict)
    """``{kind of record: [how many, codes of the first]}``"""
    as_of = models.DateTimeField(_("counted at"), null=True)
    asked_at = models.DateTimeField(_("count asked for at"), null=True)

    class Meta:
        verbose_name = _("count of what is due")
        verbose_name_plural = _("counts of what is due")
        constraints = [
            models.CheckConstraint(name="due_count_is_one_row", condition=Q(id=1))
        ]

    def __str__(self):
        return f"{self.as_of}"


class RetentionRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers, and the lead mediator as the second person."""
        readers = (Role.DATA_PROTECTION_OFFICER, Role.LEAD_MEDIATOR)
        return self if user.has_role(*readers) else self.none()

    def confirmable_by(self, user):
        planned = self.visible_to(user).ordered().exclude(planned_as_of=None)
        return planned.exclude(ordered_by=user)

    def ordered(self):
        return self.filter(status=RetentionRun.Status.ORDERED)

    def to_do(self):
        """Confirmed, or begun and not ended: a run that was interrupted goes on."""
        return self.filter(
            status__in=(RetentionRun.Status.CONFIRMED, RetentionRun.Status.RUNNING)
        )

    def under_way(self):
        return self.exclude(status=RetentionRun.Status.DONE)


class RetentionRun(models.Model):
    """One run of retention: ordered by an officer, confirmed by a second person."""

    class Status(models.TextChoices):
        ORDERED = "ordered", pgettext_lazy("run", "waits for the second person")
        CONFIRMED = "confirmed", pgettext_lazy("run", "confirmed")
        RUNNING = "running", pgettext_lazy("run", "running")
        DONE = "done", pgettext_lazy("run", "done")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.ORDERED
    )
    planned = models.JSONField(_("planned"), default=dict)
    planned_as_of = models.DateTimeField(_("counted at"), null=True, blank=True)
    """Empty while the worker counts what was ordered: nobody confirms it before."""
    done = models.JSONField(_("done"), default=dict)
    ordered_by = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    ordered_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        User, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        ordering = ["-ordered_at", "-pk"]
        verbose_name = _("run of retention")
        verbose_name_plural = _("runs of retention")
        constraints = [
            models.CheckConstraint(
                name="retention_run_has_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("ordered_by")),
            ),
            models.CheckConstraint(
                name="retention_run_is_confirmed_first",
                condition=Q(status="ordered", confirmed_by=None, confirmed_at=None)
                | ~Q(status="ordered")
                & Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="retention_run_done_has_time",
                condition=Q(status="done", finished_at__isnull=False)
                | ~Q(status="done") & Q(finished_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.ordered_at:%Y-%m-%d}, {self.status}"

    def confirm(self, *, by):
        """True for the one person who was first; the run may begin then."""
        allowed = RetentionRun.objects.confirmable_by(by).values("pk")
        changed = (
            RetentionRun.objects.ordered()
            .filter(pk=self.pk, pk__in=allowed)
            .update(
                status=self.Status.CONFIRMED,
                confirmed_by=by,
                confirmed_at=timezone.now(),
            )
        )
        self.refresh_from_db()
        return bool(changed)

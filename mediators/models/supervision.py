"""Supervision: who gives it, who asked for it, and when it was. Never what was said."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models.account import Role, User
from municipalities.models import Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class SupervisorQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A mediator's supervisors: those of her municipalities and of the whole country."""
        if not user.has_role(Role.MEDIATOR):
            return self.none()
        places = user.municipalities_as(Role.MEDIATOR)
        return self.filter(Q(municipality__in=places) | Q(municipality=None))

    def active(self):
        return self.filter(is_active=True)


class Supervisor(models.Model):
    """Somebody who supports mediators in talks, in a municipality or in the whole country."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="supervisors",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("Empty for the whole country."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = SupervisorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("supervisor")
        verbose_name_plural = _("supervisors")

    def __str__(self):
        return self.name


class OwnQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The mediator's own, and nobody else's: no coordinator, staff or administrator."""
        if not user.has_role(Role.MEDIATOR):
            return self.none()
        return self.filter(mediator=user)


class SupervisionRequest(models.Model):
    """A mediator's wish to talk to a supervisor, without a reason."""

    class When(models.TextChoices):
        SOON = "soon", pgettext_lazy("wished time", "as soon as possible")
        THIS_WEEK = "this_week", pgettext_lazy("wished time", "this week")
        NEXT_WEEK = "next_week", pgettext_lazy("wished time", "next week")
        ANY_TIME = "any_time", pgettext_lazy("wished time", "at any time")

    class How(models.TextChoices):
        MEETING = "meeting", pgettext_lazy("supervision", "a meeting")
        CALL = "call", pgettext_lazy("supervision", "a call")
        VIDEO = "video", pgettext_lazy("supervision", "a video call")

    class Status(models.TextChoices):
        QUEUED = "queued", _("waits to be sent")
        SENT = "sent", _("sent")
        REFUSED = "refused", pgettext_lazy("delivery", "not sent")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="supervision_requests",
        on_delete=models.PROTECT,
    )
    supervisor = models.ForeignKey(
        Supervisor,
        verbose_name=_("supervisor"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    when = models.CharField(_("when"), max_length=20, choices=When)
    how = models.CharField(_("how"), max_length=20, choices=How)
    phone = EncryptedTextField(_("phone"), max_length=40)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("request for supervision")
        verbose_name_plural = _("requests for supervision")
        constraints = [
            models.CheckConstraint(
                name="supervision_request_status_is_known",
                condition=Q(status__in=["queued", "sent", "refused"]),
            )
        ]

    def __str__(self):
        return f"{self.mediator_id}, {self.made_at:%Y-%m-%d}"


class SupervisionSession(models.Model):
    """One supervision that was or is agreed: day, hours, with whom, kind. No content."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", pgettext_lazy("supervision", "individual")
        GROUP = "group", pgettext_lazy("supervision", "in a group")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="supervision_sessions",
        on_delete=models.PROTECT,
    )
    supervisor = models.ForeignKey(
        Supervisor,
        verbose_name=_("supervisor"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    held_on = models.DateField(_("date"))
    hours = models.DecimalField(
        _("hours"),
        max_digits=3,
        decimal_places=1,
        default=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(12)],
    )
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.INDIVIDUAL
    )

    objects = OwnQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        constraints = [
            models.CheckConstraint(
                name="supervision_takes_time",
                condition=Q(hours__gt=0, hours__lte=12),
                violation_error_message=_("A supervision lasts up to 12 hours."),
            )
        ]

    def __str__(self):
        return f"{self.mediator_id}, {self.held_on:%Y-%m-%d}"

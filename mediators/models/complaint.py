"""Complaints about mediators: read by whoever coordinates, never by a mediator (R227)."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models.account import COORDINATING, Appointment, Role, User
from municipalities.models import Municipality, Term, Vocabulary
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

GROUPS = 3
"""Of a code: some 58 bits that can be copied by hand."""


def hash_of_code(code):
    """What the database keeps of a code, in whatever way it was typed."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(signs.encode()).hexdigest()


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The coordinators of the municipality; where there is none, lead and staff.

        Nobody who is a mediator, nor whoever ever was one in that municipality: the
        complaint may be about them, or about whom they stand in for.
        """
        if user.has_role(Role.MEDIATOR):
            return self.none()
        mine = Q(municipality__in=user.places_as(*COORDINATING))
        if user.has_role(Role.LEAD_MEDIATOR, Role.PROJECT_STAFF):
            mine |= ~Q(municipality__in=with_an_impartial_coordinator())
        mediated = user.appointments.filter(role=Role.MEDIATOR)
        return self.filter(mine).exclude(
            municipality__in=mediated.values("municipality")
        )

    def open(self):
        return self.filter(closed_at=None)

    def closed(self):
        return self.exclude(closed_at=None)

    def with_code(self, code):
        return self.filter(code_sha256=hash_of_code(code))


def with_an_impartial_coordinator():
    """Ids of municipalities where somebody coordinates who was never a mediator there."""
    mediating = Appointment.objects.filter(role=Role.MEDIATOR)
    return (
        Appointment.objects.current()
        .filter(role__in=COORDINATING, user__is_active=True)
        .exclude(user__in=mediating.current().values("user"))
        .exclude(
            user__in=mediating.filter(municipality=models.OuterRef("municipality"))
            .order_by()
            .values("user")
        )
        .values("municipality")
    )


class Complaint(models.Model):
    """What somebody, perhaps without a name, says about how a mediator acted.

    Of the code with which that person asks how it goes on, only the hash is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="complaints",
        on_delete=models.PROTECT,
    )
    about = EncryptedTextField(_("which mediator"), max_length=200)
    text = EncryptedTextField(_("what happened"), max_length=4000)
    reach = EncryptedTextField(_("how to reach the person"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    answer = EncryptedTextField(_("answer"), max_length=2000, blank=True)
    outcome = models.ForeignKey(
        Term,
        verbose_name=pgettext_lazy("complaint", "outcome"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.COMPLAINT_OUTCOME},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    closed_by = models.ForeignKey(
        User,
        verbose_name=_("answered by"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        editable=False,
    )
    closed_at = models.DateTimeField(
        _("answered"), null=True, blank=True, editable=False
    )

    objects = ComplaintQuerySet.as_manager()

    # What a person says with it, besides the municipality
    WORDS = ("about", "text", "reach")

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(
                name="complaint_is_closed_by_somebody_with_an_outcome",
                condition=Q(
                    closed_at__isnull=True, closed_by__isnull=True, outcome__isnull=True
                )
                | Q(
                    closed_at__isnull=False,
                    closed_by__isnull=False,
                    outcome__isnull=False,
                ),
            )
        ]

    def __str__(self):
        return f"{self.municipality.prefix} {self.made_at:%Y-%m-%d}"

    @property
    def is_closed(self):
        return self.closed_at is not None

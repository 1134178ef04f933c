"""Where a family lives: here, abroad, on the way back (R059, R169–R171)."""

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.hidden_names import unless_hidden
from families.models.family import Family
from mediators.models import User
from municipalities.models import Term, Vocabulary
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class ResidenceStatus(models.TextChoices):
    LIVES_HERE = "lives_here", pgettext_lazy("residence", "Lives here")
    DECLARED_ELSEWHERE = (
        "declared_elsewhere",
        pgettext_lazy("residence", "Lives here, declared elsewhere"),
    )
    AWAY = "away", pgettext_lazy("residence", "Away for a short time")
    ABROAD = "abroad", pgettext_lazy("residence", "Lives abroad")
    WANTS_TO_RETURN = (
        "wants_to_return",
        pgettext_lazy("residence", "Abroad, wants to return"),
    )
    RETURNED = "returned", pgettext_lazy("residence", "Returned from abroad")
    MOVED = "moved", pgettext_lazy("residence", "Moved to another municipality")
    UNKNOWN = "unknown", pgettext_lazy("residence", "Not known where")

    @property
    def colour(self):
        return STATUS_LOOKS[self][0]

    @property
    def icon(self):
        return STATUS_LOOKS[self][1]


STATUS_LOOKS = {
    ResidenceStatus.LIVES_HERE: ("green", "home-2"),
    ResidenceStatus.DECLARED_ELSEWHERE: ("blue", "map-pin"),
    ResidenceStatus.AWAY: ("grey", "walk"),
    ResidenceStatus.ABROAD: ("plum", "world"),
    ResidenceStatus.WANTS_TO_RETURN: ("plum", "world"),
    ResidenceStatus.RETURNED: ("green", "home-heart"),
    ResidenceStatus.MOVED: ("grey", "bus"),
    ResidenceStatus.UNKNOWN: ("amber", "help"),
}
OUTSIDE_LATVIA = (ResidenceStatus.ABROAD, ResidenceStatus.WANTS_TO_RETURN)
WITH_COUNTRY = (*OUTSIDE_LATVIA, ResidenceStatus.RETURNED)


class ResidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(family__in=Family.objects.visible_to(user))

    def editable_by(self, user):
        """The own rows: they may be taken back, if they were a slip."""
        return self.visible_to(user).filter(by=user)

    def with_previous(self):
        """Adds ``before``, the status that the family had until then."""
        earlier = Residence.objects.filter(
            Q(since_on__lt=OuterRef("since_on"))
            | Q(since_on=OuterRef("since_on"), pk__lt=OuterRef("pk")),
            family=OuterRef("family"),
        ).order_by("-since_on", "-pk")
        return self.annotate(before=Subquery(earlier.values("status")[:1]))


def _became(*statuses):
    """Changes into one of the statuses from another one, of rows ``with_previous``."""
    return Q(status__in=statuses) & (Q(before=None) | ~Q(before__in=statuses))


LEFT_ABROAD = _became(*OUTSIDE_LATVIA)
"""Departures (R171). Somebody abroad who begins to want to return leaves no second time."""
BEGAN_TO_WANT_TO_RETURN = _became(ResidenceStatus.WANTS_TO_RETURN)
RETURNED = _became(ResidenceStatus.RETURNED)
"""Returns from abroad (R169, R170)."""


class Residence(models.Model):
    """Where a family lives from a day on; a change is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="residences",
        on_delete=models.CASCADE,
    )
    status = models.CharField(
        _("where the family lives"), max_length=20, choices=ResidenceStatus
    )
    since_on = models.DateField(_("since"), default=timezone.localdate)
    country = models.ForeignKey(
        Term,
        verbose_name=_("country"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.COUNTRY},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    place = EncryptedTextField(_("place"), max_length=160, blank=True)
    confirmed_on = models.DateField(
        _("last confirmed"), default=timezone.localdate, editable=False
    )
    by = models.ForeignKey(
        User,
        verbose_name=_("by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-since_on", "-pk"]
        verbose_name = _("residence")
        verbose_name_plural = _("residences")
        constraints = [
            models.CheckConstraint(
                name="residence_status_is_known",
                condition=Q(status__in=ResidenceStatus.values),
            ),
            models.CheckConstraint(
                name="residence_names_country_only_abroad",
                condition=Q(country=None)
                | Q(status__in=[status.value for status in WITH_COUNTRY]),
            ),
        ]

    def __str__(self):
        return f"{self.family}: {self.status}"

    @property
    def shown_place(self):
        return unless_hidden(self.place)

    @property
    def status_choice(self):
        return ResidenceStatus(self.status)

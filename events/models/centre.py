"""Resource centres and toy libraries: places that children and young people like to come to."""

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.reach import READERS
from mediators.models import Role
from municipalities.models import Municipality, Term, Vocabulary
from privacy.ids import uuid7


class CentreQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the person's municipalities; staff and the lead mediator see all."""
        if user.has_role(*READERS):
            return self
        return self.filter(municipality__in=user.own_municipalities())

    def editable_by(self, user):
        """Whoever works in the municipality keeps its centres up to date, and staff all."""
        if user.has_role(Role.PROJECT_STAFF):
            return self
        return self.filter(municipality__in=user.own_municipalities())

    def with_numbers(self):
        """Adds ``event_count`` and ``attendances`` of what was held there."""
        events = self.model.events.rel.related_model.objects.held().order_by()
        events = events.filter(centre=OuterRef("pk")).values("centre")
        return self.annotate(
            event_count=Coalesce(
                Subquery(events.annotate(n=Count("pk", distinct=True)).values("n")), 0
            ),
            attendances=Coalesce(
                Subquery(events.annotate(n=Sum("headcounts__count")).values("n")), 0
            ),
        )

    def open(self, on=None):
        """Not closed yet on a day, today unless told otherwise."""
        return self.filter(
            Q(closed_on=None) | Q(closed_on__gt=on or timezone.localdate())
        )

    def closed(self):
        """Those that are closed today."""
        return self.filter(closed_on__lte=timezone.localdate())


class Centre(models.Model):
    """A place of the municipality for groups; who comes is counted by its events (R162, R172)."""

    class Kind(models.TextChoices):
        RESOURCE_CENTRE = "resource_centre", pgettext_lazy("centre", "resource centre")
        TOY_LIBRARY = "toy_library", pgettext_lazy("centre", "toy library")
        OTHER = "other", pgettext_lazy("centre", "another place for groups")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(
        _("kind"), max_length=20, choices=Kind, default=Kind.RESOURCE_CENTRE
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="centres",
        on_delete=models.PROTECT,
    )
    place = models.CharField(_("place"), max_length=160, blank=True)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    opening_times = models.CharField(_("opening times"), max_length=200, blank=True)
    funding = models.ManyToManyField(
        Term,
        verbose_name=_("who pays for the upkeep"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.FUNDING_SOURCE},
        blank=True,
    )

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "name"]
        verbose_name = _("resource centre")
        verbose_name_plural = _("resource centres")
        constraints = [
            models.CheckConstraint(
                name="centre_closes_after_opening",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("It closed before it was opened."),
            ),
            models.UniqueConstraint(
                name="centre_name_is_unique_in_municipality",
                fields=["municipality", "name"],
                violation_error_message=_("This centre is already on the list."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("events:centre-detail", args=[self.pk])

    @property
    def is_closed(self):
        return self.closed_on is not None and self.closed_on <= timezone.localdate()

"""What is done in groups: a session, an event, or a series of them."""

from django.db import models
from django.db.models import Case, Count, F, Max, Min, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.models.centre import Centre
from events.models.reach import seen_by, written_by
from mediators.models import User
from municipalities.areas import Area
from municipalities.models import (
    Counter,
    Institution,
    Municipality,
    Term,
    Vocabulary,
)
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

A_DAY = 24 * 60
MOST_INSTITUTIONS = 999
OF_FAMILIES = (
    *("CHILDREN", "YOUTH", "PARENTS", "ADULTS", "SENIORS", "WOMEN", "PEERS", "LOCAL"),
)
"""Categories of participants who stand for themselves; all others for an institution."""


class EventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return seen_by(self, user)

    def editable_by(self, user):
        return written_by(self, user)

    def sessions(self):
        """What took or takes place on one day; a series is no event by itself."""
        return self.filter(is_series=False)

    def series(self):
        return self.filter(is_series=True)

    def wholes(self):
        """What people and institutions are told of once: a series, or an event without."""
        return self.filter(series=None)

    def held(self):
        """Without what only stands planned."""
        return self.filter(held_on__lte=timezone.localdate())

    def with_numbers(self):
        """Adds ``attendances``: of a session its own count, of a series that of its sessions.

        Also ``session_count`` and ``centre_count`` of those that took place, ``first_on``
        and ``last_on`` of a series, ``people_told``: what was counted for the row itself,
        or None, and ``professionals``: how many of the people can stand for an institution.
        """
        counts = self.model.headcounts.rel.related_model.objects.order_by()
        own = counts.filter(event=OuterRef("pk")).values("event")
        held = {"event__held_on__lte": timezone.localdate()}
        inner = counts.filter(event__series=OuterRef("pk"), **held)
        inner = inner.values("event__series")
        sessions = self.model.objects.filter(series=OuterRef("pk")).order_by()
        sessions = sessions.values("series")
        told, came = _one(own, Sum("count")), _one(inner, Sum("count"))
        of_institutions = Sum("count", filter=~Q(category__code__in=OF_FAMILIES))
        return self.annotate(
            people_told=told,
            professionals=Coalesce(
                _one(own, of_institutions), _one(inner, of_institutions), 0
            ),
            attendances=Case(
                When(is_series=True, then=Coalesce(came, 0)), default=Coalesce(told, 0)
            ),
            session_count=Coalesce(_one(sessions.held(), Count("pk")), 0),
            centre_count=Coalesce(
                _one(sessions.held(), Count("centre", distinct=True)), 0
            ),
            first_on=_one(sessions, Min("held_on")),
            last_on=_one(sessions, Max("held_on")),
        )


def _one(rows, value):
    """The only value of grouped ``rows``, as a subquery."""
    return Subquery(rows.annotate(n=value).values("n"))


class Event(models.Model):
    """A session or event of one day, or a series of sessions in one or several places.

    A session counts attendances. Different people and institutions are told once for the
    whole: by the series, or by the event itself when it belongs to none.
    """

    class Role(models.TextChoices):
        """The part that the team had in it (R157)."""

        ORGANISED = "organised", pgettext_lazy("part in an event", "organised")
        CO_ORGANISED = "co_organised", pgettext_lazy("part in an event", "co-organised")
        ATTENDED = "attended", pgettext_lazy("part in an event", "attended")

    class Target(models.TextChoices):
        """Whom it was for (R190); mixed groups name no ethnicity (R177)."""

        CHILDREN = "children", pgettext_lazy("target group", "children")
        YOUTH = "youth", pgettext_lazy("target group", "young people")
        PARENTS = "parents", pgettext_lazy("target group", "parents")
        WOMEN = "women", pgettext_lazy("target group", "women")
        FAMILIES = "families", pgettext_lazy("target group", "whole families")
        MIXED = "mixed", pgettext_lazy("target group", "children with other children")
        PROFESSIONALS = "professionals", pgettext_lazy("target group", "professionals")
        EVERYBODY = "everybody", pgettext_lazy("target group", "everybody")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    is_series = models.BooleanField(_("series"), default=False, editable=False)
    series = models.ForeignKey(
        "self",
        verbose_name=_("series"),
        related_name="sessions",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    title = models.CharField(_("title"), max_length=200)
    kind = models.ForeignKey(
        Term,
        verbose_name=_("kind"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.EVENT_TYPE},
        on_delete=models.PROTECT,
    )
    area = models.CharField(_("area"), max_length=20, choices=Area, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="events",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("Empty for an event of the whole project."),
    )
    centre = models.ForeignKey(
        Centre,
        verbose_name=_("resource centre"),
        related_name="events",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="events",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )
    held_on = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("Of a series: the day of its first session."),
    )
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    role = models.CharField(
        _("your part"), max_length=20, choices=Role, default=Role.ORGANISED
    )
    initiated_by = models.ForeignKey(
        Term,
        verbose_name=_("whose idea it was"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.INITIATOR},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    target = models.CharField(
        _("target group"), max_length=20, choices=Target, blank=True
    )
    co_organisers = models.ManyToManyField(
        Institution,
        verbose_name=_("organised together with"),
        related_name="co_organised_events",
        blank=True,
    )
    other_organisers = models.CharField(
        _("other organisers"), max_length=200, blank=True
    )
    institutions = models.ManyToManyField(
        Institution,
        verbose_name=_("institutions represented"),
        related_name="events",
        blank=True,
    )
    institutions_typed = models.PositiveSmallIntegerField(
        _("number of institutions"), null=True, blank=True
    )
    institutions_number = models.PositiveSmallIntegerField(
        _("institutions counted"),
        default=0,
        editable=False,
        help_text=_("The list, or the typed number where that is larger."),
    )
    outcome = EncryptedTextField(_("what was learned"), max_length=2000, blank=True)
    results = EncryptedTextField(_("results of a contest"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(name="event_in_place", fields=["municipality", "held_on"])
        ]
        constraints = [
            models.CheckConstraint(
                name="event_role_is_known",
                condition=Q(role__in=["organised", "co_organised", "attended"]),
            ),
            models.CheckConstraint(
                name="event_series_stands_in_no_series",
                condition=Q(is_series=False) | Q(series=None),
            ),
            models.CheckConstraint(
                name="event_takes_time",
                condition=Q(minutes=None) | Q(minutes__gte=1, minutes__lte=A_DAY),
                violation_error_message=_(
                    "An event of one day lasts between 1 minute and 24 hours."
                ),
            ),
            models.CheckConstraint(
                name="event_counts_institutions_once",
                condition=Q(institutions_typed=None)
                | Q(institutions_typed__lte=F("institutions_number")),
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("events:detail", args=[self.code])

    @classmethod
    def next_code(cls, day):
        """“P-26-0012”: of the whole project, because events of a series cross places."""
        return f"P-{day:%y}-{Counter.take(f'event-{day:%y}'):04}"

    @property
    def is_planned(self):
        return self.held_on > timezone.localdate()

    @property
    def has_typed_institutions(self):
        """The number is the typed one, because the list is shorter."""
        return self.institutions_number > len(self.listed_institutions)

    @property
    def listed_institutions(self):
        """Different institutions of the event, of a series those of its sessions too."""
        found = {row.pk: row for row in self.institutions.all()}
        if self.is_series:
            inner = Institution.objects.filter(events__series=self)
            found |= {row.pk: row for row in inner}
        return list(found.values())

    def count_institutions(self):
        """Set ``institutions_number`` from the list and what was typed."""
        listed = len(self.listed_institutions)
        self.institutions_number = max(listed, self.institutions_typed or 0)

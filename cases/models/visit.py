"""The log: one entry is a visit, whatever its kind."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce, TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.case import Case
from cases.models.choices import Area, Kind, LanguagePair, Venue
from cases.models.closed_month import ClosedMonth
from cases.models.visit_parts import VisitArea, VisitFamily
from families.hidden_names import unless_hidden
from families.models import Family
from mediators.models import COORDINATING, Role, User
from municipalities.models import (
    Counter,
    Institution,
    InstitutionContact,
    Municipality,
    Term,
    Vocabulary,
)
from municipalities.working_days import last_day
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A mediator's own entries and those about families assigned to them."""
        families = Family.objects.visible_to(user)
        about = VisitFamily.objects.filter(visit=OuterRef("pk"), family__in=families)
        return self.in_use().filter(
            Q(mediator=user) | Exists(about),
            municipality__in=user.places_as(Role.MEDIATOR),
        )

    def in_use(self):
        """Without those that name a family whose data may only be stored (GDPR 18).

        Asked of the families of each entry: a list of all such families would walk through
        every family there is.
        """
        named = VisitFamily.objects.filter(visit=OuterRef("pk"))
        return self.filter(~Exists(named.filter(family__restricted_on__isnull=False)))

    def editable_by(self, user):
        """Mediators change their own entries until the month is closed."""
        closed = ClosedMonth.objects.of_outer_row()
        return (
            self.visible_to(user)
            .filter(mediator=user)
            .alias(first_of_month=Coalesce("told_in", TruncMonth("visited_on")))
            .exclude(Exists(closed))
        )

    def logged_by(self, user):
        """A person's own log, where that person is still a mediator."""
        places = user.places_as(Role.MEDIATOR)
        return self.filter(mediator=user, municipality__in=places)

    def coordinated_by(self, user):
        """Those of the municipalities a person coordinates: told without families."""
        return self.filter(municipality__in=user.places_as(*COORDINATING))

    def in_month(self, month):
        """By first and last day, which an index serves; a month taken out of a day it does not."""
        first, last = month.replace(day=1), last_day(month)
        return self.filter(visited_on__gte=first, visited_on__lte=last)

    def late(self):
        """Entries that arrived when the report of their month had been handed in."""
        return self.exclude(told_in=None)

    def in_time(self):
        return self.filter(told_in=None)

    def with_subject(self):
        """Fetches at once what ``subject`` and lists of entries show."""
        families = VisitFamily.objects.select_related("family")
        areas = VisitArea.objects.order_by("position")
        return self.select_related("institution").prefetch_related(
            Prefetch("visit_families", families), Prefetch("visit_areas", areas)
        )

    def with_answers(self):
        """The same, and all else that a page about one entry tells."""
        also = "municipality", "contact", "case", "activity", "transport"
        return self.with_subject().select_related(*also)


class Visit(models.Model):
    """One entry of the log: a contact with a family, an institution or a group, on one day."""

    class Without(models.TextChoices):
        """Why an entry names no family."""

        INSTITUTION = "institution", _("Institution only")
        EVENT = "event", _("Event")
        UNRECORDED = "unrecorded", _("A family that I do not record")

    class Change(models.TextChoices):
        """What changed in the case."""

        FORWARD = "forward", _("Moving forward")
        SAME = "same", _("No change")
        SOLVED = "solved", _("Solved")

    class Response(models.TextChoices):
        """How the family answered to what was proposed (R067)."""

        AGREED = "agreed", _("Agreed and acts")
        NEEDS_HELP = "needs_help", _("Agreed, needs help")
        THINKING = "thinking", _("Still thinking")
        DECLINED = "declined", pgettext_lazy("response of a family", "Declined")
        NOT_MET = "not_met", pgettext_lazy("response of a family", "Was not met")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    client_uuid = models.UUIDField(_("entry id made by the device"), unique=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="visits",
        on_delete=models.PROTECT,
        db_index=False,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="visits",
        on_delete=models.PROTECT,
        db_index=False,
    )
    families = models.ManyToManyField(
        Family, verbose_name=_("families"), through="VisitFamily", related_name="visits"
    )
    without = models.CharField(
        _("without a family"), max_length=20, choices=Without, blank=True
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="visits",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        db_index=False,
    )
    kind = models.CharField(_("what it was"), max_length=30, choices=Kind)
    activity = models.ForeignKey(
        Term,
        verbose_name=_("what was done"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.ACTIVITY},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    visited_on = models.DateField(_("date"), default=timezone.localdate)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        related_name="visits",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    contact = models.ForeignKey(
        InstitutionContact,
        verbose_name=_("person"),
        related_name="visits",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    children = models.PositiveSmallIntegerField(_("children"), default=0)
    youth = models.PositiveSmallIntegerField(_("young people"), default=0)
    adults = models.PositiveSmallIntegerField(_("adults"), default=0)
    place = models.CharField(_("place"), max_length=160, blank=True)
    note = EncryptedTextField(_("short note"), max_length=2000, blank=True)
    change = models.CharField(
        _("what changed"), max_length=20, choices=Change, blank=True
    )
    response = models.CharField(
        _("response of the family"), max_length=20, choices=Response, blank=True
    )
    is_coordinated = models.BooleanField(
        _("coordinated with the institution"), default=False
    )
    interpreting = models.CharField(
        _("interpreting"), max_length=10, choices=LanguagePair, blank=True
    )
    interpreted_minutes = models.PositiveSmallIntegerField(
        _("minutes of interpreting"), default=0
    )
    is_in_court = models.BooleanField(_("interpreting in court"), default=False)
    venue = models.CharField(
        _("where it took place"), max_length=10, choices=Venue, blank=True
    )
    transport = models.ForeignKey(
        Term,
        verbose_name=_("how one got there"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TRANSPORT},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    kilometres = models.PositiveSmallIntegerField(
        _("kilometres, there and back"), null=True, blank=True
    )
    highlight = models.BooleanField(_("highlight in the monthly report"), default=False)
    told_in = models.DateField(
        _("late, told of in the report of"),
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "The first day of that month. Empty for an entry that its own month counts."
        ),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-pk"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log entries")
        indexes = [
            models.Index(
                name="visit_of_mediator", fields=["mediator", "-visited_on", "-id"]
            ),
            models.Index(name="visit_in_place", fields=["municipality", "visited_on"]),
            models.Index(name="visit_of_case", fields=["case", "visited_on", "id"]),
            # A month of the whole country, in a log of ten years
            models.Index(name="visit_of_day", fields=["visited_on"]),
            # What came late is rare, and asked for by every report
            models.Index(
                name="visit_told_late",
                fields=["mediator", "told_in"],
                condition=Q(told_in__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="visit_kind_is_known", condition=Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="visit_venue_is_known", condition=Q(venue__in=["", *Venue.values])
            ),
            models.CheckConstraint(
                name="visit_takes_time",
                condition=Q(minutes__gte=1, minutes__lte=24 * 60),
                violation_error_message=_(
                    "A contact lasts between 1 minute and 24 hours."
                ),
            ),
            models.CheckConstraint(
                name="visit_coordinated_names_institution",
                condition=Q(is_coordinated=False) | Q(institution__isnull=False),
                violation_error_message=_(
                    "Say with which institution it was coordinated."
                ),
            ),
            models.CheckConstraint(
                name="visit_interpreting_has_its_minutes",
                condition=Q(interpreting="", interpreted_minutes=0, is_in_court=False)
                | Q(
                    ~Q(interpreting=""),
                    interpreted_minutes__gte=1,
                    interpreted_minutes__lte=F("minutes"),
                ),
                violation_error_message=_(
                    "Interpreting cannot take longer than the contact itself."
                ),
            ),
            models.CheckConstraint(
                name="visit_kilometres_have_a_transport",
                condition=Q(kilometres=None)
                | Q(transport__isnull=False, kilometres__gte=1, kilometres__lte=999),
            ),
            models.CheckConstraint(
                name="visit_is_told_of_later",
                condition=Q(told_in=None)
                | Q(told_in__day=1, told_in__gt=F("visited_on")),
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("cases:visit-detail", args=[self.code])

    @classmethod
    def next_code(cls, municipality, day):
        """“UPC-26-1042”: prefix, year of the contact, running number."""
        [code] = cls.next_codes(municipality, day, 1)
        return code

    @classmethod
    def next_codes(cls, municipality, day, count):
        prefix = f"{municipality.prefix}-{day:%y}"
        first = Counter.take(prefix, count)
        return [f"{prefix}-{number:04}" for number in range(first, first + count)]

    @property
    def month(self):
        return self.visited_on.replace(day=1)

    @property
    def report_month(self):
        """The month whose report tells of it, usually its own."""
        return self.told_in or self.month

    def find_report(self):
        """Decide which report tells of it: that of its month, unless it is handed in."""
        month = ClosedMonth.objects.report_month(
            mediator=self.mediator, municipality=self.municipality, day=self.visited_on
        )
        self.told_in = None if month == self.month else month

    @property
    def kind_choice(self):
        return Kind(self.kind)

    @property
    def subject(self):
        """Whom or what the entry is about: families, else institution, else occasion."""
        families = [named.family.name for named in self.visit_families.all()]
        if families:
            return ", ".join(families)
        return self.institution.name if self.institution else self.occasion

    @property
    def shown_note(self):
        return unless_hidden(self.note)

    @property
    def occasion(self):
        """In words, why no family is named."""
        return self.get_without_display() or self.get_kind_display()

    @property
    def area_choices(self):
        """The areas of the entry, the main one first."""
        return [Area(row.area) for row in self.visit_areas.all()]

    @property
    def people(self):
        """How many people took part in an event, or lived in an unrecorded family."""
        return self.children + self.youth + self.adults

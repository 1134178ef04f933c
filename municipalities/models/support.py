"""What a municipality gives to the work of its mediators, and where it belongs to."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interface.latvian import full_date, number
from municipalities.dated import DatedQuerySet
from municipalities.models.places import Municipality, Term, Vocabulary
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class OfPlaceQuerySet(DatedQuerySet):
    """Rows about one municipality; ``place`` is the way to it."""

    place = "municipality"

    def visible_to(self, user):
        """To whoever coordinates there; lead mediators and staff see all."""
        return self.filter(**{f"{self.place}__in": user.overseen_municipalities()})

    def editable_by(self, user):
        return self.filter(**{f"{self.place}__in": user.coordinated_municipalities()})

    def of(self, municipality):
        return self.filter(**{self.place: municipality})


def told(*parts):
    """What is stated of some short texts."""
    return [str(part) for part in parts if part]


class OfPlace(models.Model):
    """One row of a municipality's page.

    ``heading``, ``details`` (short) and ``words`` (long) say it, ``is_over`` puts it
    under the fold. Officials are told by post and institution, to whoever may know them
    (``InstitutionContact.objects.visible_to``) by name: the page says so of each row.
    """

    names_officials = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )

    objects = OfPlaceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.heading)

    @property
    def heading(self):
        raise NotImplementedError

    @property
    def details(self):
        """Short texts that stand below the heading, in one line."""
        return []

    @property
    def words(self):
        return ""

    @property
    def is_over(self):
        return False


class DatedOfPlace(OfPlace):
    """A row that holds for a time."""

    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    @property
    def days(self):
        """“no 01.03.2026” or “01.03.2026–31.12.2026”."""
        begins = full_date(self.starts_on)
        if self.ends_on:
            return f"{begins}–{full_date(self.ends_on)}"
        return gettext("since %(day)s") % {"day": begins}

    @property
    def is_over(self):
        return self.ends_on is not None and self.ends_on < timezone.localdate()


class Premises(DatedOfPlace):
    """Where mediators can talk with people, and how they get about (R244–R246)."""

    room = models.ForeignKey(
        Term,
        verbose_name=_("room"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.ROOM_STATUS},
        on_delete=models.PROTECT,
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    hours = models.CharField(_("opening hours"), max_length=160, blank=True)
    transport = models.ForeignKey(
        Term,
        verbose_name=_("transport"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TRANSPORT},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    class Meta(DatedOfPlace.Meta):
        verbose_name = _("room and transport")
        verbose_name_plural = _("rooms and transport")

    @property
    def heading(self):
        return self.room

    @property
    def details(self):
        return told(self.address, self.hours, self.transport, self.days)


class FundingLine(DatedOfPlace):
    """Who pays what share of what: co-financing and lines of a budget (R016, R022, R247)."""

    class Purpose(models.TextChoices):
        PAY = "pay", pgettext_lazy("line of a budget", "Pay of mediators")
        TRAINING = "training", pgettext_lazy("line of a budget", "Training")
        TRANSPORT = "transport", pgettext_lazy("line of a budget", "Transport")
        ROOMS = "rooms", pgettext_lazy("line of a budget", "Rooms")
        OTHER = "other", pgettext_lazy("line of a budget", "Other")

    purpose = models.CharField(
        _("what for"), max_length=20, choices=Purpose, default=Purpose.PAY
    )
    source = models.ForeignKey(
        Term,
        verbose_name=_("source of funding"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.FUNDING_SOURCE},
        on_delete=models.PROTECT,
    )
    percent = models.PositiveSmallIntegerField(
        _("share in percent"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    amount = models.DecimalField(
        _("amount in euros"),
        max_digits=11,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta(DatedOfPlace.Meta):
        verbose_name = _("line of funding")
        verbose_name_plural = _("lines of funding")
        constraints = [
            *DatedOfPlace.Meta.constraints,
            models.CheckConstraint(
                name="funding_line_is_a_share",
                condition=Q(percent=None) | Q(percent__gte=1, percent__lte=100),
            ),
        ]

    @property
    def heading(self):
        return f"{self.get_purpose_display()}: {self.source}"

    @property
    def details(self):
        percent = "" if self.percent is None else f"{self.percent} %"
        amount = "" if self.amount is None else f"{number(self.amount)} €"
        return told(percent, amount, self.days)


class Membership(DatedOfPlace):
    """A network, association or coalition that was joined (R160, R259, R260)."""

    organisation = models.CharField(_("network or association"), max_length=200)
    member = models.CharField(
        _("who joined"),
        max_length=200,
        blank=True,
        help_text=_("Empty for the municipality itself."),
    )
    role = models.CharField(_("role there"), max_length=160, blank=True)

    class Meta(DatedOfPlace.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    @property
    def heading(self):
        return self.organisation

    @property
    def details(self):
        return told(self.member, self.role, self.days)


class CityPlan(DatedOfPlace):
    """A plan or strategy of the municipality that speaks of Roma inclusion."""

    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(_("link"), max_length=500, blank=True)

    class Meta(DatedOfPlace.Meta):
        verbose_name = _("plan of the municipality")
        verbose_name_plural = _("plans of the municipality")

    @property
    def heading(self):
        return self.title

    @property
    def details(self):
        return [self.days]


class MunicipalVisitQuerySet(OfPlaceQuerySet):
    def visible_to(self, user):
        """An exchange of experience is seen in both municipalities."""
        places = user.overseen_municipalities()
        return self.filter(Q(municipality__in=places) | Q(other_place__in=places))

    def of(self, municipality):
        return self.filter(Q(municipality=municipality) | Q(other_place=municipality))

    def editable_by(self, user):
        """Support visits by those who make them, visits of exchange by coordinators."""
        kinds = MunicipalVisit.Kind
        return self.filter(
            Q(kind=kinds.SUPPORT, municipality__in=user.supported_municipalities())
            | Q(kind=kinds.EXCHANGE, municipality__in=user.coordinated_municipalities())
        )


class MunicipalVisit(OfPlace):
    """A visit of project management (R261), or one to learn from another place (R240)."""

    class Kind(models.TextChoices):
        SUPPORT = "support", pgettext_lazy("visit", "Support visit")
        EXCHANGE = "exchange", pgettext_lazy("visit", "Exchange of experience")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    held_on = models.DateField(_("date"), default=timezone.localdate)
    other_place = models.ForeignKey(
        Municipality,
        verbose_name=_("with which municipality"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    participants = models.CharField(_("who took part"), max_length=300)
    purpose = models.CharField(_("purpose"), max_length=300)
    conclusions = EncryptedTextField(_("conclusions"), max_length=2000, blank=True)

    objects = MunicipalVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("visit to a municipality")
        verbose_name_plural = _("visits to municipalities")
        constraints = [
            models.CheckConstraint(
                name="exchange_is_with_another_place",
                condition=Q(other_place=None) | ~Q(other_place=F("municipality")),
                violation_error_message=_("Choose another municipality."),
            )
        ]

    @property
    def heading(self):
        return f"{full_date(self.held_on)}: {self.purpose}"

    @property
    def details(self):
        both = (self.municipality, self.other_place) if self.other_place else ()
        return told(" – ".join(map(str, both)), self.participants)

    @property
    def words(self):
        return self.conclusions


class Partner(models.Model):
    """An organisation that carries the project, and its role (R020)."""

    class Role(models.TextChoices):
        LEAD = "lead", pgettext_lazy("partner", "Lead partner")
        ASSOCIATED = "associated", pgettext_lazy("partner", "Associated partner")
        FUNDER = "funder", pgettext_lazy("partner", "Funder")
        OTHER = "other", pgettext_lazy("partner", "Cooperation partner")

    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["role", "name"]
        verbose_name = _("partner of the project")
        verbose_name_plural = _("partners of the project")
        constraints = [
            models.CheckConstraint(
                name="partner_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def current_ones(cls):
        """Those of today; everybody of the team may know them."""
        return cls.objects.current()

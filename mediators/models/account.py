"""Who: people who sign in, and what they may do, by dated appointments."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from municipalities.dated import DatedQuerySet
from municipalities.models import Municipality, Term, Vocabulary
from municipalities.working_days import last_day
from privacy.ids import uuid7


class Role(models.TextChoices):
    """What an appointment lets a person do; ``docs/permissions.md`` has the table."""

    MEDIATOR = "mediator", _("mediator")
    COORDINATOR = "coordinator", _("coordinator")
    DEPUTY_COORDINATOR = "deputy_coordinator", _("deputy coordinator")
    LEAD_MEDIATOR = "lead_mediator", _("lead mediator")
    PROJECT_STAFF = "project_staff", _("project staff")
    ADMINISTRATOR = "administrator", _("administrator")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data-protection officer")


COORDINATING = (Role.COORDINATOR, Role.DEPUTY_COORDINATOR)
MUNICIPAL = (Role.MEDIATOR, *COORDINATING)
CASE_WORK = (*MUNICIPAL, Role.LEAD_MEDIATOR)


class Position(models.TextChoices):
    """As what a mediator is employed; the log is the same (R013, R015)."""

    MEDIATOR = "mediator", pgettext_lazy("position", "Roma mediator")
    TEACHER_ASSISTANT = (
        "teacher_assistant",
        pgettext_lazy("position", "teacher assistant"),
    )
    FAMILY_ASSISTANT = "family_assistant", pgettext_lazy("position", "family assistant")


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        """People type their address in any case."""
        return self.get(email__iexact=email)

    def create_user(self, email, password=None, **fields):
        """A new account; without a password nobody can sign in with it yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.full_clean()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do depends on their appointments alone."""

    class AddressForm(models.TextChoices):
        FEMININE = "feminine", pgettext_lazy("form of address", "feminine")
        MASCULINE = "masculine", pgettext_lazy("form of address", "masculine")

    class TextSize(models.TextChoices):
        NORMAL = "normal", _("A")
        LARGE = "large", _("A+")
        LARGER = "larger", _("A++")

    class Theme(models.TextChoices):
        LIGHT = "light", pgettext_lazy("theme", "light")
        DARK = "dark", pgettext_lazy("theme", "dark")
        DEVICE = "device", pgettext_lazy("theme", "as the device")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    address_form = models.CharField(
        _("form of address"),
        max_length=10,
        choices=AddressForm,
        default=AddressForm.FEMININE,
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("lv", _("Latvian")), ("en", _("English"))],
        default="lv",
    )
    text_size = models.CharField(
        _("text size"), max_length=10, choices=TextSize, default=TextSize.NORMAL
    )
    theme = models.CharField(
        _("theme"), max_length=10, choices=Theme, default=Theme.LIGHT
    )
    uses_shortcuts = models.BooleanField(
        _("keys for the keyboard"),
        default=True,
        help_text=_("Single letters that press buttons, for work at a desk."),
    )
    receives_letters = models.BooleanField(
        _("letters about what waits"),
        default=True,
        help_text=_("In the morning, only when there is something. Without names."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    welcomed_at = models.DateTimeField(
        _("welcomed"), null=True, blank=True, editable=False
    )
    ethics_version = models.CharField(
        _("accepted code of ethics"),
        max_length=20,
        blank=True,
        default="",
        editable=False,
        help_text=_("The version accepted last; empty before the first one."),
    )

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["first_name", "last_name"]

    class Meta:
        ordering = ["last_name", "first_name"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self):
        return self.full_name

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}"

    @property
    def initials(self):
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @cached_property
    def all_appointments(self):
        """With their municipalities; read anew on every request."""
        return list(self.appointments.with_places())

    @cached_property
    def held_today(self):
        """The appointments in force today."""
        today = timezone.localdate()
        return [row for row in self.all_appointments if row.holds_on(today)]

    @cached_property
    def roles(self):
        """Values of ``Role`` held today."""
        return frozenset(row.role for row in self.held_today)

    @property
    def works_at_a_desk(self):
        """Has another role than that of the mediator, whose work is on a phone."""
        return bool(self.roles - {Role.MEDIATOR})

    def has_role(self, *roles):
        return not self.roles.isdisjoint(roles)

    @property
    def is_staff(self):
        """Django's word for who may open the reference-data pages."""
        return self.is_active and self.has_role(Role.ADMINISTRATOR)

    @property
    def needs_welcome(self):
        """A mediator who has not yet seen, or skipped, the pages for the first day."""
        return self.welcomed_at is None and self.has_role(Role.MEDIATOR)

    def end_welcome(self):
        self.welcomed_at = timezone.now()
        self.save(update_fields=["welcomed_at"])

    def has_perm(self, perm, obj=None):
        return self.is_staff

    def has_module_perms(self, app_label):
        return self.is_staff

    def places_as(self, *roles):
        """The municipalities where the person holds one of these roles today."""
        held = [row for row in self.held_today if row.municipality_id]
        return list(
            dict.fromkeys(row.municipality for row in held if row.role in roles)
        )

    def municipalities_as(self, *roles):
        """The same as a queryset."""
        places = self.places_as(*roles)
        return Municipality.objects.filter(pk__in=[place.pk for place in places])

    def visible_municipalities(self):
        """The root of every access rule: all other scopes derive from appointments."""
        if self.has_role(
            Role.PROJECT_STAFF,
            Role.LEAD_MEDIATOR,
            Role.ADMINISTRATOR,
            Role.DATA_PROTECTION_OFFICER,
        ):
            return Municipality.objects.all()
        return self.own_municipalities()

    def coordinated_municipalities(self):
        """Where the person coordinates today, as deputy too."""
        return self.municipalities_as(*COORDINATING)

    def supported_municipalities(self):
        """Those that project management looks after: all, for lead mediators and staff."""
        if self.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
            return Municipality.objects.all()
        return Municipality.objects.none()

    def overseen_municipalities(self):
        """Whose team and cooperation the person sees without a family."""
        return self.supported_municipalities() | self.coordinated_municipalities()

    def own_municipalities(self):
        """Where the person works today, as mediator or coordinator."""
        return self.municipalities_as(*MUNICIPAL)


class AppointmentQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Whose working time a person may take out: mediators' alone.

        The own one, that of the municipalities a person coordinates; staff see all.
        """
        mediators = self.filter(role=Role.MEDIATOR)
        if user.has_role(Role.PROJECT_STAFF):
            return mediators
        return mediators.filter(
            Q(user=user, municipality__in=user.places_as(Role.MEDIATOR))
            | Q(municipality__in=user.places_as(*COORDINATING))
        )

    def readable_by(self, user):
        """Mediators whose team page somebody may read: the own one, that of a team."""
        own = Q(user=user) if user.has_role(Role.MEDIATOR) else Q(pk=None)
        team = Q(municipality__in=user.overseen_municipalities())
        return self.current().filter(own | team, role=Role.MEDIATOR)

    def editable_by(self, user):
        """Mediators whose facts somebody may write down: the own ones, those of a team."""
        team = Q(municipality__in=user.coordinated_municipalities())
        return self.readable_by(user).filter(Q(user=user) | team)

    def with_places(self):
        """In the order of the names of their municipalities, which come along."""
        rows = self.select_related("municipality")
        return rows.order_by("municipality__label_lv", "pk")

    def newest_of_each_desk(self):
        """One row for each person and municipality: the appointment that began last."""
        newer = self.model.objects.filter(
            role=OuterRef("role"),
            user=OuterRef("user"),
            municipality=OuterRef("municipality"),
        ).order_by("-starts_on", "-pk")
        return self.filter(pk=Subquery(newer.values("pk")[:1]))

    def in_month(self, month):
        """Appointments in force on at least one day of the month."""
        return self.between(month.replace(day=1), last_day(month))


class Appointment(models.Model):
    """A role given to a person for a time, in one municipality or in the whole project."""

    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        related_name="appointments",
        on_delete=models.PROTECT,
    )
    role = models.CharField(_("role"), max_length=30, choices=Role)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="appointments",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    starts_on = models.DateField(_("first day"), default=timezone.localdate)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    position = models.CharField(
        _("position"),
        max_length=20,
        choices=Position,
        default=Position.MEDIATOR,
        help_text=_("Of a mediator: as what the contract names her."),
    )
    hours_per_day = models.DecimalField(
        _("hours a day"),
        max_digits=3,
        decimal_places=1,
        default=4,
        validators=[MinValueValidator(0), MaxValueValidator(24)],
        help_text=_("Contracted hours of a mediator: 4, 6 or 8."),
    )
    funding = models.ForeignKey(
        Term,
        verbose_name=_("source of funding"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.FUNDING_SOURCE},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("Who pays these hours, where it is one source alone."),
    )
    pays_groups_only = models.BooleanField(
        _("pays events and groups only"),
        default=False,
        help_text=_(
            "For hours beside the main contract, for example in a toy library."
        ),
    )

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["user", "-starts_on"]
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                name="appointment_role_is_known", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="appointment_has_municipality_when_municipal",
                condition=Q(role__in=MUNICIPAL, municipality__isnull=False)
                | (~Q(role__in=MUNICIPAL) & Q(municipality__isnull=True)),
                violation_error_message=_(
                    "Mediators and coordinators work in a municipality, "
                    "all other roles in the whole project."
                ),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self):
        where = f", {self.municipality}" if self.municipality_id else ""
        return f"{self.user}: {self.get_role_display()}{where}"

    def holds_on(self, day):
        """The same as ``DatedQuerySet.current`` for a row at hand."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def clean(self):
        """Whoever gives appointments does not work with families (A3.1), and nobody watches
        over the own work: a data-protection officer is nothing else (GDPR 38(6)).
        """
        if not self.user_id:
            return
        others = self.user.appointments.exclude(pk=self.pk).values_list(
            "role", flat=True
        )
        roles = {self.role, *others}
        if Role.ADMINISTRATOR in roles and not roles.isdisjoint(CASE_WORK):
            raise ValidationError(
                _("An administrator does not work with families in the same account.")
            )
        if Role.DATA_PROTECTION_OFFICER in roles and len(roles) > 1:
            raise ValidationError(
                _("A data-protection officer has no other role in the same account.")
            )

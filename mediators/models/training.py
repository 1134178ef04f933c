"""What mediators learned, what they would like to learn, and what is to be renewed."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interface.latvian import full_date, number
from mediators.models.account import Appointment, Role, User
from municipalities.models import Municipality, Term, Vocabulary
from municipalities.models.support import told
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class OfMediatorQuerySet(models.QuerySet):
    """Rows about a mediator as a person who works."""

    def visible_to(self, user):
        """The own ones, and those of the mediators whose team somebody looks after."""
        return self.filter(
            self._own(user) | self._of_team(user.overseen_municipalities())
        )

    def editable_by(self, user):
        """The mediator and whoever coordinates her."""
        coordinated = user.coordinated_municipalities()
        return self.filter(self._own(user) | self._of_team(coordinated))

    def of(self, mediator):
        return self.filter(mediator=mediator)

    @staticmethod
    def _own(user):
        return Q(mediator=user) if user.has_role(Role.MEDIATOR) else Q(pk=None)

    @staticmethod
    def _of_team(municipalities):
        team = Appointment.objects.current().filter(
            role=Role.MEDIATOR, municipality__in=municipalities
        )
        return Q(mediator__in=team.values("user"))


class TrainingCourse(models.Model):
    """A course that several mediators take: typed once (R234)."""

    title = models.CharField(_("title"), max_length=200, unique=True)
    topic = models.ForeignKey(
        Term,
        verbose_name=_("topic"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TRAINING_TOPIC},
        on_delete=models.PROTECT,
    )
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(999)],
    )
    is_initial = models.BooleanField(
        _("prepares for the work of a mediator"), default=False
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("training course")
        verbose_name_plural = _("training courses")

    def __str__(self):
        return self.title


class TrainingQuerySet(OfMediatorQuerySet):
    def with_certificate(self):
        """Those that ended with a certificate, the oldest certificate first."""
        certified = ~Q(certificate_number="") | Q(certificate_issued_on__isnull=False)
        certified |= Q(certificate_expires_on__isnull=False)
        issued_on = Coalesce("certificate_issued_on", "ends_on")
        return self.filter(certified).order_by(issued_on, "ends_on", "pk")


class Training(models.Model):
    """One training of one mediator, with its certificate if there is one (R233)."""

    class Kind(models.TextChoices):
        INITIAL = "initial", pgettext_lazy("training", "Initial training")
        COURSE = "course", pgettext_lazy("training", "Course")
        SEMINAR = "seminar", pgettext_lazy("training", "Seminar")
        EXCHANGE = "exchange", pgettext_lazy("training", "Exchange of experience")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="trainings",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
        help_text=_("For which the mediator worked then; the hours are told there."),
    )
    course = models.ForeignKey(
        TrainingCourse,
        verbose_name=_("course"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    title = models.CharField(_("title"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COURSE)
    topic = models.ForeignKey(
        Term,
        verbose_name=_("topic"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TRAINING_TOPIC},
        on_delete=models.PROTECT,
        blank=True,
    )
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"), blank=True)
    hours = models.DecimalField(
        _("hours"),
        max_digits=5,
        decimal_places=1,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(999)],
    )
    certificate_number = models.CharField(
        _("number of the certificate"), max_length=60, blank=True
    )
    certificate_issued_on = models.DateField(
        _("certificate issued on"), null=True, blank=True
    )
    certificate_expires_on = models.DateField(
        _("certificate valid until"), null=True, blank=True
    )

    objects = TrainingQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-pk"]
        verbose_name = pgettext_lazy("model", "training")
        verbose_name_plural = _("trainings")
        constraints = [
            models.CheckConstraint(
                name="training_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="training_takes_time",
                condition=Q(hours__gt=0, hours__lt=1000),
            ),
            models.CheckConstraint(
                name="certificate_expires_after_issue",
                condition=Q(certificate_issued_on=None)
                | Q(certificate_expires_on=None)
                | Q(certificate_expires_on__gte=F("certificate_issued_on")),
                violation_error_message=_("The certificate ends before it was issued."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def heading(self):
        return self.title

    @property
    def has_certificate(self):
        facts = (self.certificate_number, self.certificate_issued_on)
        return any(facts) or self.certificate_expires_on is not None

    @property
    def is_expired(self):
        day = self.certificate_expires_on
        return day is not None and day < timezone.localdate()

    @property
    def details(self):
        days = full_date(self.starts_on)
        if self.ends_on != self.starts_on:
            days = f"{days}–{full_date(self.ends_on)}"
        about = [self.get_kind_display(), self.topic, self.provider]
        hours = f"{number(self.hours)} h"
        return told(", ".join(str(part) for part in about if part), f"{days}, {hours}")

    @property
    def words(self):
        return self._certificate()

    def _certificate(self):
        if not self.has_certificate:
            return ""
        words = [gettext("Certificate"), self.certificate_number]
        if self.certificate_issued_on:
            words.append(full_date(self.certificate_issued_on))
        if self.certificate_expires_on:
            text = (
                gettext("expired on %(day)s")
                if self.is_expired
                else gettext("until %(day)s")
            )
            words.append(text % {"day": full_date(self.certificate_expires_on)})
        return " ".join(word for word in words if word)

    @property
    def is_over(self):
        return False


class TrainingNeedQuerySet(OfMediatorQuerySet):
    def editable_by(self, user):
        """The mediator until it is planned; then those who plan: coordinators, lead, staff."""
        own = self._own(user) & Q(status=TrainingNeed.Status.ASKED)
        return self.filter(own | self._of_team(user.overseen_municipalities()))


class TrainingNeed(models.Model):
    """What a mediator would like to learn: asked, planned, done (R238)."""

    class Status(models.TextChoices):
        ASKED = "asked", pgettext_lazy("training need", "asked")
        PLANNED = "planned", pgettext_lazy("training need", "planned")
        DONE = "done", pgettext_lazy("training need", "done")
        DROPPED = "dropped", pgettext_lazy("training need", "not now")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="training_needs",
        on_delete=models.PROTECT,
    )
    topic = models.ForeignKey(
        Term,
        verbose_name=_("topic"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.TRAINING_TOPIC},
        on_delete=models.PROTECT,
    )
    wish = EncryptedTextField(_("what for"), max_length=300, blank=True)
    asked_on = models.DateField(default=timezone.localdate, editable=False)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.ASKED
    )
    planned_for = models.DateField(_("planned for"), null=True, blank=True)
    training = models.ForeignKey(
        Training,
        verbose_name=_("which training it was"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )

    objects = TrainingNeedQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        verbose_name = _("training need")
        verbose_name_plural = _("training needs")
        constraints = [
            models.CheckConstraint(
                name="training_need_is_done_by_a_training",
                condition=Q(status="done", training__isnull=False)
                | (~Q(status="done") & Q(training=None)),
                violation_error_message=_(
                    "Say which training it was, or choose another status."
                ),
            ),
            models.CheckConstraint(
                name="training_need_is_planned_for_a_day",
                condition=~Q(status="planned") | Q(planned_for__isnull=False),
                violation_error_message=_("Say for which day it is planned."),
            ),
        ]

    def __str__(self):
        return f"{self.topic_id}: {self.get_status_display()}"

    @property
    def heading(self):
        return self.topic

    @property
    def details(self):
        status = str(self.get_status_display())
        if self.status == self.Status.PLANNED:
            status = f"{status}: {full_date(self.planned_for)}"
        if self.training:
            status = f"{status}: {self.training}"
        return told(status)

    @property
    def words(self):
        return self.wish

    @property
    def is_over(self):
        return self.status in (self.Status.DONE, self.Status.DROPPED)

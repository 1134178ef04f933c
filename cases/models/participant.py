"""A participant of a programme as its fund asks about them, apart from cases and families."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.involvement import IN, Involvement, ProgrammeStep
from families.models import AgeBand, Family
from mediators.models import Role
from municipalities.models import Counter
from privacy.fields import EncryptedChoiceField
from privacy.ids import uuid7


class Answer(models.TextChoices):
    """To a question that nobody has to answer (Regulation 2021/1057, annex I)."""

    YES = "yes", pgettext_lazy("answer of a participant", "Yes")
    NO = "no", pgettext_lazy("answer of a participant", "No")
    DECLINED = "declined", _("Does not want to answer")


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(involvement__in=Involvement.objects.visible_to(user))

    def readable_by(self, user):
        """For the beneficiary, by number: those that a mediator marked as ready."""
        if not user.has_role(Role.PROJECT_STAFF):
            return self.none()
        in_use = Family.objects.not_erased().in_use()
        return self.exclude(ready_on=None).filter(involvement__family__in=in_use)


class Participant(models.Model):
    """The answers of one person at the beginning and the end of a programme.

    Known outside the team by a number. Nobody has to give any of them but the consent,
    and they are deleted without anything else being deleted.
    """

    class Sex(models.TextChoices):
        FEMALE = "female", pgettext_lazy("sex of a participant", "Woman")
        MALE = "male", pgettext_lazy("sex of a participant", "Man")
        DECLINED = "declined", _("Does not want to answer")

    class Labour(models.TextChoices):
        UNEMPLOYED = "unemployed", _("Unemployed")
        LONG_TERM = "long_term", _("Unemployed for longer than a year")
        INACTIVE = "inactive", _("Neither works nor looks for work")
        EMPLOYED = "employed", _("Works, also for themselves")
        DECLINED = "declined", _("Does not want to answer")

    class Education(models.TextChoices):
        LOWER = "lower", _("Basic or less (ISCED 0–2)")
        UPPER = "upper", _("Secondary or vocational (ISCED 3–4)")
        TERTIARY = "tertiary", _("Higher (ISCED 5–8)")
        DECLINED = "declined", _("Does not want to answer")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(_("number"), max_length=14, unique=True, editable=False)
    involvement = models.OneToOneField(
        Involvement,
        verbose_name=_("way through a programme"),
        related_name="participant",
        on_delete=models.PROTECT,
        editable=False,
    )
    consent_on = models.DateField(_("the person agreed"), default=timezone.localdate)
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"), null=True, blank=True
    )
    sex = EncryptedChoiceField(_("sex"), max_length=10, choices=Sex, blank=True)
    labour = EncryptedChoiceField(
        _("work at the beginning"), max_length=12, choices=Labour, blank=True
    )
    education = EncryptedChoiceField(
        _("education at the beginning"), max_length=10, choices=Education, blank=True
    )
    disability = EncryptedChoiceField(
        _("has a disability"), max_length=10, choices=Answer, blank=True
    )
    third_country = EncryptedChoiceField(
        _("citizen of a third country"), max_length=10, choices=Answer, blank=True
    )
    foreign_background = EncryptedChoiceField(
        _("of foreign background"), max_length=10, choices=Answer, blank=True
    )
    minority = EncryptedChoiceField(
        _("belongs to a minority, such as Roma"),
        max_length=10,
        choices=Answer,
        blank=True,
    )
    homeless = EncryptedChoiceField(
        _("without a home or in danger to lose it"),
        max_length=10,
        choices=Answer,
        blank=True,
    )
    rural = EncryptedChoiceField(
        _("lives in the countryside"), max_length=10, choices=Answer, blank=True
    )
    left_searching = EncryptedChoiceField(
        _("looks for work after it"), max_length=10, choices=Answer, blank=True
    )
    left_learning = EncryptedChoiceField(
        _("learns after it"), max_length=10, choices=Answer, blank=True
    )
    left_qualified = EncryptedChoiceField(
        _("gained a qualification"), max_length=10, choices=Answer, blank=True
    )
    left_working = EncryptedChoiceField(
        _("works after it"), max_length=10, choices=Answer, blank=True
    )
    later_working = EncryptedChoiceField(
        _("works six months later"), max_length=10, choices=Answer, blank=True
    )
    later_better = EncryptedChoiceField(
        _("has better work six months later"),
        max_length=10,
        choices=Answer,
        blank=True,
    )
    ready_on = models.DateField(_("ready for the project"), null=True, blank=True)

    objects = ParticipantQuerySet.as_manager()

    AT_THE_BEGINNING = (
        *("disability", "third_country", "foreign_background"),
        *("minority", "homeless", "rural"),
    )
    AT_THE_END = ("left_searching", "left_learning", "left_qualified", "left_working")
    LATER = ("later_working", "later_better")

    class Meta:
        ordering = ["number"]
        verbose_name = _("participant of a programme")
        verbose_name_plural = _("participants of programmes")
        constraints = [
            models.CheckConstraint(
                name="participant_is_ready_after_the_consent",
                condition=Q(ready_on=None) | Q(ready_on__gte=models.F("consent_on")),
            )
        ]

    def __str__(self):
        return self.number

    @classmethod
    def next_number(cls, municipality):
        """“UPC-D007”: D for *dalībnieks*; tells nothing of family or case."""
        prefix = f"{municipality.prefix}-D"
        return f"{prefix}{Counter.take(prefix):03}"

    @property
    def entered_on(self):
        """The day of acceptance or, if there is one, of the start."""
        days = [row.stepped_on for row in self._steps if row.step in IN]
        return max(days, default=None)

    @property
    def left_on(self):
        over = (ProgrammeStep.FINISHED, ProgrammeStep.DROPPED)
        days = [row.stepped_on for row in self._steps if row.step in over]
        return max(days, default=None)

    @property
    def _steps(self):
        return self.involvement.steps.all()

    @property
    def age_band(self):
        """On the day of the beginning."""
        return AgeBand.of(self.birth_year, self.entered_on or self.consent_on)

"""The people of a household. Never a personal code, ethnicity, diagnosis or offence."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.hidden_names import unless_hidden
from families.models.age_band import AgeBand
from families.models.family import Family
from municipalities.models import Term, Vocabulary
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

GROWN_UP = 18
OLDEST_LEARNER = 25
"""Learning of older people is a case; school statistics count children and youth."""
FIRST_YEAR, LAST_YEAR = 1900, 2100
CHILDREN = ("CHILD", "STEPCHILD", "GRANDCHILD", "WARD")
"""Relations that say “child” where no year of birth is known."""


class Sex(models.TextChoices):
    """For counts by sex, as programmes of the EU ask for them."""

    FEMALE = "female", pgettext_lazy("sex", "Woman or girl")
    MALE = "male", pgettext_lazy("sex", "Man or boy")
    UNKNOWN = "unknown", pgettext_lazy("sex", "Not known")


SEX_OF_RELATION = {
    "MOTHER": Sex.FEMALE,
    "GRANDMOTHER": Sex.FEMALE,
    "FATHER": Sex.MALE,
    "GRANDFATHER": Sex.MALE,
}
"""Relations that answer by themselves."""


class Occupation(models.TextChoices):
    """What a person does by day, as far as the mediator knows."""

    KINDERGARTEN = "kindergarten", pgettext_lazy("occupation", "Kindergarten")
    SCHOOL = "school", pgettext_lazy("occupation", "School")
    STUDIES = "studies", pgettext_lazy("occupation", "Studies")
    WORKS = "works", pgettext_lazy("occupation", "Works")
    SEEKS_WORK = "seeks_work", pgettext_lazy("occupation", "Looks for work")
    AT_HOME = "at_home", pgettext_lazy("occupation", "At home")
    RETIRED = "retired", pgettext_lazy("occupation", "Retired")
    UNKNOWN = "unknown", pgettext_lazy("occupation", "Not known")

    @property
    def icon(self):
        return OCCUPATION_ICONS[self]


OCCUPATION_ICONS = {
    Occupation.KINDERGARTEN: "puzzle",
    Occupation.SCHOOL: "school",
    Occupation.STUDIES: "notes",
    Occupation.WORKS: "briefcase",
    Occupation.SEEKS_WORK: "search",
    Occupation.AT_HOME: "home-2",
    Occupation.RETIRED: "sun",
    Occupation.UNKNOWN: "circle-dashed",
}
OF_CHILDREN = (Occupation.KINDERGARTEN, Occupation.SCHOOL)
OF_ADULTS = (Occupation.WORKS, Occupation.SEEKS_WORK, Occupation.RETIRED)


class FamilyMemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(family__in=Family.objects.visible_to(user))

    def in_household(self, on=None):
        """Who lives with the family on a day, by default today."""
        on = on or timezone.localdate()
        return self.filter(Q(left_on=None) | Q(left_on__gt=on))


class FamilyMember(models.Model):
    """A person of a household, under the name by which the mediator knows them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="members",
        on_delete=models.CASCADE,
    )
    name = EncryptedTextField(_("first name or nickname"), max_length=120)
    relation = models.ForeignKey(
        Term,
        verbose_name=_("relation"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.FAMILY_RELATION},
        on_delete=models.PROTECT,
    )
    birth_year = models.PositiveSmallIntegerField(
        _("year of birth"), null=True, blank=True
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    occupation = models.CharField(
        _("what the person does"),
        max_length=20,
        choices=Occupation,
        default=Occupation.UNKNOWN,
    )
    is_carer = models.BooleanField(
        _("cares for the children"),
        default=False,
        help_text=_("Whoever brings the children up, parent or not."),
    )
    needs_literacy = models.BooleanField(
        _("wants help with reading and writing"),
        default=False,
        help_text=_("Only if the person wants it."),
    )
    left_on = models.DateField(_("left the household"), null=True, blank=True)

    objects = FamilyMemberQuerySet.as_manager()

    class Meta:
        ordering = [F("birth_year").asc(nulls_last=True), "pk"]
        verbose_name = _("person of a family")
        verbose_name_plural = _("people of families")
        constraints = [
            models.CheckConstraint(
                name="member_birth_year_is_a_year",
                condition=Q(birth_year=None)
                | Q(birth_year__gte=FIRST_YEAR, birth_year__lte=LAST_YEAR),
            ),
            models.CheckConstraint(
                name="member_occupation_is_known",
                condition=Q(occupation__in=Occupation.values),
            ),
            models.CheckConstraint(
                name="member_sex_is_known", condition=Q(sex__in=Sex.values)
            ),
        ]

    def __str__(self):
        return f"{self.family}: {self.pk}"

    @property
    def shown_name(self):
        """Empty while names are hidden: relation and year of birth tell people apart."""
        return unless_hidden(self.name)

    @property
    def told_apart(self):
        """“Rūdis, bērns, 2015”: enough to choose the person from the family."""
        parts = (self.shown_name, str(self.relation).lower(), self.birth_year)
        return ", ".join(str(part) for part in parts if part)

    @property
    def counted_sex(self):
        """As it was said, else as the relation says it."""
        if self.sex != Sex.UNKNOWN:
            return self.sex
        return SEX_OF_RELATION.get(self.relation.code, Sex.UNKNOWN)

    def age_band(self, day):
        return AgeBand.of(self.birth_year, day)

    @property
    def may_learn(self):
        """School statistics are about children and youth; without a year, about children."""
        if not self.birth_year:
            return self.is_child
        return timezone.localdate().year - self.birth_year <= OLDEST_LEARNER

    @property
    def occupation_choice(self):
        return Occupation(self.occupation)

    @property
    def has_left(self):
        return self.left_on is not None and self.left_on <= timezone.localdate()

    @property
    def is_child(self):
        """By the year of birth; without one, by relation and occupation."""
        if self.birth_year:
            return timezone.localdate().year - self.birth_year < GROWN_UP
        if self.occupation in OF_CHILDREN:
            return True
        return self.relation.code in CHILDREN and self.occupation not in OF_ADULTS

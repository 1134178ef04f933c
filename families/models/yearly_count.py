"""Numbers of children that somebody else knows: typed once a year, with their source.

They stand beside what mediators know of single children and are never added to it.
"""

from typing import NamedTuple

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models.age_band import AgeBand
from families.models.education import GroupType
from mediators.models import COORDINATING, Role, User
from municipalities.models import Municipality, Term, Vocabulary
from privacy.ids import uuid7

MOST = 9999
"""No municipality has more children than fit here of whom this is typed by hand."""


class CountSource(models.TextChoices):
    """Where a typed number comes from (R068)."""

    ESTIMATE = "estimate", pgettext_lazy("source", "Estimate")
    SCHOOL = "school", pgettext_lazy("source", "Institution")
    BOARD = "board", pgettext_lazy("source", "Education board")


class Division(models.TextChoices):
    """By what the children are divided; one count is about one value of one of them."""

    ALL = "all", pgettext_lazy("division", "All together")
    AGE = "age", pgettext_lazy("division", "By age")
    LEVEL = "level", pgettext_lazy("division", "By level")
    TYPE = "type", pgettext_lazy("division", "By type of institution")
    GROUP = "group", pgettext_lazy("division", "By group")
    PROGRAMME = "programme", pgettext_lazy("division", "By programme")


TERMS = {
    Division.LEVEL: Vocabulary.EDU_LEVEL,
    Division.TYPE: Vocabulary.INSTITUTION_TYPE,
    Division.PROGRAMME: Vocabulary.EDU_PROGRAMME,
}
EDUCATING = (
    *("PII", "PII_24H", "SCHOOL_PRIMARY", "SCHOOL_SECONDARY", "SCHOOL_BOARDING"),
    *("SCHOOL_SPECIAL", "SCHOOL_EVENING", "VOCATIONAL", "UNIVERSITY"),
)
"""Types of institutions at which a child is enrolled; kindergartens apart (R082)."""


class Part(NamedTuple):
    """A value of a division, as rows and choices name it."""

    division: str
    value: str
    label: str

    @property
    def key(self):
        return f"{self.division}:{self.value}"


OF_LEARNERS = [
    *(band for band in AgeBand if band < AgeBand.A25_29),
    AgeBand.UNKNOWN,
]
"""Children and youth up to 25, in their order."""


def parts(division):
    """``[Part]`` of a division in its order."""
    division = Division(division)
    if division is Division.ALL:
        return [Part(division, "", str(division.label))]
    if division is Division.AGE:
        return [Part(division, band.value, str(band.label)) for band in OF_LEARNERS]
    if division is Division.GROUP:
        return [Part(division, *map(str, choice)) for choice in GroupType.choices]
    terms = Term.objects.of(TERMS[division])
    if division is Division.TYPE:
        terms = terms.filter(code__in=EDUCATING)
    return [Part(division, term.code, str(term)) for term in terms]


def places_to_type(user):
    """Municipalities of which a person may type counts."""
    if user.has_role(Role.PROJECT_STAFF):
        return Municipality.objects.all()
    return user.municipalities_as(*COORDINATING)


class YearlyCountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff and the lead mediator see all, coordinators those of their places."""
        if user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
            return self.all()
        return self.filter(municipality__in=user.places_as(*COORDINATING))

    def editable_by(self, user):
        return self.filter(municipality__in=places_to_type(user))


class YearlyCount(models.Model):
    """How many children of a municipality and school year, by somebody else's count."""

    class Whom(models.TextChoices):
        ROMA = "roma", pgettext_lazy("children", "Roma children")
        EVERYBODY = "everybody", pgettext_lazy("children", "All children")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    school_year = models.PositiveSmallIntegerField(_("school year"))
    whom = models.CharField(
        _("which children"), max_length=10, choices=Whom, default=Whom.ROMA
    )
    source = models.CharField(_("source"), max_length=10, choices=CountSource)
    division = models.CharField(_("division"), max_length=10, choices=Division)
    value = models.CharField(max_length=40, blank=True)
    number = models.PositiveSmallIntegerField(
        _("how many"), validators=[MaxValueValidator(MOST)]
    )
    girls = models.PositiveSmallIntegerField(_("of them girls"), null=True, blank=True)
    boys = models.PositiveSmallIntegerField(_("of them boys"), null=True, blank=True)
    by = models.ForeignKey(
        User, verbose_name=_("by"), related_name="+", on_delete=models.PROTECT
    )
    noted_on = models.DateField(_("noted"), default=timezone.localdate)

    objects = YearlyCountQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "-school_year", "whom", "source", "division", "pk"]
        verbose_name = _("yearly count")
        verbose_name_plural = _("yearly counts")
        constraints = [
            models.UniqueConstraint(
                name="yearly_count_is_once",
                fields=[
                    *("municipality", "school_year", "whom"),
                    *("source", "division", "value"),
                ],
            ),
            models.CheckConstraint(
                name="yearly_count_is_possible", condition=Q(number__lte=MOST)
            ),
            models.CheckConstraint(
                name="yearly_count_has_its_girls",
                condition=Q(girls=None) | Q(girls__lte=F("number")),
            ),
            models.CheckConstraint(
                name="yearly_count_has_its_boys",
                condition=Q(boys=None) | Q(boys__lte=F("number")),
            ),
            models.CheckConstraint(
                name="yearly_count_has_its_girls_and_boys",
                condition=Q(girls=None)
                | Q(boys=None)
                | Q(number__gte=F("girls") + F("boys")),
            ),
        ]

    def __str__(self):
        return f"{self.municipality}, {self.school_year}: {self.division} {self.value}"

"""Whom of a family a case is about, told so that the numbers outlive the names."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from families.models import AgeBand, Sex
from privacy.ids import uuid7


class Counted(models.Model):
    """A person as counts need one: told apart, by sex and age, without a name.

    ``person_id`` is no foreign key, like that of an ``Erasure``: once the person is
    erased it leads to nobody, but still tells two people from one, and the row with sex
    and age as they were at the time stays, so that no number changes.
    """

    person_id = models.UUIDField(_("person"), null=True, blank=True, editable=False)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNKNOWN)
    age_band = models.CharField(
        _("age"), max_length=10, choices=AgeBand, default=AgeBand.UNKNOWN
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_sex_is_known", condition=Q(sex__in=Sex.values)
            ),
            models.CheckConstraint(
                name="%(class)s_age_is_known", condition=Q(age_band__in=AgeBand.values)
            ),
        ]

    def count_as(self, person, day):
        """Copy what is counted of a ``FamilyMember``, as of a day."""
        self.person_id = person.pk
        self.sex, self.age_band = person.counted_sex, person.age_band(day)


class CasePersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))


class CasePerson(Counted):
    """One of the family whom a case is to help."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="people",
        on_delete=models.CASCADE,
    )

    objects = CasePersonQuerySet.as_manager()

    class Meta(Counted.Meta):
        ordering = ["case", "pk"]
        verbose_name = _("person of a case")
        verbose_name_plural = _("people of cases")
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(
                name="case_names_person_once", fields=["case", "person_id"]
            ),
            models.CheckConstraint(
                name="case_person_is_somebody", condition=Q(person_id__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.case}: {self.pk}"

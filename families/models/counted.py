"""A person as counts need one: told apart, by sex and age, without a name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.models.age_band import AgeBand
from families.models.member import Sex


class Counted(models.Model):
    """Mixin of rows about a person whose numbers outlive the name.

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

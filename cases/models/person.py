"""Whom of a family a case is about."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from families.models import Counted
from privacy.ids import uuid7


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

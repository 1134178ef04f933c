"""Where a child learns, for each school year: facts that can be counted, never a text.

The kind of group (day, 24-hour, boarding, special) stands apart from the programme and
from the type of the institution: a boy may follow a special programme at a day school.
"""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models.counted import Counted
from families.models.family import Family
from mediators.models import User
from municipalities.models import Institution, Municipality, Term, Vocabulary
from privacy.ids import uuid7

FIRST_MONTH = 9
"""A school year begins in September."""
NOT_LEARNING = "NONE"
"""The code of the level that says that a child is in no education."""


def school_year_of(day):
    """The year in which the school year of a day began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(school_year):
    return date(school_year, FIRST_MONTH, 1)


def last_day(school_year):
    return date(school_year + 1, FIRST_MONTH - 1, 31)


class GroupType(models.TextChoices):
    """How the child is there; never the programme."""

    DAY = "day", pgettext_lazy("group", "Day group or class")
    ALL_DAY = "all_day", pgettext_lazy("group", "24-hour group")
    BOARDING = "boarding", pgettext_lazy("group", "Boarding")
    SPECIAL = "special", pgettext_lazy("group", "Special group or class")


class Attendance(models.TextChoices):
    REGULAR = "regular", pgettext_lazy("attendance", "Regular")
    SOME = "some", pgettext_lazy("attendance", "Some absence")
    FREQUENT = "frequent", pgettext_lazy("attendance", "Frequent absence")
    LONG = "long", pgettext_lazy("attendance", "Long absence")


class HomeLanguage(models.TextChoices):
    ROMANI = "romani", pgettext_lazy("language", "Romani")
    LATVIAN = "latvian", pgettext_lazy("language", "Latvian")
    RUSSIAN = "russian", pgettext_lazy("language", "Russian")
    SEVERAL = "several", pgettext_lazy("language", "Several")
    OTHER = "other", pgettext_lazy("language", "Another")


class ViewHeard(models.TextChoices):
    """Whether the child was asked, and how (R077); never what the child said."""

    ALONE = "alone", pgettext_lazy("child's view", "Yes, in a talk alone")
    WITH_FAMILY = "with_family", pgettext_lazy("child's view", "Yes, with the family")
    AT_SCHOOL = "at_school", pgettext_lazy("child's view", "Yes, at school")
    NO = "no", pgettext_lazy("child's view", "Not yet")


class WhoTold(models.TextChoices):
    FAMILY = "family", pgettext_lazy("source", "The family")
    SCHOOL = "school", pgettext_lazy("source", "The school")
    BOARD = "board", pgettext_lazy("source", "The education board")
    MEDIATOR = "mediator", pgettext_lazy("source", "I saw it myself")


class EducationRecordQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(family__in=Family.objects.visible_to(user))

    def of(self, person):
        return self.filter(person_id=person.pk)


class EducationRecord(Counted):
    """One child in one school year, counted in the municipality that knew the child last.

    ``school_year`` is the year in which it began. ``institution_type`` is that of the
    institution when this was written, kept for the counts: when the person is erased,
    the institution and the details after the attendance go, and count as not known.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(
        Family, related_name="education", on_delete=models.CASCADE, editable=False
    )
    municipality = models.ForeignKey(
        Municipality, related_name="+", on_delete=models.PROTECT, editable=False
    )
    school_year = models.PositiveSmallIntegerField(_("school year"), editable=False)
    level = models.ForeignKey(
        Term,
        verbose_name=_("level"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.EDU_LEVEL},
        on_delete=models.PROTECT,
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    institution_type = models.ForeignKey(
        Term,
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        editable=False,
    )
    programme = models.ForeignKey(
        Term,
        verbose_name=_("programme"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.EDU_PROGRAMME},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    group = models.CharField(_("group"), max_length=10, choices=GroupType, blank=True)
    attendance_before = models.CharField(
        _("attendance before"), max_length=10, choices=Attendance, blank=True
    )
    attendance = models.CharField(
        _("attendance"), max_length=10, choices=Attendance, blank=True
    )
    reasons = models.ManyToManyField(
        Term,
        verbose_name=_("reasons of absence"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.ABSENCE_REASON},
        blank=True,
    )
    may_drop_out = models.BooleanField(_("may drop out"), default=False)
    is_supported = models.BooleanField(_("is supported at school"), default=False)
    home_language = models.CharField(
        _("language at home"), max_length=10, choices=HomeLanguage, blank=True
    )
    view_heard = models.CharField(
        _("was the child asked"), max_length=20, choices=ViewHeard, blank=True
    )
    told_by = models.CharField(
        _("who told it"), max_length=10, choices=WhoTold, blank=True
    )
    by = models.ForeignKey(
        User,
        verbose_name=_("by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )
    written_on = models.DateField(
        _("written"), default=timezone.localdate, editable=False
    )

    objects = EducationRecordQuerySet.as_manager()

    class Meta(Counted.Meta):
        ordering = ["-school_year", "pk"]
        verbose_name = _("education record")
        verbose_name_plural = _("education records")
        indexes = [
            models.Index(
                name="education_of_place_and_year",
                fields=["municipality", "school_year"],
            )
        ]
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(
                name="education_of_child_and_year_is_once",
                fields=["person_id", "school_year"],
            ),
            models.CheckConstraint(
                name="education_is_of_somebody", condition=Q(person_id__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.family}: {self.pk}, {self.school_year}"

    def forget_who(self):
        """Leave what is counted alone; the row of an erased person."""
        self.institution = None
        self.may_drop_out = self.is_supported = False
        self.home_language = self.view_heard = self.told_by = ""
        self.save()
        self.reasons.clear()

"""Log entries as rows: pseudonyms, never names.

Families and cases go by their codes, mediators by the code of their desk, officials
by institution and post. Notes and places have no column here.
"""

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import (
    Area,
    Kind,
    LanguagePair,
    NextStep,
    Venue,
    Visit,
    VisitArea,
    VisitFamily,
)
from reports.models import MonthlyReport
from reports.resources.columns import (
    Column,
    Sheet,
    Type,
    hours,
    label_of,
    municipality,
    yes_or_no,
)

FAMILIES = VisitFamily.objects.filter(
    visit=OuterRef("pk"), family__restricted_on=None
).order_by("pk")
AREAS = VisitArea.objects.filter(visit=OuterRef("pk")).order_by("position", "pk")


def desk_of_the_mediator():
    """The code under which a mediator's reports are known, or None before the first."""
    return Subquery(
        MonthlyReport.objects.filter(
            mediator=OuterRef("mediator"), municipality=OuterRef("municipality")
        )
        .order_by("month")
        .values("desk")[:1]
    )


def nth(rows, name, position):
    """The ``position``-th of the rows that belong to a visit."""
    return Subquery(rows.values(name)[position : position + 1])


def quarter(day):
    return _("Q%(quarter)s") % {"quarter": (day.month + 2) // 3}


class VisitResource(Sheet):
    """One row for each log entry."""

    title = pgettext_lazy("sheet", "Visits")
    table = "tbl_apmeklejumi"

    visit_code = Column(
        pgettext_lazy("column", "Entry number"),
        Type.IDENTIFIER,
        "code",
        width=17,
        description=_("Number of the entry; it never changes."),
    )
    visit_date = Column(
        pgettext_lazy("column", "Date"),
        Type.DATE,
        "visited_on",
        description=_("When it happened."),
    )
    year = Column(
        pgettext_lazy("column", "Year"),
        Type.NUMBER,
        "visited_on",
        read=lambda day: day.year,
        width=8,
        description=_("For pivot tables."),
    )
    month = Column(
        pgettext_lazy("column", "Month"),
        Type.NUMBER,
        "visited_on",
        read=lambda day: day.month,
        width=9,
        description=_("1–12"),
    )
    quarter = Column(
        pgettext_lazy("column", "Quarter"),
        Type.CHOICE,
        "visited_on",
        read=quarter,
        width=11,
        description=_("Quarter of the year, for pivot tables."),
    )
    municipality = municipality()
    mediator_code = Column(
        pgettext_lazy("column", "Mediator"),
        Type.PSEUDONYM,
        "desk",
        read=lambda desk: (desk or "").upper(),
        description=_("Code of the mediator's desk, not the name."),
        note=_("Empty until the first monthly report is begun."),
    )
    family_code = Column(
        pgettext_lazy("column", "Family"),
        Type.PSEUDONYM,
        "first_family",
        width=11,
        description=_("Code of the family; names are never exported."),
        note=_("Empty when the entry names no family."),
    )
    family_count = Column(
        pgettext_lazy("column", "Number of families"),
        Type.NUMBER,
        "family_count",
        width=10,
        description=_("How many families the entry names."),
        note=_("More than one: all of them stand in the sheet of families."),
    )
    case_code = Column(
        pgettext_lazy("column", "Case"),
        Type.PSEUDONYM,
        "case__code",
        width=11,
        description=_("Code of the case."),
    )
    visit_type = Column(
        pgettext_lazy("column", "Kind"),
        Type.CHOICE,
        "kind",
        read=label_of(Kind),
        width=20,
        description=_("Kind of contact, see the sheet of classifiers."),
    )
    activity = Column(
        pgettext_lazy("column", "What was done"),
        Type.CHOICE,
        "activity__label_lv",
        width=44,
        description=_("Chosen from the list of the kind of contact."),
        note=_("Empty when nothing was chosen."),
    )
    area_main = Column(
        pgettext_lazy("column", "Main area"),
        Type.CHOICE,
        "area_1",
        read=label_of(Area),
        width=34,
        description=_("The first area of work that was chosen."),
    )
    area_second = Column(
        pgettext_lazy("column", "Second area"),
        Type.CHOICE,
        "area_2",
        read=label_of(Area),
        width=34,
        description=_("Empty if there is none."),
        note=_("A third area stands in the sheet of areas."),
    )
    minutes = Column(
        pgettext_lazy("column", "Minutes"),
        Type.NUMBER,
        "minutes",
        width=10,
        description=_("Without travel."),
    )
    hours = Column(
        pgettext_lazy("column", "Hours"),
        Type.HOURS,
        "minutes",
        read=hours,
        width=10,
        description=_("Minutes / 60"),
        note=_("To the hundredth in CSV and JSON: add up the minutes there."),
    )
    institution = Column(
        pgettext_lazy("column", "Institution"),
        Type.CHOICE,
        "institution__name",
        width=42,
        description=_("The institution worked with."),
    )
    official_role = Column(
        pgettext_lazy("column", "Post of the official"),
        Type.CHOICE,
        "contact__post",
        width=46,
        description=_("Post, not the name."),
    )
    outcome = Column(
        pgettext_lazy("column", "Result"),
        Type.CHOICE,
        "change",
        read=label_of(Visit.Change),
        width=16,
        description=_("What changed, as chosen in the entry."),
        note=_("Empty when nothing was chosen."),
    )
    has_next_step = Column(
        pgettext_lazy("column", "Has a next step"),
        Type.YES_NO,
        "has_next_step",
        read=yes_or_no,
        description=_("Whether something was promised in the entry."),
    )

    interpreting = Column(
        pgettext_lazy("column", "Interpreting"),
        Type.CHOICE,
        "interpreting",
        read=label_of(LanguagePair),
        width=18,
        description=_("Between which languages; empty if nobody interpreted."),
    )
    interpreted_hours = Column(
        pgettext_lazy("column", "Hours of interpreting"),
        Type.HOURS,
        "interpreted_minutes",
        read=lambda minutes: hours(minutes),
        width=14,
        description=_("Part of the time of the entry."),
    )
    in_court = Column(
        pgettext_lazy("column", "In court"),
        Type.YES_NO,
        "is_in_court",
        read=yes_or_no,
        width=10,
        description=_("Whether it was interpreting in court."),
    )
    venue = Column(
        pgettext_lazy("column", "Where it took place"),
        Type.CHOICE,
        "venue",
        read=label_of(Venue),
        width=30,
        description=_("Whose rooms the contact took place in."),
        note=_("Empty when nothing was chosen."),
    )
    transport = Column(
        pgettext_lazy("column", "Transport"),
        Type.CHOICE,
        "transport__label_lv",
        width=22,
        description=_("How the mediator got there."),
        note=_("Empty when nothing was chosen."),
    )
    kilometres = Column(
        pgettext_lazy("column", "Kilometres"),
        Type.NUMBER,
        "kilometres",
        width=12,
        description=_("There and back."),
        note=_("Empty when nothing was chosen."),
    )

    def get_queryset(self):
        counted = FAMILIES.order_by().values("visit").annotate(n=Count("pk"))
        return (
            self.scope.narrow(Visit.objects.all(), days="visited_on")
            .annotate(
                desk=desk_of_the_mediator(),
                first_family=nth(FAMILIES, "family__code", 0),
                family_count=Coalesce(Subquery(counted.values("n")), 0),
                area_1=nth(AREAS, "area", 0),
                area_2=nth(AREAS, "area", 1),
                has_next_step=Exists(NextStep.objects.filter(source=OuterRef("pk"))),
            )
            .order_by("visited_on", "code")
        )


def entry_number():
    """The column that leads from a long sheet back to the sheet of visits."""
    return Column(
        pgettext_lazy("column", "Entry number"),
        Type.IDENTIFIER,
        "visit__code",
        width=17,
        description=_("Number of the entry in the sheet of visits."),
    )


def some_entry_has_more_than(limit, rows):
    """Whether an entry has more of these rows than the sheet of visits has columns."""
    counted = rows.order_by().values("visit").annotate(n=Count("pk"))
    return counted.filter(n__gt=limit).exists()


class VisitAreaResource(Sheet):
    """One row for each area of an entry; the way to count a third area."""

    title = pgettext_lazy("sheet", "Entries_areas")
    table = "tbl_ieraksti_jomas"

    visit_code = entry_number()
    municipality = municipality("visit__municipality__label_lv")
    area = Column(
        pgettext_lazy("column", "Area"),
        Type.CHOICE,
        "area",
        read=label_of(Area),
        width=34,
        description=_("An entry with three areas has three rows."),
        note=_("Hours are not repeated here, so that nothing is counted twice."),
    )

    def is_needed(self):
        """Two areas have columns in the sheet of visits."""
        return some_entry_has_more_than(2, self.get_queryset())

    def get_queryset(self):
        return self.scope.narrow(
            VisitArea.objects.all(), days="visited_on", prefix="visit__"
        ).order_by("visit__visited_on", "visit__code", "position", "pk")


class VisitFamilyResource(Sheet):
    """One row for each family of an entry; the way to count families of joint visits."""

    title = pgettext_lazy("sheet", "Entries_families")
    table = "tbl_ieraksti_gimenes"

    visit_code = entry_number()
    municipality = municipality("visit__municipality__label_lv")
    family_code = Column(
        pgettext_lazy("column", "Family"),
        Type.PSEUDONYM,
        "family__code",
        description=_("An entry about two families has two rows."),
    )

    def is_needed(self):
        """One family has its column in the sheet of visits."""
        return some_entry_has_more_than(1, self.get_queryset())

    def get_queryset(self):
        return self.scope.narrow(
            VisitFamily.objects.all(), days="visited_on", prefix="visit__"
        ).order_by("visit__visited_on", "visit__code", "pk")

"""Every number that Tilts counts, declared once.

An indicator says what it is called, what it means and how it is computed. The
monthly report, the PDF, the dashboard, the workbook and its data dictionary, the
docs and the tests read this list; a new indicator is one entry in it.
"""

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from cases.models import (
    Case,
    Kind,
    NextStep,
    Outcome,
    Visit,
    VisitFamily,
)
from families.models import FamilyAssignment
from reports.achieved import ACHIEVED
from reports.also_counted import ALSO_COUNTED
from reports.answered import ANSWERED
from reports.closed import CLOSED, CLOSED_CASES, COORDINATED
from reports.counting import VISITS, Indicator, Scope, Source, Unit, hours_of
from reports.gathered import GATHERED
from reports.issues import ISSUES
from reports.learned import LEARNED
from reports.published import PUBLISHED

__all__ = [
    "BY_KEY",
    "HEADLINE",
    "INDICATORS",
    "OF_A_MONTH",
    "RESULTS",
    "TOLD",
    "VISITS",
    "Indicator",
    "Scope",
    "Unit",
    "compute",
    "compute_by_mediator",
    "compute_by_month",
    "compute_by_place",
    "compute_by_place_and_month",
    "compute_by_region",
    "hours_of",
]

VISITED_FAMILIES = Source(
    what="families named in log entries, by the day of the entry",
    rows=lambda scope: scope.narrow(
        VisitFamily.objects.all(), days="visited_on", prefix="visit__", entry="visit"
    ),
    municipality="visit__municipality",
    day="visit__visited_on",
)
PLANNED_MEETINGS = Source(
    what="next steps with an institution, by the day they are due",
    rows=lambda scope: scope.narrow(
        NextStep.objects.exclude(institution=None), days="due_on", area="case__area"
    ),
    municipality="municipality",
    day="due_on",
)
OPENED_CASES = Source(
    what="cases, by the day they were opened",
    rows=lambda scope: scope.narrow(Case.objects.all(), days="opened_on", area="area"),
    municipality="municipality",
    day="opened_on",
)
OPEN_CASES = Source(
    what="cases open at the end of the period",
    rows=lambda scope: scope.in_area(
        scope.in_place(
            Case.objects.filter(
                Q(closed_on=None) | Q(closed_on__gt=scope.last),
                opened_on__lte=scope.last,
            )
        ),
        area="area",
    ),
    municipality="municipality",
    day=None,
)
PEOPLE_OF_CASES = Source(
    what="people named in cases, by the days of the log entries of the case",
    rows=lambda scope: scope.narrow(
        Visit.objects.exclude(case=None), days="visited_on", entry="pk"
    ),
    municipality="municipality",
    day="visited_on",
)
"""Entries of cases once more, because each of the people multiplies its entry."""
NEW_FAMILIES = Source(
    what="families on a mediator’s own list, by their first day there",
    rows=lambda scope: scope.narrow(
        FamilyAssignment.objects.own()
        .filter(hand_over=None)
        .alias(municipality=F("family__municipality")),
        days="starts_on",
    ),
    municipality="municipality",
    day="starts_on",
    way_to_place="family__municipality",
)


OF_THE_LOG = (
    Indicator(
        "families",
        "I01",
        _("Families worked with"),
        _("Different families named in at least one log entry of the period."),
        Unit.FAMILIES,
        VISITED_FAMILIES,
        Count("family", distinct=True),
    ),
    Indicator(
        "people",
        "I02",
        _("People helped"),
        _(
            "Different people of families named in the cases that had a log entry in the "
            "period."
        ),
        Unit.PERSONS,
        PEOPLE_OF_CASES,
        Count("case__people__person_id", distinct=True),
        people=lambda scope: PEOPLE_OF_CASES.rows(scope).annotate(
            person=F("case__people__person_id"),
            sex=F("case__people__sex"),
            age_band=F("case__people__age_band"),
            day=F("visited_on"),
        ),
    ),
    Indicator(
        "new_families",
        "I03F",
        _("New families"),
        _(
            "Families taken on in the period. One that another mediator hands over is not "
            "new."
        ),
        Unit.FAMILIES,
        NEW_FAMILIES,
        Count("family", distinct=True),
    ),
    Indicator(
        "entries",
        "I02E",
        _("Visits, meetings, calls"),
        _("All log entries of the period, of every kind."),
        Unit.ENTRIES,
        VISITS,
        Count("pk"),
    ),
    Indicator(
        "hours",
        "I21",
        _("Working hours"),
        _("Time of all log entries without travel, in hours."),
        Unit.HOURS,
        VISITS,
        Sum("minutes"),
    ),
    Indicator(
        "new_cases",
        "I03",
        _("New cases"),
        _("Cases opened in the period."),
        Unit.CASES,
        OPENED_CASES,
        Count("pk"),
    ),
    Indicator(
        "solved_cases",
        "I25",
        _("Solved cases"),
        _("Cases closed in the period with the outcome “solved”."),
        Unit.CASES,
        CLOSED_CASES,
        Count("pk", filter=Q(outcome=Outcome.SOLVED)),
    ),
    Indicator(
        "open_cases",
        "I25O",
        _("Cases in work"),
        _("Cases opened before the end of the period and not closed by then."),
        Unit.CASES,
        OPEN_CASES,
        Count("pk"),
    ),
    Indicator(
        "home_visits",
        "I04",
        _("Home visits"),
        _("Log entries of the kind “home visit”."),
        Unit.ENTRIES,
        VISITS,
        Count("pk", filter=Q(kind=Kind.HOME_VISIT)),
    ),
    Indicator(
        "institution_contacts",
        "I05",
        _("Contacts with institutions"),
        _("Log entries that name an institution."),
        Unit.ENTRIES,
        VISITS,
        Count("pk", filter=Q(institution__isnull=False)),
    ),
    Indicator(
        "institutions",
        "I05I",
        _("Institutions worked with"),
        _("Different institutions named in the log entries of the period."),
        Unit.INSTITUTIONS,
        VISITS,
        Count("institution", distinct=True),
    ),
    Indicator(
        "officials",
        "I05P",
        _("Officials worked with"),
        _("Different people of institutions named in the log entries of the period."),
        Unit.PEOPLE,
        VISITS,
        Count("contact", distinct=True),
    ),
    Indicator(
        "accompaniments",
        "I06",
        _("Accompaniments"),
        _("Log entries of the kind “accompaniment”."),
        Unit.ENTRIES,
        VISITS,
        Count("pk", filter=Q(kind=Kind.ACCOMPANIMENT)),
    ),
    Indicator(
        "planned_meetings",
        "I05N",
        _("Planned meetings with institutions"),
        _(
            "Next steps with an institution that stood planned for a day of the period. "
            "One that was moved counts on its new day."
        ),
        Unit.MEETINGS,
        PLANNED_MEETINGS,
        Count("pk"),
    ),
    Indicator(
        "held_meetings",
        "I05H",
        _("Held meetings with institutions"),
        _("Planned meetings with institutions that took place."),
        Unit.MEETINGS,
        PLANNED_MEETINGS,
        Count("pk", filter=Q(status=NextStep.Status.DONE)),
    ),
    Indicator(
        "coordinated_cases",
        "I26",
        _("Cases with coordinated action"),
        _(
            "Different cases with a log entry of the period that was coordinated with the "
            "institution."
        ),
        Unit.CASES,
        VISITS,
        COORDINATED,
    ),
)
INDICATORS = (
    *OF_THE_LOG,
    *CLOSED,
    *ISSUES,
    *ACHIEVED,
    *GATHERED,
    *ANSWERED,
    *PUBLISHED,
    *LEARNED,
    *ALSO_COUNTED,
)
BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
TOLD = tuple(i for i in INDICATORS if not i.stays_in_team)
"""Those that documents and programs may read."""
HOURS = BY_KEY["hours"]
HEADLINE = tuple(
    BY_KEY[key] for key in ("families", "entries", "hours", "solved_cases")
)
"""The four numbers at the top of a monthly report."""
RESULTS = (
    *(BY_KEY[key] for key in ("people", "new_families", "coordinated_cases")),
    *ISSUES,
    *ACHIEVED,
    *ALSO_COUNTED,
)
"""What a monthly report tells of only where there is something to tell."""
OF_A_MONTH = (*OF_THE_LOG, *ISSUES, *ACHIEVED, *ALSO_COUNTED)
"""All that a monthly report counts: nothing of groups, surveys, publicity and training."""


def _by_source(indicators):
    """Indicators grouped by source, so that each source is asked once."""
    groups = {}
    for indicator in indicators:
        groups.setdefault(id(indicator.source), []).append(indicator)
    return groups.values()


def compute(scope, indicators=INDICATORS):
    """Values of the indicators over one scope, by key."""
    values = {}
    for group in _by_source(indicators):
        raw = (
            group[0]
            .source.rows(scope)
            .aggregate(**{indicator.key: indicator.aggregate for indicator in group})
        )
        values.update({i.key: i.value(raw[i.key]) for i in group})
    return {indicator.key: values[indicator.key] for indicator in indicators}


def compute_by_place_and_month(scope, indicators=INDICATORS):
    """Values by municipality and month: ``{(municipality_id, first_of_month): {key: value}}``.

    Stocks have no month and are left out. Places and months without rows are missing.
    """
    flows = [indicator for indicator in indicators if indicator.source.day]
    return _grouped(
        scope,
        flows,
        lambda source: [source.place, TruncMonth(source.day)],
    )


def compute_by_month(scope, indicators=INDICATORS):
    """Values by month of all municipalities of the scope together: ``{month: {key: value}}``.

    Stocks are left out, and months without rows are missing.
    """
    flows = [indicator for indicator in indicators if indicator.source.day]
    table = _grouped(scope, flows, lambda source: [TruncMonth(source.day)])
    return {month: cell for (month,), cell in table.items()}


def compute_by_place(scope, indicators=INDICATORS):
    """Values by municipality over the whole scope: ``{municipality_id: {key: value}}``.

    What became part of another municipality is told under that one.
    Different families of a period are counted anew, not added up from months.
    """
    table = _grouped(scope, indicators, lambda source: [source.place])
    return {place: cell for (place,), cell in table.items()}


def compute_by_region(scope, indicators=INDICATORS):
    """Values by region over the whole scope: ``{region_id: {key: value}}``.

    A family with which two municipalities of a region work is one family.
    """
    table = _grouped(
        scope, indicators, lambda source: [F(f"{source.municipality}__region")]
    )
    return {region: cell for (region,), cell in table.items()}


def compute_by_mediator(scope, indicators=INDICATORS):
    """Values by mediator and municipality: ``{(municipality_id, mediator_id): {key: value}}``."""
    of_mediators = [one for one in indicators if one.source.is_of_mediators]
    return _grouped(
        scope, of_mediators, lambda source: [F(source.municipality), F(source.mediator)]
    )


def _grouped(scope, indicators, keys):
    """Values by the tuple of what ``keys`` names for a source, one query a source."""
    table = {}
    for group in _by_source(indicators):
        source = group[0].source
        names = {f"by_{n}": path for n, path in enumerate(keys(source))}
        rows = (
            source.rows(scope)
            .order_by()
            .values(**names)
            .annotate(**{f"n_{i.key}": i.aggregate for i in group})
        )
        for row in rows:
            cell = table.setdefault(tuple(row[name] for name in names), {})
            cell.update({i.key: i.value(row[f"n_{i.key}"]) for i in group})
    return table

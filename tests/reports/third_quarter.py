"""A log that can be recounted by hand: what was done in the third quarter of 2026."""

from datetime import date

from mediators.models import Role
from reports.periods import Period
from tests.factories import (
    FamilyFactory,
    MunicipalityFactory,
    UserFactory,
    VisitFactory,
)

QUARTER = Period.parse("2026-Q3")

# (place, family, day, minutes, areas): what was done in the third quarter
LOG = [
    ("UPC", 1, "2026-07-03", 50, ["education"]),
    ("UPC", 1, "2026-07-31", 15, ["education", "housing"]),
    ("UPC", 2, "2026-08-01", 45, ["education"]),
    ("UPC", 1, "2026-09-30", 60, ["health", "education", "housing"]),
    ("VDM", 3, "2026-07-15", 30, ["housing"]),
    ("VDM", 3, "2026-08-15", 30, ["housing"]),
    ("VDM", None, "2026-09-01", 90, ["culture"]),
    # Outside the quarter
    ("UPC", 4, "2026-06-30", 20, ["documents"]),
    ("VDM", 5, "2026-10-01", 25, ["documents"]),
]


def keep_log(municipality):
    """Writes ``LOG`` into the municipality and a second one; both by their prefix."""
    vidmale = MunicipalityFactory(
        prefix="VDM",
        slug="vidmale",
        label_lv="Vidmale",
        label_en="Vidmale",
        locative_lv="Vidmalē",
    )
    places = {place.prefix: place for place in (municipality, vidmale)}
    mediators = {
        prefix: UserFactory(role=Role.MEDIATOR, municipality=place)
        for prefix, place in places.items()
    }
    families = {
        (prefix, number): FamilyFactory(municipality=places[prefix])
        for prefix, number, *_rest in LOG
        if number
    }
    for prefix, number, day, minutes, areas in LOG:
        VisitFactory(
            mediator=mediators[prefix],
            municipality=places[prefix],
            family=families.get((prefix, number)),
            visited_on=date.fromisoformat(day),
            minutes=minutes,
            areas=areas,
        )
    return places


def in_quarter(prefix=None):
    return [
        row
        for row in LOG
        if "2026-07-01" <= row[2] <= "2026-09-30" and prefix in (None, row[0])
    ]


def recounted_families(rows, month=None):
    return len(
        {
            (place, family)
            for place, family, day, *_rest in rows
            if family and (month is None or day.startswith(month))
        }
    )

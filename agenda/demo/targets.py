"""Targets of the demo: some are ahead of the calendar, some behind it."""

from reports.models import Target

PROJECT = {
    "families": 75,
    "entries": 2000,
    "hours": 3200,
    "solved_cases": 110,
    "documents": 180,
    "enrolled_people": 6,
    "jobs_people": 3,
}
MUNICIPALITY = {"families": 20, "entries": 500, "hours": 800, "solved_cases": 25}


def add_targets(desks, clock):
    """Those of this year: of the project, and of each municipality."""
    year = clock.until.year
    places = dict.fromkeys(desk.municipality for desk in desks)
    Target.objects.bulk_create(
        Target(indicator=key, year=year, municipality=place, value=value)
        for place in (None, *places)
        for key, value in (MUNICIPALITY if place else PROJECT).items()
    )

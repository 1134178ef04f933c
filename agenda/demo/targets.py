"""Targets of the demo: some are ahead of the calendar, some behind it."""

from reports.models import Target

PROJECT = {
    "families": 120,
    "entries": 1500,
    "hours": 2000,
    "solved_cases": 110,
    "documents": 60,
    "enrolled_people": 30,
    "jobs_people": 25,
}
MUNICIPALITY = {"families": 30, "entries": 400, "hours": 500, "solved_cases": 28}


def add_targets(desks, clock):
    """Those of this year: of the project, and of each municipality."""
    year = clock.until.year
    places = dict.fromkeys(desk.municipality for desk in desks)
    Target.objects.bulk_create(
        Target(indicator=key, year=year, municipality=place, value=value)
        for place in (None, *places)
        for key, value in (MUNICIPALITY if place else PROJECT).items()
    )

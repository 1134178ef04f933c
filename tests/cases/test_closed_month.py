"""A report that is handed in closes a month of one mediator in one municipality."""

from datetime import date

import pytest

from cases.models import Achievement, ClosedMonth, Visit
from tests.factories import (
    AchievementFactory,
    AppointmentFactory,
    CaseFactory,
    ClosedMonthFactory,
    FamilyFactory,
    MunicipalityFactory,
    VisitFactory,
)

OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (10, 11, 12))
DAY = date(2026, 10, 20)


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to("2026-11-12 10:00 +0200", tick=False)


@pytest.fixture
def closed(mediator, municipality):
    place = {"mediator": mediator, "municipality": municipality}
    ClosedMonthFactory(**place, month=OCTOBER)
    return place


@pytest.fixture(params=["a colleague", "another municipality"])
def other(request, closed, mediator, municipality, colleague):
    if request.param == "a colleague":
        return {"mediator": colleague, "municipality": municipality}
    elsewhere = MunicipalityFactory()
    AppointmentFactory(user=mediator, municipality=elsewhere)
    return {"mediator": mediator, "municipality": elsewhere}


def month_that_tells(place, day):
    return ClosedMonth.objects.report_month(**place, day=day)


def write(place):
    """An entry and an achievement of that day."""
    family = FamilyFactory(**place)
    case = CaseFactory(family=family, mediator=place["mediator"])
    return (
        VisitFactory(**place, visited_on=DAY),
        AchievementFactory(case=case, achieved_on=DAY),
    )


def may_change(place):
    return [
        model.objects.editable_by(place["mediator"]).count()
        for model in (Visit, Achievement)
    ]


def test_a_month_that_is_closed_takes_nothing_and_gives_nothing_back(closed):
    write(closed)

    assert ClosedMonth.objects.covers(**closed, day=DAY)
    assert may_change(closed) == [0, 0]


def test_it_stays_open_for_everybody_else_and_everywhere_else(other):
    write(other)

    assert not ClosedMonth.objects.covers(**other, day=DAY)
    assert may_change(other) == [1, 1]
    assert month_that_tells(other, DAY) == OCTOBER


def test_what_comes_late_is_told_in_the_first_month_that_is_open(closed):
    assert month_that_tells(closed, DAY) == NOVEMBER
    ClosedMonthFactory(**closed, month=NOVEMBER)
    assert month_that_tells(closed, DAY) == DECEMBER


def test_an_earlier_month_that_was_never_handed_in_tells_its_own(closed):
    assert month_that_tells(closed, date(2026, 9, 30)) == date(2026, 9, 1)

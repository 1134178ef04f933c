"""The numbers of one report: whose, of which days, and kept exactly."""

import json
from datetime import date
from decimal import Decimal

import pytest

from cases.models import Area, Kind
from mediators.models import Role
from reports.figures import MonthFigures, month_figures
from reports.indicators import OF_A_MONTH
from tests.factories import (
    AppointmentFactory,
    InstitutionContactFactory,
    MunicipalityFactory,
    VisitFactory,
)
from tests.reports.october import MONTH, log_october


def figures(mediator, month=MONTH, municipality=None):
    return month_figures(mediator, municipality or mediator.factory_municipality, month)


def log(mediator, day, municipality=None, **kwargs):
    return VisitFactory(
        mediator=mediator,
        municipality=municipality or mediator.factory_municipality,
        visited_on=day,
        **kwargs,
    )


def test_october_equals_the_count_by_hand(mediator):
    log_october(mediator)

    found = figures(mediator)

    counted = {key: found.number(key) for key in found.values}
    assert {key: number for key, number in counted.items() if number} == {
        "families": 3,
        "entries": 5,
        "hours": Decimal("5.3"),
        "new_cases": 1,
        "solved_cases": 1,
        "open_cases": 1,
        "home_visits": 1,
        "institution_contacts": 2,
        "institutions": 1,
        "officials": 1,
        "accompaniments": 1,
    }
    assert list(counted) == [indicator.key for indicator in OF_A_MONTH]
    assert found.month == "2026-10"


def test_each_of_two_entries_of_the_same_length_counts(mediator):
    for day in (5, 6):
        log(
            mediator,
            date(2026, 10, day),
            kind=Kind.HOME_VISIT,
            areas=[Area.HEALTH],
            minutes=90,
        )

    found = figures(mediator)

    assert [(one.entries, one.hours) for one in found.kinds] == [(2, "3.0")]
    assert [(one.entries, one.hours) for one in found.areas] == [(2, "3.0")]


def test_areas_come_with_the_most_frequent_first_and_count_shared_entries_twice(
    mediator,
):
    log_october(mediator)

    rows = [(row.area, row.entries, row.hours) for row in figures(mediator).areas]

    assert rows == [
        (Area.EDUCATION, 3, "3.0"),
        (Area.SOCIAL, 1, "0.3"),
        (Area.HOUSING, 1, "1.0"),
        (Area.CULTURE, 1, "2.0"),
    ]


def test_kinds_come_in_the_order_of_the_form(mediator):
    log_october(mediator)

    rows = [(row.kind, row.entries, row.hours) for row in figures(mediator).kinds]

    assert rows == [
        (Kind.HOME_VISIT, 1, "0.5"),
        (Kind.INSTITUTION_MEETING, 1, "1.0"),
        (Kind.CALL, 1, "0.3"),
        (Kind.ACCOMPANIMENT, 1, "1.5"),
        (Kind.GROUP, 1, "2.0"),
    ]


def test_partners_are_institutions_and_posts_without_names(mediator):
    contact = InstitutionContactFactory(name="Inga Paraudziņa", post="skolotāja")
    for day in (1, 2):
        log(
            mediator,
            date(2026, 10, day),
            institution=contact.institution,
            contact=contact,
        )

    found = figures(mediator)

    [partner] = found.partners
    assert (partner.institution, partner.post, partner.entries) == (
        contact.institution.name,
        "skolotāja",
        2,
    )
    assert "Paraudziņa" not in json.dumps(found.as_json(), ensure_ascii=False)


def test_the_first_and_the_last_day_belong_to_the_month(mediator):
    for day in (
        date(2026, 9, 30),
        date(2026, 10, 1),
        date(2026, 10, 31),
        date(2026, 11, 1),
    ):
        log(mediator, day)

    assert figures(mediator).number("entries") == 2


@pytest.mark.parametrize("moment", ["2026-10-31 23:59 +0200", "2026-11-01 00:01 +0200"])
def test_the_day_of_the_contact_decides_not_the_moment_of_writing(
    mediator, time_machine, moment
):
    time_machine.move_to(moment, tick=False)
    log(mediator, date(2026, 10, 31))

    assert figures(mediator).number("entries") == 1
    assert figures(mediator, date(2026, 11, 1)).number("entries") == 0


def test_a_mediator_in_two_municipalities_has_two_counts(mediator):
    elsewhere = MunicipalityFactory()
    AppointmentFactory(user=mediator, role=Role.MEDIATOR, municipality=elsewhere)
    log(mediator, date(2026, 10, 1), minutes=60)
    log(mediator, date(2026, 10, 1), municipality=elsewhere, minutes=90)
    log(mediator, date(2026, 10, 2), municipality=elsewhere, minutes=90)

    assert figures(mediator).number("hours") == 1
    assert figures(mediator, municipality=elsewhere).number("hours") == 3


def test_entries_of_a_colleague_are_not_counted(mediator, colleague):
    log(mediator, date(2026, 10, 1))
    log(colleague, date(2026, 10, 1))

    assert figures(mediator).number("entries") == 1


def test_the_trend_has_six_months_and_crosses_the_year(mediator):
    for day in (date(2025, 11, 30), date(2025, 12, 1), date(2026, 2, 28)):
        log(mediator, day)

    found = figures(mediator, date(2026, 2, 1))

    assert [month["entries"] for month in found.trend] == [0, 0, 1, 1, 0, 1]
    assert found.previous["entries"] == 0


def test_the_contract_asks_for_hours_of_working_days(mediator):
    # 22 working days in October 2026, four hours each.
    assert Decimal(figures(mediator).contracted_hours) == 88


def test_an_empty_month_counts_to_nothing(mediator):
    found = figures(mediator)

    assert set(map(found.number, found.values)) == {0}
    assert (found.areas, found.kinds, found.partners) == ((), (), ())
    assert (found.plan, found.meetings) == ((), ())


def test_figures_survive_the_way_through_json(mediator):
    log_october(mediator)
    found = figures(mediator)

    assert MonthFigures.from_json(json.loads(json.dumps(found.as_json()))) == found

"""The summary of a municipality: the declared indicators, told so that few stay few."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from openpyxl import load_workbook

from cases.models import CaseStatus, Outcome
from mediators.models import Role
from municipalities.models import Municipality
from reports.documents.municipality import summary
from reports.indicators import BY_KEY, compute
from reports.models import ExportLog
from reports.periods import Period
from reports.reach import scope_of
from reports.services.telling import tell_due
from tests import cast
from tests.factories import (
    CaseFactory,
    CategoryFactory,
    EventFactory,
    FamilyFactory,
    HeadcountFactory,
    InstitutionFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.paper import assert_accessible, text_of
from tests.reports.third_quarter import QUARTER, keep_log

pytestmark = pytest.mark.django_db

URL = "/dokumenti/pasvaldiba/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def log(municipality):
    """The third quarter, eight more families, three types of institution, ten cases."""
    places = keep_log(municipality)
    mediator = cast.person("mediator", municipality)
    schools = [
        InstitutionFactory(
            municipality=municipality, type=TermFactory(code=code, label_lv=label)
        )
        for code, label in (("SCHOOL", "Pamatskola"), ("GP", "Ģimenes ārsts"))
    ] + [InstitutionFactory(municipality=municipality, type=None)]
    families = [
        FamilyFactory(municipality=municipality, label=f"Zvirbuļu {number}. ģimene")
        for number in range(8)
    ]
    for number, family in enumerate(families):
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            visited_on=date(2026, 7 + number % 3, 20),
            minutes=30,
            families_named=[family],
            institution=schools[number % 4] if number % 4 < 3 else None,
        )
    many_next_door(places["VDM"])
    for number, family in enumerate([*families, *families[:2]]):
        is_closed = number < 8
        outcome = Outcome.SOLVED if number < 6 else Outcome.STOPPED
        CaseFactory(
            family=family,
            mediator=mediator,
            opened_on=date(2026, 7, 1),
            status=CaseStatus.CLOSED if is_closed else CaseStatus.ACTIVE,
            closed_on=date(2026, 9, 1) if is_closed else None,
            outcome=outcome if is_closed else "",
        )
    tell_due()
    return places


def many_next_door(place):
    """So many families in each month that nothing of them has to be hidden."""
    mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
    families = [FamilyFactory(municipality=place) for _number in range(20)]
    for month in (7, 8, 9):
        VisitFactory(
            mediator=mediator,
            municipality=place,
            visited_on=date(2026, month, 2),
            families_named=families,
        )


def test_the_numbers_are_the_declared_indicators(log, municipality):
    found = summary(municipality, QUARTER)
    place = Municipality.objects.filter(pk=municipality.pk)
    values = compute(scope_of(QUARTER, place))

    in_team = ("handed_over_cases", "stopped_cases")
    told = {row.indicator.key: row.now.value for row in found.indicators}
    assert told.pop("coordinated_share") is None
    assert told == {key: n for key, n in values.items() if key not in in_team}
    entries = [month.entries for month in found.months]
    assert entries == [_entries(month) for month in QUARTER.months] == [5, 4, 3]
    assert found.cooperation.total == values["institution_contacts"] == _contacts()
    assert {row.label: row.total for row in found.cooperation.rows} == {
        "Pamatskola": 2,
        "Ģimenes ārsts": 2,
        "veids nav norādīts": 2,
    }


def _entries(month):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM cases_visit v JOIN municipalities_municipality m "
            "ON m.id = v.municipality_id WHERE m.prefix = 'UPC' "
            "AND v.visited_on >= %s AND v.visited_on < %s",
            [month, date(2026, month.month + 1, 1)],
        )
        return cursor.fetchone()[0]


def _contacts():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM cases_visit v JOIN municipalities_municipality m "
            "ON m.id = v.municipality_id WHERE m.prefix = 'UPC' AND v.institution_id "
            "IS NOT NULL AND v.visited_on BETWEEN '2026-07-01' AND '2026-09-30'"
        )
        return cursor.fetchone()[0]


def test_small_counts_are_hidden_month_by_month(log, municipality):
    found = summary(municipality, QUARTER)
    told = {row.indicator.key: str(row.now) for row in found.indicators}

    assert told["open_cases"] == "<5"
    assert told["solved_cases"] == "6"
    # Ten of three months that are each below five are at least two in each of them
    assert told["families"] == "•"
    assert [str(month.families) for month in found.months] == ["<5"] * 3


def test_families_are_drawn_only_where_each_number_is_told(log, municipality, settings):
    assert len(list(summary(municipality, QUARTER).charts)) == 1

    settings.SMALL_NUMBERS_BELOW = 1
    assert len(list(summary(municipality, QUARTER).charts)) == 2


def test_a_long_period_has_a_column_for_each_year(log, municipality):
    period = Period.between(date(2025, 6, 1), date(2026, 10, 1))

    assert list(summary(municipality, period).cooperation.heads) == ["2025", "2026"]


def take_out(client, user, **data):
    client.force_login(user)
    data = {"municipality": "upesciems", "period": "2026-Q3", "format": "pdf"} | data
    return client.post(URL, data)


def test_the_pdf_is_accessible_and_names_no_family(client, log, coordinator):
    response = take_out(client, coordinator)

    assert_accessible(response.content)
    text = text_of(response.content, "-raw")
    assert "Upesciema novada pašvaldība" in text
    assert "2026. gada jūlijs <5 5" in text
    assert "Pamatskola 1 1 0 2" in text
    assert "Zvirbuļ" not in text
    assert "UPC-0" not in text
    [export] = ExportLog.objects.all()
    assert list(export.sheets) == ["municipality.pdf"]
    assert export.municipality.slug == "upesciems"
    assert "Kopsavilkums_Upesciems_2026-Q3.pdf" in response["Content-Disposition"]


def test_a_quiet_municipality_gets_a_calm_summary(client, coordinator):
    response = take_out(client, coordinator)

    assert_accessible(response.content)
    assert "nav nosaukta neviena iestāde" in text_of(response.content)


def test_the_workbook_tells_small_numbers_as_text(client, log, project_staff):
    response = take_out(client, project_staff, format="xlsx")

    _about, indicators, cooperation, _words = load_workbook(BytesIO(response.content))
    _head, *rows = indicators.iter_rows(values_only=True)
    values = {row[0]: row[3] for row in rows}
    assert values[BY_KEY["solved_cases"].code] == 6
    assert values[BY_KEY["open_cases"].code] == "<5"
    assert len(list(cooperation.iter_rows())) == 1 + 3 * 3


def test_coordinators_are_offered_their_own_municipalities(client, log, coordinator):
    response = take_out(client, coordinator, municipality="vidmale")

    assert response.status_code == 422
    assert "municipality" in response.context["form"].errors
    assert not ExportLog.objects.exists()


def test_what_lies_before_all_months_that_can_be_asked_for_is_held_back(municipality):
    found = summary(municipality, Period.between(date(2000, 1, 1), date(2026, 10, 1)))

    [families] = [row for row in found.indicators if row.indicator.key == "families"]
    assert str(families.before) == "•"


def test_its_numbers_and_its_events_give_no_small_series_away(municipality):
    """Twenty children at one event, and three people in each session of a series."""
    category = CategoryFactory()
    day = {"municipality": municipality, "held_on": date(2026, 8, 4)}
    HeadcountFactory(event=EventFactory(**day), category=category, count=20)
    series = EventFactory(**day, is_series=True)
    HeadcountFactory(event=series, category=category, count=3)
    for month in (8, 9):
        session = EventFactory(
            municipality=municipality, held_on=date(2026, month, 11), series=series
        )
        HeadcountFactory(event=session, category=category, count=3)
    tell_due()

    found = summary(municipality, QUARTER)

    [alone, small] = found.events.wholes
    assert (str(alone.attendances.total), str(small.attendances.total)) == ("20", "•")
    told = {row.indicator.key: str(row.now) for row in found.indicators}
    for number, left_out in ((found.events.attendances, 2), (found.events.people, 1)):
        assert (str(number.total), number.left_out) == ("20", left_out)
    assert (told["attendances"], told["participants"]) == ("•", "•")

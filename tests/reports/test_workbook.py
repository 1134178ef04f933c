"""The workbook: the numbers of the page, types, layout, and text that stays text."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from cases.models import Kind, Visit
from mediators.models import Role
from municipalities.models import Municipality, Term, Vocabulary
from reports.indicators import INDICATORS, Scope, compute, compute_by_place
from reports.periods import Period
from reports.reach import scope_of
from reports.resources import (
    ClassifierResource,
    IndicatorResource,
    ReportResource,
    VisitAreaResource,
    VisitFamilyResource,
    VisitResource,
)
from reports.results import results
from reports.services.export import sheets_of
from reports.workflow import Action, Status
from tests.factories import (
    CaseFactory,
    EventFactory,
    FamilyFactory,
    HeadcountFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    LeaderFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    NextStepFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.third_quarter import (
    QUARTER,
    in_quarter,
    keep_log,
    recounted_families,
)
from tests.reports.workbooks import rows_of, workbook

pytestmark = pytest.mark.django_db

OCTOBER = Period.parse("2026-10")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def log(municipality):
    return keep_log(municipality)


# Numbers


def test_the_numbers_are_those_of_the_page_and_of_a_recount(log):
    book = workbook(QUARTER)
    found = {
        (row["code"], row["municipality"], row["month"] and row["month"].date()): row[
            "value"
        ]
        for row in rows_of(book, IndicatorResource)
    }
    page = results(scope_of(QUARTER, Municipality.objects.all()))

    assert found["I02E", None, None] == len(in_quarter()) == page.headline[1].value
    assert found["I01", None, None] == recounted_families(in_quarter())
    for headline in page.headline:
        assert found[headline.indicator.code, None, None] == float(headline.value)
    for row in page.families.rows:
        assert found["I01", row.place.label_lv, None] == row.different
        for month, value in zip(page.families.months, row.values, strict=True):
            assert found["I01", row.place.label_lv, month] == value


def test_every_indicator_stands_in_the_workbook_with_its_value(log):
    CaseFactory(family=FamilyFactory(municipality=log["UPC"]), opened_on=QUARTER.first)
    rows = rows_of(workbook(QUARTER), IndicatorResource)
    scope = Scope(QUARTER.first, QUARTER.last)
    whole, by_place = compute(scope), compute_by_place(scope)

    for indicator in INDICATORS:
        own = [row for row in rows if row["code"] == indicator.code]
        [total] = [row for row in own if row["municipality"] is None]
        assert total["value"] == float(whole[indicator.key])
        for place in log.values():
            [value] = [
                row["value"]
                for row in own
                if row["municipality"] == place.label_lv and row["month"] is None
            ]
            assert value == float(by_place[place.pk].get(indicator.key, 0))
        months = len([row for row in own if row["month"]])
        assert months == (2 * 3 if indicator.source.day else 0)


def test_a_count_is_written_without_decimals_beside_hours_that_equal_it(municipality):
    """Three hours of all together, and then three entries of one municipality."""
    for place in (municipality, municipality, municipality, MunicipalityFactory()):
        VisitFactory(municipality=place, visited_on=date(2026, 10, 5), minutes=45)
    places = Municipality.objects.all()
    sheet = IndicatorResource(scope_of(OCTOBER, None), places)

    cells = [cell for row in sheet.rows() for cell in row]

    assert {str(cell) for cell in cells if cell == 3} == {"3"}


def test_the_visits_add_up_to_the_indicators(log):
    rows = rows_of(workbook(QUARTER), VisitResource)
    values = compute(Scope(QUARTER.first, QUARTER.last))

    assert len(rows) == values["entries"] == 7
    assert round(sum(row["hours"] for row in rows), 1) == float(values["hours"])
    assert sum(row["minutes"] for row in rows) == sum(row[3] for row in in_quarter())
    families = {row["family_code"] for row in rows} - {None}
    assert len(families) == values["families"]


def test_a_visit_is_a_row_of_words_codes_and_numbers(municipality, mediator):
    contact = InstitutionContactFactory(institution__municipality=municipality)
    family = FamilyFactory(municipality=municipality)
    case = CaseFactory(family=family, mediator=mediator)
    MonthlyReportFactory(municipality=municipality, mediator=mediator)
    visit = VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        kind=Kind.ACCOMPANIMENT,
        visited_on=date(2026, 10, 5),
        minutes=75,
        institution=contact.institution,
        contact=contact,
        areas=["housing", "documents"],
        activity=TermFactory(
            vocabulary=Vocabulary.ACTIVITY,
            code="ACCOMPANIMENT_DOCTOR",
            label_lv="Pavadīšana pie ārsta",
        ),
        change=Visit.Change.FORWARD,
        venue="private",
        transport=TermFactory(
            vocabulary=Vocabulary.TRANSPORT, label_lv="Personīgais transports"
        ),
        kilometres=12,
    )
    NextStepFactory(mediator=mediator, municipality=municipality, source=visit)

    [row] = rows_of(workbook(OCTOBER), VisitResource)

    with translation.override("lv"):
        assert row == {
            "visit_code": visit.code,
            "visit_date": datetime(2026, 10, 5),  # noqa: DTZ001 -- as Excel keeps it
            "year": 2026,
            "month": 10,
            "quarter": row["quarter"],
            "municipality": "Upesciema novads",
            "mediator_code": "UPC",
            "family_code": family.code,
            "family_count": 1,
            "case_code": case.code,
            "visit_type": Kind.ACCOMPANIMENT.label,
            "activity": "Pavadīšana pie ārsta",
            "area_main": row["area_main"],
            "area_second": row["area_second"],
            "minutes": 75,
            "hours": 1.25,
            "institution": contact.institution.name,
            "official_role": "sociālā pedagoģe",
            "outcome": Visit.Change.FORWARD.label,
            "has_next_step": row["has_next_step"],
            "interpreting": None,
            "interpreted_hours": 0,
            "in_court": "Nē",
            "venue": "Ģimenes mājās vai citur privāti",
            "transport": "Personīgais transports",
            "kilometres": 12,
        }
    assert "4" in row["quarter"]
    assert row["area_main"] != row["area_second"]


def test_an_unknown_value_is_an_empty_cell(municipality, mediator):
    VisitFactory(
        mediator=mediator, municipality=municipality, visited_on=date(2026, 10, 5)
    )

    [row] = rows_of(workbook(OCTOBER), VisitResource)

    empty = {name for name, value in row.items() if value is None}
    assert empty == {
        "mediator_code",
        "activity",
        "family_code",
        "case_code",
        "area_second",
        "institution",
        "official_role",
        "outcome",
        "interpreting",
        "venue",
        "transport",
        "kilometres",
    }


def test_a_third_area_gets_a_sheet_and_two_do_not(log):
    areas = [len(row[4]) for row in in_quarter()]

    rows = rows_of(workbook(QUARTER), VisitAreaResource)

    assert max(areas) == 3
    assert len(rows) == sum(areas)
    july = {
        table for page in workbook(Period.parse("2026-07")) for table in page.tables
    }
    assert VisitAreaResource.table not in july
    assert VisitFamilyResource.table not in july


def test_a_joint_visit_names_each_family_in_a_sheet_of_its_own(municipality, mediator):
    families = FamilyFactory.create_batch(2, municipality=municipality)
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        families_named=families,
        visited_on=date(2026, 10, 5),
    )

    book = workbook(OCTOBER)

    [visit] = rows_of(book, VisitResource)
    assert (visit["family_count"], visit["family_code"]) == (2, families[0].code)
    assert [row["family_code"] for row in rows_of(book, VisitFamilyResource)] == [
        family.code for family in families
    ]


def test_a_report_tells_its_dates_and_never_its_content(municipality, mediator):
    report = MonthlyReportFactory(
        municipality=municipality,
        mediator=mediator,
        status=Status.RECEIVED,
        sections="Slepens teksts",
    )
    for action, day in [
        (Action.SUBMIT, 4),
        (Action.RETURN, 5),
        (Action.SUBMIT, 9),
        (Action.APPROVE, 10),
        (Action.SEND, 10),
        (Action.CONFIRM, 11),
    ]:
        report.events.create(
            action=action, at=datetime(2026, 11, day, 23, 30, tzinfo=UTC)
        )

    [row] = rows_of(workbook(OCTOBER), ReportResource)

    # Half past eleven in the evening in Greenwich is the next day in Riga
    days = ("month", "submitted_on", "approved_on", "acknowledged_on")
    assert [f"{row[name]:%m-%d}" for name in days] == [
        "10-01",
        "11-05",
        "11-11",
        "11-12",
    ]
    assert (row["report_code"], row["returns"]) == ("UPC-2026-10", 1)
    assert row["on_time"] is not None


def test_terms_are_listed_among_the_classifiers(log):
    Term.objects.create(
        vocabulary="post",
        code="teacher",
        label_lv="skolotājs",
        label_en="teacher",
        valid_from=date(2024, 1, 1),
    )

    rows = rows_of(workbook(QUARTER), ClassifierResource)

    [term] = [row for row in rows if row["code"] == "teacher"]
    assert term["label"] == "skolotājs"
    assert f"{term['valid_from']:%Y-%m-%d}" == "2024-01-01"
    assert {kind.value for kind in Kind} <= {row["code"] for row in rows}


@pytest.mark.parametrize("count", [1, 3])
def test_the_workbook_takes_a_constant_number_of_queries(
    municipality, django_assert_num_queries, count
):
    for _number in range(count):
        mediator = UserFactory(role=Role.MEDIATOR, municipality=municipality)
        family = FamilyFactory(municipality=municipality)
        case = CaseFactory(family=family, opened_on=date(2026, 10, 1))
        MonthlyReportFactory(municipality=municipality, mediator=mediator)
        series = EventFactory(is_series=True, held_on=date(2026, 10, 1))
        for _session in range(count):
            session = EventFactory(series=series, held_on=date(2026, 10, 1))
            HeadcountFactory(event=session)
            LeaderFactory(event=session, visit=None, name="Dace", own_minutes=60)
        for day in range(1, count + 1):
            VisitFactory(
                mediator=mediator,
                municipality=municipality,
                family=family,
                case=case,
                visited_on=date(2026, 10, day),
                institution=InstitutionFactory(municipality=municipality),
            )

    # indicators 16 + 16 + 15, achievements, programmes, visits, areas needed?,
    # families needed?, cases, reports, events, surveys, recommendations, hours by source,
    # terms
    sheets = sheets_of(scope_of(OCTOBER, None), [municipality])
    with django_assert_num_queries(84):
        for sheet in sheets:
            list(sheet.rows())

"""The workbook as a file: tables, types, Latvian, and text that stays text."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from mediators.models import Role
from reports import workbook_rows
from reports.documents.events import register
from reports.indicators import BY_KEY, INDICATORS, Scope
from reports.measures import MEASURES
from reports.periods import Period
from reports.reach import scope_of
from reports.resources import (
    DictionaryResource,
    EventPeopleResource,
    EventResource,
    EventTotalResource,
    IndicatorResource,
    Type,
    VisitResource,
)
from reports.services.export import sheets_of
from reports.spreadsheet_text import clean
from reports.workbook_rows import RowsChanged
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    HeadcountFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MonthlyReportFactory,
    TargetFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.third_quarter import QUARTER, keep_log
from tests.reports.workbooks import SHEETS, all_cells, page_of, rows_of, workbook

pytestmark = pytest.mark.django_db

CUT = "… [cut: too long for a cell]"
OCTOBER = Period.parse("2026-10")
FORMULAS = [
    "=1+1",
    "==1+1",
    '=HYPERLINK("http://example.test","x")',
    "+371 20000000",
    "-2+3",
    "@SUM(1)",
    "|cmd",
    "%0A=1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\N{NO-BREAK SPACE}=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\x00=1+1",
    "\x1b=1+1",
    "\x85=1+1",
    "\N{FULLWIDTH EQUALS SIGN}1+1",
    "=",
]
HARMLESS = ["Upesciema pamatskola", "#N/A", "#REF!", "1. pamatskola", "'x", "TRUE", "1"]


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def log(municipality):
    return keep_log(municipality)


def test_the_sheets_stand_in_their_order_with_tables_and_frozen_headers(log):
    book = workbook(Period.parse("2026-07"))

    assert [list(page.tables) for page in book] == [
        [],
        ["tbl_raditaji"],
        ["tbl_apmeklejumi"],
        ["tbl_lietas"],
        ["tbl_nosutijumi"],
        ["tbl_panakumi"],
        ["tbl_programmas"],
        ["tbl_atskaites"],
        ["tbl_lugumi"],
        ["tbl_pasakumu_kopa"],
        ["tbl_pasakumi"],
        ["tbl_pasakumi_dalibnieki"],
        ["tbl_aptauja"],
        ["tbl_ieteikumi"],
        ["tbl_stundas_avoti"],
        ["tbl_klasifikatori"],
        ["tbl_vardnica"],
    ]
    for page in book.worksheets[1:]:
        [table] = page.tables.values()
        assert page.freeze_panes == "B2"
        assert page.print_title_rows == "$1:$1"
        assert page.page_setup.orientation == "landscape"
        assert page.row_dimensions[1].height == 32
        assert not page.merged_cells.ranges
        headers = [cell.value for cell in page[1]]
        assert [column.name for column in table.tableColumns] == headers
        assert len(set(headers)) == len(headers)
        assert table.ref == table.autoFilter.ref == page.dimensions or (
            # A table without rows has an empty one
            page.max_row == 1 and table.ref.endswith("2")
        )
        assert all(page.column_dimensions[cell.column_letter].width for cell in page[1])
        header = page["A1"]
        assert header.font.bold
        assert (header.font.color.rgb, header.fill.fgColor.rgb) == (
            "FFFFFFFF",
            "FF0E4F52",
        )


def test_dates_are_dates_and_numbers_are_numbers(log):
    CaseFactory(family=FamilyFactory(municipality=log["UPC"]), opened_on=QUARTER.first)
    book = workbook(QUARTER)

    for table, sheet in SHEETS.items():
        if not any(table in page.tables for page in book):
            continue
        page = page_of(book, sheet)
        for column, cells in zip(
            sheet.fields.values(), page.iter_cols(min_row=2), strict=True
        ):
            for cell in cells:
                if cell.value is None:
                    continue
                if column.type is Type.DATE:
                    assert cell.is_date
                    assert cell.number_format == "dd.mm.yyyy"
                elif column.type in (Type.NUMBER, Type.HOURS, Type.SHARE):
                    assert isinstance(cell.value, (int, float))
                else:
                    assert cell.data_type == "s"
                if column.type is Type.HOURS:
                    assert cell.number_format == "0.00"


def test_targets_have_bars_that_are_drawn_of_the_cells_of_the_table(log):
    assert page_of(workbook(QUARTER), IndicatorResource)._charts == []
    for indicator in (BY_KEY["entries"], BY_KEY["families"]):
        TargetFactory(indicator=indicator.key, year=2026, value=10)

    book = workbook(QUARTER)

    [chart] = page_of(book, IndicatorResource)._charts
    [bars] = chart.series
    page = page_of(book, IndicatorResource)
    shares, labels = (
        [cell.value for [cell] in page[source.numRef.f.partition("!")[2]]]
        for source in (bars.val, bars.cat)
    )
    assert labels == [str(BY_KEY[key].label) for key in ("families", "entries")]
    assert shares == [0.4, 0.8]
    assert page["J2"].number_format == "0%"


def test_a_period_without_anything_makes_a_workbook_that_opens(db):
    book = workbook(Period.parse("2019"))

    assert rows_of(book, VisitResource) == []
    [table] = page_of(book, VisitResource).tables.values()
    assert table.ref == "A1:Z2"
    rows = rows_of(book, IndicatorResource)
    assert {row["value"] for row in rows} == {0, None}
    assert {row["code"] for row in rows if row["value"] is None} == {
        one.code for one in MEASURES
    }


def test_the_workbook_is_in_latvian_whatever_language_is_active(log):
    with translation.override("lv"):
        latvian = [str(sheet.title) for sheet in sheets_of(scope_of(QUARTER, None), [])]
    with translation.override("en"):
        book = workbook(QUARTER)

    assert [page.title for page in book.worksheets[1:]] == latvian
    assert all(len(title) <= 31 for title in latvian)


def test_the_dictionary_explains_each_column_and_each_indicator(log):
    book = workbook(QUARTER)
    rows = rows_of(book, DictionaryResource)
    explained = {(row["sheet"], row["technical_name"]) for row in rows}

    for sheet in SHEETS.values():
        if any(sheet.table in page.tables for page in book):
            title = page_of(book, sheet).title
            assert {(title, name) for name in sheet.fields} <= explained
    assert {one.key for one in (*INDICATORS, *MEASURES)} <= {
        row["technical_name"] for row in rows
    }
    assert all(row["description"] and row["type"] for row in rows)


def test_the_dictionary_is_read_on_paper_without_a_glass(log):
    page = page_of(workbook(QUARTER), DictionaryResource)
    widths = {
        cell.column_letter: page.column_dimensions[cell.column_letter].width
        for cell in page[1]
    }

    # About so many letters of 11 points stand across a sheet of A4 that lies
    assert sum(widths.values()) <= 150
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    for row in page.iter_rows(min_row=2):
        lines = max(
            len(str(cell.value or "")) / widths[cell.column_letter] for cell in row
        )
        assert page.row_dimensions[row[0].row].height >= 15 * lines
        texts = [cell for cell in row if cell.value]
        assert all(cell.alignment.wrap_text for cell in texts)
        assert {cell.alignment.vertical for cell in texts} == {"top"}


OF_EVENTS = (EventTotalResource, EventResource, EventPeopleResource)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.__name__)
def test_import_export_gives_the_same_rows(log, sheet):
    scope = Scope(QUARTER.first, QUARTER.last)
    if sheet in OF_EVENTS:
        HeadcountFactory(event__held_on=QUARTER.first)
        scope = register(QUARTER, tells_all=True)
    resource = DictionaryResource() if sheet is DictionaryResource else sheet(scope)

    dataset = resource.export()

    assert dataset.headers == [
        str(column.column_name) for column in resource.columns.values()
    ]
    assert [list(row) for row in dataset] == list(resource.rows())


# Text


@pytest.mark.parametrize("text", [*FORMULAS, *HARMLESS], ids=repr)
def test_no_text_becomes_a_formula(municipality, mediator, text):
    institution = InstitutionFactory(municipality=municipality, name="x")
    # As an import or another program might have left it in the database
    type(institution).objects.update(name=text.replace("\x00", "\x01"))
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        institution=institution,
        visited_on=date(2026, 10, 5),
    )

    book = workbook(OCTOBER)

    assert {cell.data_type for cell in all_cells(book)} <= {"s", "n", "d"}
    column = list(VisitResource.fields).index("institution") + 1
    cell = page_of(book, VisitResource).cell(row=2, column=column)
    shown = text.translate({0: None, 1: None, 0x1B: None}).replace("\r", "\n")
    assert cell.value == shown
    assert bool(cell.quotePrefix) == (text in FORMULAS)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x" * 32_767, "x" * 32_767),
        ("x" * 32_768, "x" * (32_767 - len(CUT)) + CUT),
        # Excel counts most emoji as two characters, and half of one breaks the file
        ("\N{GRINNING FACE}" * 20_000, "\N{GRINNING FACE}" * 16_369 + CUT),
        ("a\x00b\x0bc\ud800d\uffff", "abcd"),
        ("Čiekurs\nun\tzīle", "Čiekurs\nun\tzīle"),
    ],
    ids=["fits", "long", "emoji", "control", "lines"],
)
def test_a_cell_holds_what_excel_can_hold_and_says_when_it_is_not_all(text, kept):
    with translation.override("en"):
        assert clean(text) == kept


def test_rows_beyond_what_excel_holds_go_on_in_another_sheet(log, monkeypatch):
    monkeypatch.setattr(workbook_rows, "MOST_ROWS", 3)
    monkeypatch.setattr(workbook_rows, "AT_ONCE", 2)
    book = workbook(QUARTER)
    title = page_of(book, VisitResource).title

    pages = [book[name] for name in (title, f"{title} 2", f"{title} 3")]

    tables = [table for page in pages for table in page.tables.values()]
    assert [table.displayName for table in tables] == [
        "tbl_apmeklejumi",
        "tbl_apmeklejumi_2",
        "tbl_apmeklejumi_3",
    ]
    assert [table.ref for table in tables] == ["A1:Z4", "A1:Z4", "A1:Z2"]
    headers = [[cell.value for cell in page[1]] for page in pages]
    assert headers[0] == headers[1] == headers[2]
    codes = [row[0].value for page in pages for row in page.iter_rows(min_row=2)]
    assert len(codes) == len(set(codes)) == 7
    assert [page.max_row for page in pages] == [4, 4, 2]


@pytest.mark.parametrize("more", [1, -1])
def test_rows_that_come_or_go_meanwhile_are_refused(log, monkeypatch, more):
    counted = VisitResource.count
    monkeypatch.setattr(VisitResource, "count", lambda sheet: counted(sheet) + more)

    with pytest.raises(RowsChanged):
        workbook(QUARTER)


def test_no_name_phone_address_or_note_gets_into_any_cell(municipality, project_staff):
    secrets = {
        "label": "Kārkliņu ģimene",
        "address": "Liepu iela 7",
        "phone": "+371 20000001",
        "note": "Mājās suns",
        "town_part": "Jaunupe",
    }
    family = FamilyFactory(municipality=municipality, **secrets)
    mediator = UserFactory(
        role=Role.MEDIATOR, municipality=municipality, last_name="Vītola"
    )
    contact = InstitutionContactFactory(
        institution__municipality=municipality,
        name="Inga Slepenā",
        phone="+371 20000002",
        email="inga@example.test",
    )
    case = CaseFactory(
        family=family,
        mediator=mediator,
        title="Parāds par īri",
        goal="Palikt dzīvoklī",
        opened_on=date(2026, 10, 1),
    )
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        institution=contact.institution,
        contact=contact,
        note="Runāju ar vecmāmiņu",
        place="Bibliotēka",
        visited_on=date(2026, 10, 5),
    )
    MonthlyReportFactory(
        municipality=municipality, mediator=mediator, sections="Grūts mēnesis"
    )

    cells = " ".join(str(cell.value) for cell in all_cells(workbook(OCTOBER)))

    for secret in (
        *secrets.values(),
        "Kārkliņ",
        "Vītola",
        "Slepenā",
        "20000002",
        "inga@",
        "Parāds",
        "Palikt",
        "vecmāmiņ",
        "Bibliotēka",
        "Grūts",
    ):
        assert secret not in cells
    for code in (family.code, case.code, contact.post, contact.institution.name):
        assert code in cells

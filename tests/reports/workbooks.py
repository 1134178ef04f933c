"""Read a workbook back, by the technical names of its columns."""

from io import BytesIO

from openpyxl import load_workbook

from reports.resources import (
    AskResource,
    CaseResource,
    ClassifierResource,
    DictionaryResource,
    EventPeopleResource,
    EventResource,
    EventTotalResource,
    IndicatorResource,
    ReferralResource,
    ReportResource,
    VisitAreaResource,
    VisitFamilyResource,
    VisitResource,
)
from reports.services.export import export_results

SHEETS = {
    sheet.table: sheet
    for sheet in (
        IndicatorResource,
        VisitResource,
        VisitAreaResource,
        VisitFamilyResource,
        CaseResource,
        ReferralResource,
        ReportResource,
        AskResource,
        EventTotalResource,
        EventResource,
        EventPeopleResource,
        ClassifierResource,
        DictionaryResource,
    )
}


def workbook(period, *, by=None, approved_only=False):
    """The workbook of a period, written and read back by another program's eyes."""
    file = BytesIO()
    export_results(file, period, by=by, approved_only=approved_only)
    file.seek(0)
    return load_workbook(file)


def page_of(book, sheet):
    """The worksheet that holds the table of a resource."""
    [page] = [page for page in book if sheet.table in page.tables]
    return page


def rows_of(book, sheet):
    """The rows of a resource as dictionaries by technical name."""
    _header, *rows = page_of(book, sheet).iter_rows(values_only=True)
    names = list(sheet.fields)
    return [
        dict(zip(names, row, strict=True))
        for row in rows
        if any(value is not None for value in row)
    ]


def all_cells(book):
    return [cell for page in book for row in page.iter_rows() for cell in row]

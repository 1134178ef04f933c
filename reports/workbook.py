"""Write sheets into an Excel file, row by row, so that its size costs no memory.

Numbers are numbers and dates are dates; text is only ever text.
"""

import textwrap
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from interface.palette import DARK, PAPER
from reports.resources import Type
from reports.spreadsheet_text import clean, looks_like_formula
from reports.workbook_rows import LINE_HEIGHT, Styles, fill, parts_of

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    Type.NUMBER: "General",
    Type.DATE: "dd.mm.yyyy",
    Type.HOURS: "0.00",
    Type.SHARE: "0%",
}
ALIGNED = Alignment(horizontal="right", indent=1)
"""So that a number does not run into the text beside it, nor a sign in its place."""
HEADER_HEIGHT = 32
ABOUT_WIDTH = 92
A4 = 9


ONLY_THE_VALUE = dict.fromkeys(
    ("showSerName", "showCatName", "showLegendKey", "showPercent"), False
)
FONT = {"name": "Calibri", "size": 11, "bold": True}


def _opaque(colour):
    return colour.replace("#", "FF")


HEADER = {
    "font": Font(**FONT, color=_opaque(PAPER)),
    "fill": PatternFill("solid", start_color=_opaque(DARK)),
    "alignment": Alignment(wrap_text=True, vertical="center"),
}
BOLD = {"font": Font(**FONT), "alignment": Alignment(vertical="top")}
WRAPPED = {"alignment": Alignment(wrap_text=True, vertical="top")}


def write(file, sheets, about, *, about_title, told=None):
    """Fill ``file``. Returns the number of rows by table name of the sheets.

    ``about`` are the pairs of the first sheet: what it is, what it says. ``told(done, of)``
    is called now and then with numbers of rows.

    openpyxl lays the book out: styles, tables, page setup, all but the rows. Those come
    from ``workbook_rows`` as they are read, because a cell of openpyxl costs ten times
    what reading it from the database does.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Tilts"
    _write_about(book, about_title, about)
    parts = [part for sheet in sheets for part in parts_of(sheet)]
    pages = [_page_of(book, part) for part in parts]
    styles = _styles(pages[0])
    frame = BytesIO()
    book.save(frame)
    rows = {page.path[1:]: part for page, part in zip(pages, parts, strict=True)}
    fill(file, frame, rows, styles, told)
    return {sheet.table: sheet.count() for sheet in sheets}


def _write_about(book, title, about):
    page = book.create_sheet(title)
    _lay_out(page, widths=[30, ABOUT_WIDTH])
    for number, (label, text) in enumerate(about, start=1):
        lines = len(textwrap.wrap(str(text), ABOUT_WIDTH))
        page.row_dimensions[number].height = LINE_HEIGHT * max(lines, 1)
        row = [_text(page, label, **BOLD)]
        page.append([*row, _text(page, text, **WRAPPED)] if text else row)


def _page_of(book, part):
    """The page of a part of a sheet with everything but its rows."""
    page = book.create_sheet(part.title)
    _lay_out(page, widths=[column.width for column in part.sheet.columns.values()])
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    page.row_dimensions[1].height = HEADER_HEIGHT
    headers = part.sheet.headers
    page.append([_text(page, header, **HEADER) for header in headers])
    if not part.count:
        # Excel repairs a table that has no row under its header
        page.append([])
    page.tables.add(_table(part.table, headers, max(part.count, 1)))
    if part.sheet.bars and part.number == 1:
        beside = get_column_letter(len(headers) + 2)
        page.add_chart(_bars(page, part.sheet), f"{beside}2")
    return page


def _styles(page):
    """The numbers of the styles that the cells of rows refer to."""
    numbers = {}
    for kind, number_format in FORMATS.items():
        cell = WriteOnlyCell(page)
        cell.number_format, cell.alignment = number_format, ALIGNED
        numbers[kind] = cell.style_id
    texts = [WriteOnlyCell(page) for _number in range(3)]
    plain, wrapped, wrapped_as_text = texts
    plain.quotePrefix = wrapped_as_text.quotePrefix = 1
    wrapped.alignment = wrapped_as_text.alignment = WRAPPED["alignment"]
    return Styles(numbers, *(cell.style_id for cell in texts))


def _lay_out(page, *, widths):
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "Tilts, &A, &P / &N"


def _table(name, headers, rows):
    area = f"A1:{get_column_letter(len(headers))}{rows + 1}"
    columns = [TableColumn(id=n, name=text) for n, text in enumerate(headers, start=1)]
    return Table(
        displayName=name,
        ref=area,
        tableColumns=columns,
        autoFilter=AutoFilter(ref=area),
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )


def _bars(page, sheet):
    """A chart of Excel over cells of the table: it says no number of its own."""
    bars, names = sheet.bars, list(sheet.columns)

    def cells(name):
        column = names.index(name) + 1
        return Reference(page, column, 2, column, bars.count + 1)

    chart = BarChart()
    chart.type, chart.title, chart.legend = "bar", bars.title, None
    chart.add_data(cells(bars.values))
    chart.set_categories(cells(bars.labels))
    chart.gapWidth = 40
    chart.series[0].graphicalProperties.solidFill = DARK.removeprefix("#")
    chart.dataLabels = DataLabelList(showVal=True, **ONLY_THE_VALUE)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.scaling.min = 0
    chart.y_axis.number_format = "0%"
    # Excel draws a title over the bars unless it is told
    chart.title.overlay = False
    chart.y_axis.majorGridlines = None
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
    chart.width, chart.height = 16, 3 + bars.count
    return chart


def _text(page, text, **style):
    """A cell that stays text even if it says “=1+1” or “#N/A”."""
    cell = WriteOnlyCell(page, clean(text))
    cell.data_type = "s"
    if looks_like_formula(cell.value):
        cell.quotePrefix = 1
    for name, value in style.items():
        setattr(cell, name, value)
    return cell

"""Write sheets into an Excel file, row by row, so that its size costs no memory.

Numbers are numbers and dates are dates; text is only ever text.
"""

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo

from interface.palette import DARK, PAPER
from reports.resources import Type
from reports.spreadsheet_text import clean, looks_like_formula

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {Type.DATE: "dd.mm.yyyy", Type.HOURS: "0.00"}
HEADER_HEIGHT = 32
A4 = 9


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


def write(file, sheets, about, *, about_title):
    """Fill ``file``. Returns the number of rows by table name of the sheets.

    ``about`` are the pairs of the first sheet: what it is, what it says.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Tilts"
    _write_about(book, about_title, about)
    rows = {sheet.table: _write_sheet(book, sheet) for sheet in sheets}
    book.save(file)
    return rows


def _write_about(book, title, about):
    page = book.create_sheet(title)
    _lay_out(page, widths=[30, 92])
    for label, text in about:
        row = [_text(page, label, **BOLD)]
        page.append([*row, _text(page, text, **WRAPPED)] if text else row)


def _write_sheet(book, sheet):
    columns = list(sheet.columns.values())
    headers = [str(column.column_name) for column in columns]
    page = book.create_sheet(str(sheet.title))
    _lay_out(page, widths=[column.width for column in columns])
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    page.row_dimensions[1].height = HEADER_HEIGHT
    page.append([_text(page, header, **HEADER) for header in headers])
    count = 0
    for row in sheet.rows():
        page.append(
            [
                _cell(page, value, column.type)
                for value, column in zip(row, columns, strict=True)
            ]
        )
        count += 1
    if not count:
        # Excel repairs a table that has no row under its header
        page.append([])
    page.tables.add(_table(sheet.table, headers, max(count, 1)))
    return count


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


def _cell(page, value, kind):
    if value is None:
        return None
    if isinstance(value, str):
        return _text(page, value)
    if kind not in FORMATS:
        return value
    cell = WriteOnlyCell(page, value)
    cell.number_format = FORMATS[kind]
    return cell


def _text(page, text, **style):
    """A cell that stays text even if it says “=1+1” or “#N/A”."""
    cell = WriteOnlyCell(page, clean(text))
    cell.data_type = "s"
    if looks_like_formula(cell.value):
        cell.quotePrefix = 1
    for name, value in style.items():
        setattr(cell, name, value)
    return cell

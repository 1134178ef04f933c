"""The rows of a workbook, written into its file as they are read.

Only ``<row>`` elements are made here; whatever else a workbook consists of comes from
openpyxl. A sheet that is longer than Excel allows goes on in another one.
"""

import textwrap
import zipfile
from dataclasses import dataclass
from datetime import date
from itertools import islice, repeat
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from reports.spreadsheet_text import clean, looks_like_formula

MOST_ROWS = 1_048_575
"""What Excel holds in one sheet below the header."""
AT_ONCE = 1000
LINE_HEIGHT = 15
"""Points; LibreOffice lets wrapped texts run into each other unless it is told."""
HIGHEST = 409
"""Points that Excel gives a row at most."""
END = b"</sheetData>"


class RowsChanged(Exception):
    """Rows came or went between counting and reading: the database was not held still."""


@dataclass(frozen=True)
class Styles:
    """Numbers of styles: by type of column, and of text that looks like a formula.

    ``wrapped`` are those of texts in a sheet that is read.
    """

    by_type: dict
    as_text: int
    wrapped: int
    wrapped_as_text: int


@dataclass(frozen=True)
class Part:
    """As many rows of a sheet as fit on one page of the workbook."""

    sheet: Any
    number: int
    count: int

    @property
    def title(self):
        name = str(self.sheet.title)
        return f"{name} {self.number}" if self.number > 1 else name

    @property
    def table(self):
        name = self.sheet.table
        return f"{name}_{self.number}" if self.number > 1 else name


def parts_of(sheet):
    """One part, or more when there are more rows than Excel takes."""
    rows = sheet.count()
    starts = range(0, max(rows, 1), MOST_ROWS)
    return [
        Part(sheet, number, min(rows - start, MOST_ROWS))
        for number, start in enumerate(starts, start=1)
    ]


def fill(file, frame, parts, styles, told=None):
    """Copy ``frame`` into ``file``, with rows where they belong.

    ``parts`` are the parts by the member of the frame that is their page. Raises
    ``RowsChanged``, OSError.
    """
    done, of = 0, sum(part.count for part in parts.values())
    with (
        zipfile.ZipFile(frame) as laid_out,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in laid_out.namelist():
            content = laid_out.read(name)
            if name not in parts:
                archive.writestr(name, content)
                continue
            part = parts[name]
            if part.number == 1:
                rows = part.sheet.rows(cell_of(styles, wraps=part.sheet.wraps))
                heights = _heights(part.sheet)
            head, _end, tail = content.partition(END)
            with archive.open(name, "w") as page:
                page.write(head)
                for chunk in _chunks(part, rows, heights):
                    page.write("".join(chunk).encode())
                    done += len(chunk)
                    if told:
                        told(done, of)
                page.write(END + tail)
            if part.count < MOST_ROWS and next(rows, None):
                raise RowsChanged


def _heights(sheet):
    """What each row says of its height: as many lines as its longest cell; or nothing.

    Excel would find out by itself, LibreOffice lets the lines run into each other.
    """
    if not sheet.wraps:
        return repeat("")
    widths = [column.width for column in sheet.columns.values()]
    return (
        f' ht="{min(LINE_HEIGHT * _lines(cells, widths), HIGHEST)}" customHeight="1"'
        for cells in sheet.rows()
    )


def _lines(cells, widths):
    return max(
        sum(len(textwrap.wrap(line, width)) or 1 for line in str(cell).split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )


def _chunks(part, rows, heights):
    """The rows of a part as XML, some at a time; the others stay in ``rows``."""
    opened = [
        f'<c r="{get_column_letter(number)}'
        for number in range(1, len(part.sheet.columns) + 1)
    ]
    for start in range(0, part.count, AT_ONCE):
        chunk = []
        end = min(start + AT_ONCE, part.count)
        # The header is the first row
        for number, cells in enumerate(islice(rows, end - start), start=start + 2):
            line = "".join(
                [
                    f"{c}{number}{cell}"
                    for c, cell in zip(opened, cells, strict=True)
                    if cell
                ]
            )
            chunk.append(f'<row r="{number}"{next(heights)}>{line}</row>')
        if len(chunk) != end - start:
            raise RowsChanged
        yield chunk


def cell_of(styles, *, wraps=False):
    """Renders a cell as XML from behind its row number on; None is no cell."""
    as_text = styles.wrapped_as_text if wraps else styles.as_text

    def render(column, value):
        if value is None:
            return None
        style = styles.by_type.get(column.type)
        if isinstance(value, str):
            text = clean(value)
            if looks_like_formula(text):
                return _text(text, as_text)
            return _text(text, styles.wrapped if wraps else style)
        styled = f' s="{style}"' if style else ""
        if isinstance(value, date):
            value = to_excel(value)
        return f'"{styled}><v>{value}</v></c>'

    return render


def _text(text, style):
    """A cell that stays text even if it says “=1+1” or “#N/A”."""
    styled = f' s="{style}"' if style else ""
    kept = ' xml:space="preserve"' if text != text.strip() or "\n" in text else ""
    return f'"{styled} t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'

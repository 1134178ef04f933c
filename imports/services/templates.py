"""Empty lists to fill in: headings, what to write, and the words to choose from."""

import csv
from io import BytesIO, StringIO

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from imports.resources import TABLES
from imports.resources.columns import SomeOfWords
from interface.palette import DARK, PAPER
from privacy.workbooks import MOST_ROWS

HEADING = {
    "font": Font(bold=True, color=PAPER.replace("#", "FF")),
    "fill": PatternFill("solid", start_color=DARK.replace("#", "FF")),
    "alignment": Alignment(wrap_text=True, vertical="center"),
}
WRAPPED = Alignment(wrap_text=True, vertical="top")
WIDTHS = (34, 16, 60, 60)


def name_of_file(kind, file_type):
    template = pgettext("file", "template")
    return f"{slugify(kind.label)}-{slugify(template)}.{file_type}"


def columns_of(kind):
    """With the words of lists that an office may extend."""
    return list(TABLES[kind].for_template().values())


def xlsx(kind):
    """The list on the first sheet, because that one is read; then what to write, and words."""
    book = Workbook()
    book.properties.creator = "Tilts"
    columns = columns_of(kind)
    page = book.active
    page.title = str(kind.label)[:31]
    page.append([str(column.column_name) for column in columns])
    _lay_out(page, [max(len(str(column.column_name)) + 4, 14) for column in columns])
    page.freeze_panes = "A2"
    _explain(book.create_sheet(_("What to write")), columns)
    _offer_words(page, book.create_sheet(_("Words")), columns)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def _explain(page, columns):
    page.append([_("Column"), _("Needed"), _("What to write"), _("Words")])
    for column in columns:
        page.append(
            [
                str(column.column_name),
                _("Yes") if column.is_needed else _("No"),
                str(column.note),
                " / ".join(column.words),
            ]
        )
    _lay_out(page, WIDTHS)
    for row in page.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = WRAPPED


def _offer_words(page, words, columns):
    """A list to choose from in each cell that takes one word."""
    for at, column in enumerate((c for c in columns if c.words), start=1):
        letter = get_column_letter(at)
        for line, word in enumerate([str(column.column_name), *column.words], start=1):
            words.cell(line, at, word)
        if not isinstance(column.field, SomeOfWords):
            place = f"'{words.title}'!${letter}$2:${letter}${len(column.words) + 1}"
            choice = DataValidation(type="list", formula1=place, allow_blank=True)
            own = get_column_letter(columns.index(column) + 1)
            choice.add(f"{own}2:{own}{MOST_ROWS + 1}")
            page.add_data_validation(choice)
    _lay_out(words, [30] * words.max_column)


def _lay_out(page, widths):
    for number, width in enumerate(widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = width
    for cell in page[1]:
        for name, value in HEADING.items():
            setattr(cell, name, value)


def csv_file(kind):
    """As Excel in Latvia opens it: UTF-8 with its mark, semicolons."""
    text = StringIO()
    headings = [str(column.column_name) for column in columns_of(kind)]
    csv.writer(text, delimiter=";").writerow(headings)
    return BytesIO(text.getvalue().encode("utf-8-sig"))


WRITERS = {"xlsx": xlsx, "csv": csv_file}

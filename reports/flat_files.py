"""The sheets of the workbook as CSV and as JSON, for other programs than Excel."""

import csv
import io
import json
import zipfile
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from reports.resources import Type
from reports.spreadsheet_text import csv_cell, csv_text

TELL_EVERY = 1000
READ_ME = "0_lasi_mani"


def write_csv(file, sheets, about, *, about_title, told=None):
    """An archive with one CSV file for each sheet. Returns rows by table name.

    UTF-8 with its mark, semicolons, decimal commas and days as 2026-10-05: so Excel in
    Latvian opens them by a double click.
    """
    tally = Tally(sheets, told)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with _page(archive, READ_ME) as page:
            page.writerows(map(csv_cell, pair) for pair in [(about_title, ""), *about])
        for number, sheet in enumerate(sheets, start=1):
            with _page(archive, f"{number}_{sheet.table}") as page:
                page.writerow(map(csv_text, sheet.headers))
                rows = sheet.rows(
                    lambda column, value: csv_cell(_rounded(column, value))
                )
                page.writerows(tally.counted(sheet, rows))
    return tally.rows


@contextmanager
def _page(archive, name):
    with (
        archive.open(f"{name}.csv", "w") as member,
        io.TextIOWrapper(member, "utf-8-sig", newline="") as text,
    ):
        yield csv.writer(text, delimiter=";")


def write_json(file, sheets, about, *, about_title, told=None):
    """One object: what it is, and the sheets with their columns and rows.

    Rows are objects by the technical names of their columns, null where nothing is known;
    days are texts as 2026-10-05. Returns rows by table name.
    """
    tally = Tally(sheets, told)
    text = io.TextIOWrapper(file, "utf-8")
    text.write(f'{{"about": {_json(dict(about))}')
    text.write(', "sheets": {')
    for number, sheet in enumerate(sheets):
        head = {
            "title": str(sheet.title),
            "columns": [_column(*pair) for pair in sheet.columns.items()],
        }
        text.write(f"{', ' if number else ''}{_json(sheet.table)}: ")
        text.write(f'{_json(head)[:-1]}, "rows": [')
        names = list(sheet.columns)
        for row, cells in enumerate(tally.counted(sheet, sheet.rows(_plain))):
            text.write("," if row else "")
            text.write(f"\n{_json(dict(zip(names, cells, strict=True)))}")
        text.write("]}")
    text.write("}}\n")
    text.detach()
    return tally.rows


def _column(name, column):
    """What the data dictionary says of it."""
    return {
        "name": name,
        "label": str(column.column_name),
        "type": column.type.value,
        "description": str(column.description),
        "note": str(column.note),
    }


def _rounded(column, value):
    """Hours as the workbook shows them, to the hundredth: a flat file has no formats."""
    return value if value is None or column.type != Type.HOURS else round(value, 2)


def _plain(column, value):
    value = _rounded(column, value)
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _json(value):
    return json.dumps(value, ensure_ascii=False)


class Tally:
    """Counts rows while they pass, and tells how many of how many now and then."""

    def __init__(self, sheets, told):
        self.told = told
        self.of = sum(sheet.count() for sheet in sheets) if told else 0
        self.done = 0
        self.rows = {}

    def counted(self, sheet, rows):
        before = self.done
        for row in rows:
            yield row
            self.done += 1
            if self.told and self.done % TELL_EVERY == 0:
                self.told(self.done, self.of)
        self.rows[sheet.table] = self.done - before

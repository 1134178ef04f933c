"""From the uploaded file to the list that waits to be confirmed, and its forgetting."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from imports.models import Import
from imports.services import matching
from privacy import audit
from privacy.workbook_gate import LARGEST_FILE, NotReadable
from privacy.workbooks import read_table

WITHOUT_ROWS = _("There is nothing below the headings. Fill in a row and try again.")
EMPTY = _("The file is empty.")


class NothingToRead(Exception):
    """As text it says what the file lacks."""


@dataclass
class Sheet:
    """Headings, rows, and the number that the first row has in the file."""

    headings: list
    rows: list
    first: int

    @property
    def numbered(self):
        """Rows with their numbers in the file, without those that are blank."""
        numbered = enumerate(self.rows, start=self.first)
        return [(number, row) for number, row in numbered if matching.is_filled(row)]

    def without(self, positions):
        """The same without the columns at these positions; the others stay where they are."""
        cut = [
            [None if at in positions else cell for at, cell in enumerate(row)]
            for row in self.rows
        ]
        return Sheet(self.headings, cut, self.first)

    def to_json(self):
        return json.dumps(vars(self), ensure_ascii=False)

    @classmethod
    def of(cls, imported):
        return cls(**json.loads(imported.content))


def read(file, kind):
    """The list in a file from outside; ``NotReadable`` or ``NothingToRead`` say why not."""
    return sheet_of(read_table(file), kind)


def sheet_of(rows, kind):
    rows = [[plain(cell) for cell in row] for row in rows]
    if not any(map(matching.is_filled, rows)):
        raise NothingToRead(str(EMPTY))
    at = matching.line_of_headings(rows, kind)
    sheet = Sheet(
        [str(cell or "").strip() for cell in rows[at]], rows[at + 1 :], at + 2
    )
    if not sheet.numbered:
        raise NothingToRead(str(WITHOUT_ROWS))
    if len(sheet.to_json()) > LARGEST_FILE:
        raise NotReadable("heavy")
    width = max(map(len, [sheet.headings, *sheet.rows]))
    sheet.headings += [""] * (width - len(sheet.headings))
    sheet.rows = [row + [None] * (width - len(row)) for row in sheet.rows]
    return sheet


def plain(cell):
    """A cell as JSON can hold it: days and times as texts."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return f"{cell.hour}:{cell.minute:02}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(cell, str):
        return cell.strip() or None
    return cell


@transaction.atomic
def keep(sheet, *, kind, by, place, actor):
    """Put the list aside, sealed, until it is confirmed or an hour has passed."""
    imported = put_aside(sheet, kind=kind, by=by, place=place)
    forget.using(run_after=imported.brought_at + Import.KEPT_FOR).enqueue(
        str(imported.pk)
    )
    audit.record(actor, audit.Verb.CREATE, imported, kind=kind, rows=len(sheet.rows))
    return imported


def put_aside(sheet, *, kind, by, place):
    """The list as it will be checked; for whoever notes it and stores it at once.

    An earlier one of the kind that still waits is forgotten: it was the same one, mended.
    """
    Import.objects.filter(by=by, kind=kind).waiting().update(content="")
    imported = Import.objects.create(
        kind=kind, by=by, municipality=place, content=sheet.to_json()
    )
    positions = matching.matched(kind, sheet.headings)
    if matching.is_complete(kind, positions, sheet):
        choose(imported, positions, sheet)
    return imported


def choose(imported, positions, sheet):
    """What stands in which column; columns that nobody wants are forgotten at once."""
    wanted = set(positions.values())
    others = set(range(len(sheet.headings))) - wanted
    imported.columns = positions
    imported.content = sheet.without(others).to_json()
    imported.save(update_fields=["columns", "content"])


@task()
def forget(import_id):
    """Nobody confirmed it: the list goes."""
    over = timezone.now() - Import.KEPT_FOR
    rows = Import.objects.filter(pk=import_id, brought_at__lte=over)
    rows.waiting().update(content="")

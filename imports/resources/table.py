"""The frame of every list: reading its rows, and what was found wrong with them."""

from dataclasses import dataclass, field
from functools import cached_property

from django.core.exceptions import ValidationError
from import_export import resources
from openpyxl.utils import get_column_letter


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell, and where it stands in the file."""

    place: str
    heading: str
    text: str


@dataclass
class Row:
    """One row of the file as it was understood.

    ``like`` says what it may be already, to be decided by a person; ``known`` why it is
    there already and will not be added. Both are words for the owner of the list.
    """

    number: int
    values: dict
    problems: list = field(default_factory=list)
    like: str = ""
    known: str = ""
    name: str = ""

    @property
    def is_new(self):
        return not (self.problems or self.like or self.known)


class Table(resources.Resource):
    """A list that can be imported: its declared columns are all that can come in.

    Whose the rows are and where is decided by who brings the list, never by the file.
    """

    model = None
    row_class = Row

    def __init__(self, person, place, positions):
        """``positions`` is the number of the column of the file for each column here."""
        super().__init__()
        self.person, self.place, self.positions = person, place, positions
        self.prepare()

    @classmethod
    def declared(cls):
        """Columns by technical name, for those that ask before there is a file."""
        return cls.fields

    def prepare(self):
        """Fetch at once what the rows will be compared with."""

    def read(self, number, cells):
        row = self.row_class(number, {})
        for name, column in self.fields.items():
            if name in self.positions:
                value, trouble = _understood(column, cells[self.positions[name]])
            else:
                value, trouble = self.left_out[name]
            row.values[name] = value
            if trouble:
                self.blame(row, name, trouble)
        self.judge(row)
        # As people read: A3, B3, AA3
        row.problems.sort(key=lambda problem: (len(problem.place), problem.place))
        return row

    @cached_property
    def left_out(self):
        """What columns that the file does not have say of every row."""
        return {
            name: _understood(column, None)
            for name, column in self.fields.items()
            if name not in self.positions
        }

    def blame(self, row, name, text):
        """Say what is wrong, once for each cell; about the row where it has no column."""
        position = self.positions.get(name)
        letter = get_column_letter(position + 1) if position is not None else ""
        place = f"{letter}{row.number}"
        if any(problem.place == place for problem in row.problems):
            return
        column = self.fields.get(name)
        heading = str(column.column_name) if column else ""
        row.problems.append(Problem(place, heading, str(text)))

    def shown(self, row):
        """``(heading, value)`` of the cells of a row that say something."""
        return [
            (column.column_name, column.shown(row.values[name]))
            for name, column in self.fields.items()
            if row.values[name] not in (None, "", [])
        ]

    @classmethod
    def for_template(cls):
        """Columns with the words that an office has added."""
        return cls.declared()

    def judge(self, row):
        """What several cells of a row say together."""

    def compare(self, rows):
        """Mark rows that are, or may be, there already."""

    def add(self, rows, *, actor):
        """Store the rows; returns ``{table: ids}`` of everything that came of them."""
        raise NotImplementedError

    @classmethod
    def locked(cls, imported, ids):
        """Those of the rows that may not go any more, for reasons of their own."""
        return set()

    @classmethod
    def names(cls, ids):
        """How the owner knows rows that stand in the way, without names of people."""
        rows = cls.model._base_manager.filter(pk__in=ids).order_by("pk")
        return [str(row) for row in rows]


def _understood(column, cell):
    """The value of a cell, and in words what is wrong with it."""
    try:
        return column.widget.clean(cell), ""
    except ValidationError as error:
        return None, " ".join(error.messages)


def ids_of(rows):
    """``{"families.family": [ids]}`` of rows of one table."""
    return {rows[0]._meta.label_lower: [str(row.pk) for row in rows]} if rows else {}

"""What a column of an exported sheet is: declared once, for writer and dictionary."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from operator import itemgetter

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from import_export import fields, resources, widgets


class Type(models.TextChoices):
    """How the values of a column are written, and what the dictionary calls it."""

    IDENTIFIER = "identifier", pgettext_lazy("type of a column", "identifier")
    PSEUDONYM = "pseudonym", pgettext_lazy("type of a column", "pseudonym")
    CHOICE = "choice", pgettext_lazy("type of a column", "classifier")
    TEXT = "text", pgettext_lazy("type of a column", "text")
    DATE = "date", pgettext_lazy("type of a column", "date")
    NUMBER = "number", pgettext_lazy("type of a column", "number")
    HOURS = "hours", pgettext_lazy("type of a column", "hours")
    SHARE = "share", pgettext_lazy("type of a column", "share")
    YES_NO = "yes_no", pgettext_lazy("type of a column", "yes/no")


class Native(widgets.Widget):
    """Leaves numbers numbers and dates dates."""

    def render(self, value, obj=None, **kwargs):
        return value


class Column(fields.Field):
    """One column: header, type, the stored values it is made of, and its meaning.

    ``sources`` are names for ``QuerySet.values``; ``read`` makes the cell of them.
    None is an empty cell and means “unknown” or “does not apply”.
    """

    def __init__(
        self, header, kind, *sources, read=None, width=12, description, note=""
    ):
        super().__init__(
            attribute=sources[0], column_name=header, widget=Native(), readonly=True
        )
        self.type = kind
        self.sources = sources
        self.read = read or (as_number if kind == Type.NUMBER else as_it_is)
        self.width = width
        self.description = description
        self.note = note

    def get_value(self, row):
        return self.cell(*(row[source] for source in self.sources))

    def cell(self, *stored):
        """What the cell says of its stored values, which stand in the order of ``sources``."""
        value = self.read(*stored)
        return None if value == "" else value


def as_it_is(value):
    return value


def as_number(value):
    """Whole ones without decimals: what equals another number is written like it."""
    is_whole = isinstance(value, Decimal) and value == value.to_integral_value()
    return int(value) if is_whole else value


def label_of(choices):
    """Reads a stored choice as its word."""

    def read(value):
        return str(choices(value).label) if value else None

    return read


def yes_or_no(value):
    if value is None:
        return None
    return gettext("Yes") if value else gettext("No")


def hours(minutes):
    """Exact, so that adding rows up gives the hours of the indicator."""
    return (minutes or 0) / 60


def municipality(source="municipality__label_lv"):
    return Column(
        pgettext_lazy("column", "Municipality"),
        Type.CHOICE,
        source,
        width=24,
        description=_("Short name of the municipality."),
    )


@dataclass(frozen=True)
class Bars:
    """A bar chart beside a sheet: its first ``count`` rows, by technical names of columns."""

    title: str
    labels: str
    values: str
    count: int


class Remembered(dict):
    """The cells of one column by what is stored: each is read and rendered once.

    Most columns repeat few values. One that does not is forgotten from time to time, so
    that it takes no memory.
    """

    most = 10_000

    def __init__(self, column, render):
        super().__init__()
        self.column = column
        self.render = render
        self.is_single = len(column.sources) == 1

    def __missing__(self, stored):
        if len(self) >= self.most:
            self.clear()
        stored_values = (stored,) if self.is_single else stored
        cell = self.render(self.column, self.column.cell(*stored_values))
        self[stored] = cell
        return cell


def value_itself(_column, value):
    return value


def indicator_code():
    return Column(
        pgettext_lazy("column", "Code"),
        Type.IDENTIFIER,
        "code",
        width=8,
        description=_("Code of the indicator in the catalogue."),
    )


def indicator_unit():
    return Column(
        pgettext_lazy("column", "Unit"),
        Type.CHOICE,
        "unit",
        width=26,
        description=_("What is counted."),
    )


def indicator_definition():
    return Column(
        pgettext_lazy("column", "Definition"),
        Type.TEXT,
        "definition",
        width=70,
        description=_("What is counted, in a sentence."),
    )


class Made:
    """Rows that are made anew each time they are read, because there may be many.

    ``make`` gives them as dictionaries, ``number`` says how many; without it they are
    gone through once more.
    """

    def __init__(self, make, number=None):
        self.make, self.number = make, number

    def __iter__(self):
        return iter(self.make())

    def count(self):
        if self.number is None:
            self.number = sum(1 for _row in self)
        return self.number


class Sheet(resources.Resource):
    """A resource that fills one sheet of the workbook.

    Its declared columns are all that can leave: no column, no data. ``rows`` and
    import-export's own ``export`` give the same values.
    """

    title = ""
    table = ""
    chunk = 2000
    wraps = False
    """Whether its texts are read, on paper too: they take several lines instead of width."""

    def __init__(self, scope=None, **kwargs):
        super().__init__(**kwargs)
        self.scope = scope

    @property
    def columns(self):
        """Columns by technical name, in order."""
        return self.fields

    @property
    def headers(self):
        return [str(column.column_name) for column in self.columns.values()]

    def is_needed(self):
        """Sheets that repeat others in more detail appear only when there is more.

        All others stand in every workbook, empty or not: what reads one reads the next.
        """
        return True

    @property
    def bars(self):
        """The ``Bars`` beside the table in the workbook, or None."""
        return None

    def iter_queryset(self, queryset):
        """For import-export, which reads a row as a dictionary."""
        if not isinstance(queryset, models.QuerySet):
            return iter(queryset)
        return queryset.values(*self._sources).iterator(chunk_size=self.chunk)

    @cached_property
    def found(self):
        """What the rows are made of: a queryset, a list that is computed once, or ``Made``."""
        return self.get_queryset()

    def count(self):
        """How many rows there are."""
        return len(self.found) if isinstance(self.found, list) else self.found.count()

    def rows(self, render=value_itself):
        """All cells, row by row, as ``render(column, value)`` gives them.

        The columns are turned into a plan over tuples of the database once; nothing
        but what ``Remembered`` keeps is held in memory.
        """
        at = {source: n for n, source in enumerate(self._sources)}
        plan = [
            (itemgetter(*map(at.get, column.sources)), Remembered(column, render))
            for column in self.columns.values()
        ]
        for stored in self._stored():
            yield [cells[pick(stored)] for pick, cells in plan]

    @cached_property
    def _sources(self):
        return sorted({s for column in self.columns.values() for s in column.sources})

    def _stored(self):
        if not isinstance(self.found, models.QuerySet):
            return (tuple(map(row.get, self._sources)) for row in self.found)
        return self.found.values_list(*self._sources).iterator(chunk_size=self.chunk)

"""What a column of an exported sheet is: declared once, for writer and dictionary."""

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
        self.read = read or as_it_is
        self.width = width
        self.description = description
        self.note = note

    def get_value(self, row):
        value = self.read(*(row[source] for source in self.sources))
        return None if value == "" else value


def as_it_is(value):
    return value


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
        width=18,
        description=_("Short name of the municipality."),
    )


class Sheet(resources.Resource):
    """A resource that fills one sheet of the workbook.

    Its declared columns are all that can leave: no column, no data. ``rows`` and
    import-export's own ``export`` give the same values.
    """

    title = ""
    table = ""
    chunk = 2000

    def __init__(self, scope=None, **kwargs):
        super().__init__(**kwargs)
        self.scope = scope

    @property
    def columns(self):
        """Columns by technical name, in order."""
        return self.fields

    def is_needed(self):
        """Sheets that repeat others in more detail appear only when there is more."""
        return True

    def iter_queryset(self, queryset):
        if isinstance(queryset, list):
            return iter(queryset)
        sources = {s for column in self.columns.values() for s in column.sources}
        return queryset.values(*sorted(sources)).iterator(chunk_size=self.chunk)

    def rows(self):
        """The values of all cells, row by row, without holding them in memory."""
        columns = list(self.columns.values())
        for row in self.iter_queryset(self.get_queryset()):
            yield [column.get_value(row) for column in columns]

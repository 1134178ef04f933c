"""Charts of a survey; the numbers stand in a table beside each."""

from django.utils.translation import gettext as _

from evaluation.questions import Scale
from interface import charts, palette

PARTS = {
    Scale.NO: "handed",
    Scale.SOME: "working",
    Scale.YES: "done",
    Scale.CANNOT_SAY: "none",
}
"""What a point of the scale looks like; who left the question out is not drawn."""
SMALLEST = 10
"""Per cent of a bar: room for a count on a phone."""


def name_of(row):
    return str(row.place) if row.place else _("Total")


def scale_bar(told, row):
    """One row of a scale as a bar of its points."""
    parts = [
        (str(point.label), row.counts[point], role) for point, role in PARTS.items()
    ]
    return charts.stacked(
        parts, title=f"{told.question}, {name_of(row)}", smallest=SMALLEST
    )


def scale_legend():
    """``[(colour, label)]`` of the points of the scale, in the order of the bars."""
    return [(palette.PARTS[role].ground, point.label) for point, role in PARTS.items()]


def scale_rows(told):
    """``[(row, name, bar)]`` of a question on a scale, Kopā last."""
    return [(row, name_of(row), scale_bar(told, row)) for row in told.table]


def option_bars(told, row):
    """How often each answer was given, in the order of Kopā; nothing where nobody did."""
    rows = [
        (label, row.counts[code]) for code, label, in_total in told.options if in_total
    ]
    return rows and charts.bars(rows, title=f"{told.question}, {name_of(row)}")


def option_pictures(told):
    """Kopā first, then one small picture for each municipality."""
    return [
        (name_of(row), row, option_bars(told, row)) for row in (told.total, *told.rows)
    ]

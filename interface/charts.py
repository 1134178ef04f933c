"""Charts as SVG, drawn on the server: the same picture on the page and in the PDF.

Each chart says its numbers in its title for people who cannot see it; a table
stands beside it on the page. Colours are attributes, because PDF renderers do not
apply the page's stylesheet inside a picture; the classes are for the dark theme.
"""

import textwrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from interface import latvian, palette
from interface.palette import (
    AXIS,
    DARK,
    FONT,
    INK,
    LINE,
    MID,
    MUTED,
    PALE,
    PAPER,
    TRACK,
)

LABEL_LETTERS = 24
VALUE_LETTER_WIDTH = 9
LETTER_WIDTH = 7.4
LINE_HEIGHT = 17
BAR_LENGTH = 166
LABELS_WIDTH = 64
"""Room for the names of two months side by side."""
PALE_BAR = (PALE, "chart-pale")
SMALLEST_PART = 6  # per cent: room for a printed count

# Shares of the largest value from which a cell of a heat table takes the next step
HEAT = (0.07, 0.17, 0.375, 0.6, 0.8)


def bars(rows, *, title):
    """Horizontal bars: label, bar, value. The first is dark, so sort by size."""
    rows = [(textwrap.wrap(str(label), LABEL_LETTERS), value) for label, value in rows]
    longest = max((len(line) for lines, _value in rows for line in lines), default=0)
    label_width = round(longest * LETTER_WIDTH) + 4
    shares = _shares([value for _lines, value in rows])
    drawn, y = [], 4
    for position, ((lines, value), share) in enumerate(zip(rows, shares, strict=True)):
        height = max(19, LINE_HEIGHT * len(lines))
        place = (label_width, y, height)
        drawn.append(_bar_row(lines, value, position, place, share))
        y += height + 8
    text = _spoken(title, [(" ".join(lines), value) for lines, value in rows])
    picture = format_html_join("", "{}", ((row,) for row in drawn))
    room = max((len(latvian.number(value)) for _lines, value in rows), default=0)
    room = max(44, round(7 + room * VALUE_LETTER_WIDTH))
    return _picture("bars", (label_width + 9 + BAR_LENGTH + room, y), text, picture)


def _bar_row(lines, value, position, place, share):
    label_width, y, height = place
    middle = y + height / 2
    first_line = middle + 5 - LINE_HEIGHT * (len(lines) - 1) / 2
    label = format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="end" fill="{}">{}</text>',
        (
            (label_width, _short(first_line + LINE_HEIGHT * number), INK, line)
            for number, line in enumerate(lines)
        ),
    )
    return format_html(
        '{}<rect x="{}" y="{}" width="{}" height="19" rx="2" fill="{}" class="{}"/>'
        '<text x="{}" y="{}" font-weight="700" fill="{}">{}</text>',
        label,
        label_width + 9,
        _short(middle - 9.5),
        _short(BAR_LENGTH * share),
        *((DARK, "chart-dark") if position == 0 else (MID, "chart-mid")),
        _short(label_width + 16 + BAR_LENGTH * share),
        _short(middle + 5),
        INK,
        latvian.number(value),
    )


def mini_columns(values, *, title):
    """A handful of columns beside a number, without words; the last is dark."""
    last = len(values) - 1
    heights = [32 * share for share in _shares(values)]
    columns = format_html_join(
        "",
        '<rect x="{}" y="{}" width="12" height="{}" rx="1.5" fill="{}" class="{}"/>',
        (
            (_short(18.4 * position), _short(34 - height), _short(height), *colour)
            for position, height in enumerate(heights)
            for colour in [(DARK, "chart-dark") if position == last else PALE_BAR]
        ),
    )
    text = f"{title}: {', '.join(latvian.number(value) for value in values)}"
    return _picture("mini", (_short(max(18.4 * last + 12, 12)), 34), text, columns)


def columns(values, labels, *, title, reference=None, maximum=None, ends=None):
    """One of several small pictures of months. Give all of them the same ``maximum``.

    The values at both ``ends`` (positions, else the first and the last) are printed, and a
    dashed line at ``reference``; columns behind the second end are pale.
    """
    largest = max([maximum or 0, reference or 0, *values])
    heights = [76 * share for share in _shares(values, largest)]
    step = 200 / max(len(values), 1)
    first, last = ends or (0, len(values) - 1)
    drawn = format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" rx="1.5" fill="{}" class="{}"/>',
        (
            (
                _short(step * position + 1.5),
                _short(98 - height),
                _short(step - 3),
                _short(height),
                *_column_colour(position, last),
            )
            for position, height in enumerate(heights)
        ),
    )
    right = min(max(step * (last + 1) - 2, step * first + 2 + LABELS_WIDTH), 198)
    left = min(step * first + 2, right - LABELS_WIDTH)
    printed = {first: ("start", _short(left))}
    if last > first:
        printed[last] = ("end", _short(right))
    words = format_html_join(
        "",
        '<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="700" fill="{ink}">'
        '{value}</text><text x="{x}" y="114" text-anchor="{anchor}" font-size="13"'
        ' fill="{muted}" class="chart-axis">{label}</text>',
        (
            {
                "x": x,
                "y": _short(93 - heights[position]),
                "anchor": anchor,
                "ink": INK,
                "value": latvian.number(values[position]),
                "muted": MUTED,
                "label": labels[position],
            }
            for position, (anchor, x) in printed.items()
            if values
        ),
    )
    text = _spoken(title, zip(labels, values, strict=True))
    line = _reference_line(reference, largest)
    floor = format_html(
        '<line x1="0" x2="200" y1="98" y2="98" stroke="{}" class="chart-line"/>', AXIS
    )
    return _picture("columns", (200, 118), text, line + drawn + floor + words)


def _column_colour(position, last):
    if position > last:
        return PALE_BAR
    return (DARK, "chart-dark") if position == last else (MID, "chart-mid")


def _reference_line(reference, largest):
    if reference is None:
        return SafeString()
    [share] = _shares([reference], largest)
    y = _short(98 - 76 * share)
    return format_html(
        '<line x1="0" x2="200" y1="{}" y2="{}" stroke="{}" stroke-dasharray="4 4"'
        ' class="chart-line"/>',
        y,
        y,
        LINE,
    )


def stacked(parts, *, title, smallest=SMALLEST_PART):
    """One bar of several parts with printed counts: (label, value, role).

    Roles are those of the palette: done, working, handed, late, none. Very small
    parts are drawn wide enough for their count: ``smallest`` is in per cent.
    """
    parts = [part for part in parts if part[1]]
    total = sum(value for _label, value, _role in parts)
    widths = [
        max(100 * share, smallest)
        for share in _shares([value for _label, value, _role in parts], total)
    ]
    drawn, x = [], 0
    for (_label, value, role), wanted in zip(parts, widths, strict=True):
        width = 100 * wanted / sum(widths)
        drawn.append(
            {
                "x": _short(x),
                "width": _short(width),
                "middle": _short(x + width / 2),
                "ground": palette.PARTS[role].ground,
                "text": palette.PARTS[role].text,
                "paper": PAPER,
                "role": role,
                "value": latvian.number(value),
            }
        )
        x += width
    picture = format_html_join(
        "",
        '<rect x="{x}%" y="0" width="{width}%" height="26" fill="{ground}"'
        ' stroke="{paper}" stroke-width="2" class="chart-part chart-{role}"/>'
        '<text x="{middle}%" y="18" text-anchor="middle" font-size="14.5"'
        ' font-weight="700" fill="{text}" class="chart-on-{role}">{value}</text>',
        drawn,
    )
    text = _spoken(title, [(label, value) for label, value, _role in parts])
    return _strip("stacked", 26, text, picture)


def bullet(value, target, expected=None, *, title):
    """Share of a target that is reached; a dark tick where it should be by now."""
    [reached] = _shares([value], target)
    tick = ""
    if expected is not None:
        [due] = _shares([expected], target)
        tick = format_html(
            '<rect x="{}%" y="0" width="4" height="18" fill="{}" stroke="{}"'
            ' stroke-width="1" class="chart-tick"/>',
            _short(min(100 * due, 98.5)),
            INK,
            PAPER,
        )
    picture = format_html(
        '<rect x="0" y="4" width="100%" height="10" rx="5" fill="{}"'
        ' class="chart-track"/>'
        '<rect x="0" y="4" width="{}%" height="10" rx="5" fill="{}" class="chart-dark"/>'
        "{}",
        TRACK,
        _short(min(100 * reached, 100)),
        DARK,
        tick,
    )
    return _strip("bullet", 18, title, picture)


def bar(value, maximum):
    """A bar in a table cell whose number stands beside it, so it says nothing itself."""
    [share] = _shares([value], maximum)
    return format_html(
        '<svg class="chart chart--bar" width="100%" height="18" aria-hidden="true">'
        '<rect width="{}%" height="18" rx="2" fill="{}"'
        ' class="chart-dark"/></svg>',
        _short(100 * share),
        DARK,
    )


def dot(value, mark, maximum):
    """A dot at a value and a tick at the mark it is held against, from nought on.

    Both numbers stand beside it in the table, so it says nothing itself.
    """
    at, due = (2 + 95 * share for share in _shares([value, mark], maximum))
    return format_html(
        '<svg class="chart chart--dot" width="100%" height="18" aria-hidden="true">'
        '<line x1="2%" x2="{x}%" y1="9" y2="9" stroke="{mid}"'
        ' stroke-width="3" class="chart-line"/><rect x="{due}%" y="0" width="3"'
        ' height="18" fill="{ink}" class="chart-tick"/><circle cx="{x}%" cy="9" r="6"'
        ' fill="{dark}" class="chart-dark"/></svg>',
        x=_short(at),
        due=_short(due),
        mid=MID,
        dark=DARK,
        ink=INK,
    )


def heat_level(value, maximum):
    """The step from 0 to 5 that a cell of a heat table takes."""
    [share] = _shares([value], maximum)
    return sum(share >= threshold for threshold in HEAT)


def _shares(values, whole=None):
    """Each value as a share of the whole, or of the largest; nothing of nothing is 0."""
    whole = float(max(values, default=0) if whole is None else whole)
    return [float(value) / whole if whole else 0.0 for value in values]


def _spoken(title, rows):
    told = ", ".join(f"{label} {latvian.number(value)}" for label, value in rows)
    return f"{title}: {told}" if told else title


def _picture(kind, size, text, content):
    """A drawing that grows and shrinks with its place."""
    return format_html(
        '<svg class="chart chart--{}" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' font-family="{}" font-size="15"><title>{}</title>{}</svg>',
        kind,
        *size,
        text,
        FONT,
        text,
        content,
    )


def _strip(kind, height, text, content):
    """A drawing as wide as its place, of fixed height, whose letters keep their size."""
    return format_html(
        '<svg class="chart chart--{}" width="100%" height="{}" role="img"'
        ' aria-label="{}" font-family="{}"><title>{}</title>{}</svg>',
        kind,
        height,
        text,
        FONT,
        text,
        content,
    )


def _short(value):
    """Coordinates with one decimal keep pages small; SVG always wants a point."""
    return f"{value:.1f}".removesuffix(".0")

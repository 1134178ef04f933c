"""A map of equal tiles, one for each place: no map service, no outline, nobody's borders.

Where a tile stands is data of the place; its colour is a step of the heat tables.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from interface import latvian
from interface.charts import heat_level
from interface.palette import FONT, INK, LINE, MUTED, PAPER, STEPS

SIDE, GAP = 64, 4
MOST = len(STEPS) - 1


@dataclass(frozen=True)
class Tile:
    """One place: where it stands, what it is called in three letters, its number.

    ``value`` is None where nothing is counted.
    """

    row: int
    column: int
    code: str
    name: str
    value: Decimal | int | None


def tile_map(tiles, *, title):
    """The tiles as SVG. Its text tells every number; a table should stand beside it."""
    top = min(tile.row for tile in tiles)
    left = min(tile.column for tile in tiles)
    most = max((tile.value or 0 for tile in tiles), default=0)
    drawn = format_html_join(
        "", "{}", ((_drawn(tile, top, left, most),) for tile in tiles)
    )
    width = (max(tile.column for tile in tiles) - left + 1) * (SIDE + GAP) - GAP
    height = (max(tile.row for tile in tiles) - top + 1) * (SIDE + GAP) - GAP
    told = ", ".join(
        f"{tile.name} {latvian.number(tile.value)}"
        for tile in tiles
        if tile.value is not None
    )
    return format_html(
        '<svg class="chart chart--tiles" viewBox="0 0 {} {}" role="img" aria-label="{}"'
        ' font-family="{}" font-size="15" text-anchor="middle">{}</svg>',
        width,
        height,
        f"{title}: {told}",
        FONT,
        drawn,
    )


def _drawn(tile, top, left, most):
    x, y = (tile.column - left) * (SIDE + GAP), (tile.row - top) * (SIDE + GAP)
    level = heat_level(tile.value or 0, most)
    number = SafeString()
    if tile.value is not None:
        number = format_html(
            '<tspan x="{}" dy="21" font-weight="700" font-size="18">{}</tspan>',
            x + SIDE / 2,
            latvian.number(tile.value),
        )
    return format_html(
        '<g><title>{name}</title><rect x="{x}" y="{y}" width="{side}" height="{side}"'
        ' rx="6" fill="{ground}" stroke="{line}" class="chart-heat-{level}"/>'
        '<text x="{middle}" y="{word}" fill="{ink}" class="chart-on-heat-{level}">'
        "{code}{number}</text></g>",
        name=tile.name,
        x=x,
        y=y,
        side=SIDE,
        ground=STEPS[level],
        line=LINE,
        level=level,
        middle=x + SIDE / 2,
        word=y + (27 if number else 37),
        ink=MUTED if tile.value is None else PAPER if level == MOST else INK,
        code=tile.code,
        number=number,
    )

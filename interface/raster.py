"""Our charts as PNG, for slides and texts of other programs, which take no SVG.

The points are drawn from the SVG that the page and the PDF show, so a chart has one
declaration. Known are the rectangles and texts of which ``interface/charts.py`` makes bars;
anything else is refused rather than left out.
"""

import textwrap
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from defusedxml import ElementTree
from PIL import Image, ImageDraw, ImageFont

from interface.palette import INK, MUTED, PAPER

SCALE = 3
"""Points for one unit of the drawing: sharp on paper and on a large screen."""
MARGIN, GAP = 16, 10
SIZE, TITLE_SIZE, LINE_HEIGHT = 15, 17, 22
STRIP = 420
"""Width of a drawing that fills whatever place it is given."""
LETTERS = 60
"""Of a line of the title."""
FONTS = Path(__file__).resolve().parent.parent / "static/fonts/pdf"
ANCHORS = {None: "ls", "middle": "ms", "end": "rs"}


class NotDrawable(ValueError):
    """The drawing holds something that this module does not know."""


class Drawing(NamedTuple):
    """An SVG of ours, and its size in its own units."""

    root: object
    width: float
    height: float

    @classmethod
    def of(cls, svg):
        root = ElementTree.fromstring(str(svg))
        if box := root.get("viewBox"):
            _x, _y, width, height = map(float, box.split())
            return cls(root, width, height)
        return cls(root, STRIP, float(root.get("height")))


def png(svg, *, title):
    """The bytes of a PNG: the drawing under its title."""
    return png_of_rows([("", svg)], title=title)


def png_of_rows(rows, *, title, legend=()):
    """The same of several drawings below each other, each beside its label.

    ``legend`` are pairs of a colour and what it stands for.
    """
    rows = [(str(label), Drawing.of(svg)) for label, svg in rows]
    head = textwrap.wrap(str(title), LETTERS)
    labels = max((_width(label) for label, _drawing in rows), default=0)
    labels += GAP if labels else 0
    lines = [*(_width(line, TITLE_SIZE, "700") for line in head), _width_of(legend)]
    width = max([labels + drawing.width for _label, drawing in rows] + lines)
    height = LINE_HEIGHT * (len(head) + bool(legend)) + GAP
    height += sum(drawing.height + GAP for _label, drawing in rows)
    size = [round((side + 2 * MARGIN) * SCALE) for side in (width, height)]
    image = Image.new("RGB", size, PAPER)
    canvas, y = ImageDraw.Draw(image), MARGIN
    for line in head:
        _write(canvas, (MARGIN, y + TITLE_SIZE), line, size=TITLE_SIZE, weight="700")
        y += LINE_HEIGHT
    y += GAP
    for label, drawing in rows:
        _write(canvas, (MARGIN, y + drawing.height / 2 + SIZE / 3), label)
        _draw(canvas, drawing, MARGIN + labels, y)
        y += drawing.height + GAP
    _explain(canvas, legend, y)
    return _bytes(image)


def _bytes(image):
    file = BytesIO()
    image.save(file, "PNG", optimize=True, dpi=(96 * SCALE, 96 * SCALE))
    return file.getvalue()


def _draw(canvas, drawing, left, top):
    for part in drawing.root:
        if part.tag == "title":
            continue
        if len(part) or part.tag not in {"rect", "text"}:
            raise NotDrawable(part.tag)
        x = left + _length(part.get("x"), drawing.width)
        y = top + float(part.get("y"))
        if part.tag == "text":
            _write(
                canvas,
                (x, y),
                part.text or "",
                size=float(part.get("font-size", SIZE)),
                weight=part.get("font-weight"),
                fill=part.get("fill"),
                anchor=ANCHORS[part.get("text-anchor")],
            )
            continue
        width = _length(part.get("width"), drawing.width)
        _fill(canvas, (x, y, x + width, y + float(part.get("height"))), part)


def _fill(canvas, box, part):
    left, top, right, bottom = (side * SCALE for side in box)
    if right - left < 1:
        return
    line = part.get("stroke")
    canvas.rounded_rectangle(
        (left, top, right - 1, bottom - 1),
        radius=float(part.get("rx", 0)) * SCALE,
        fill=part.get("fill"),
        outline=line,
        width=round(float(part.get("stroke-width", 0)) * SCALE / 2) if line else 0,
    )


def _length(text, whole):
    share = text.removesuffix("%")
    return float(text) if share == text else float(share) * whole / 100


def _write(canvas, at, text, *, size=SIZE, weight=None, fill=INK, anchor="ls"):
    place = tuple(value * SCALE for value in at)
    canvas.text(place, text, font=_font(size, weight), fill=fill, anchor=anchor)


def _explain(canvas, legend, y):
    x = MARGIN
    for colour, words in legend:
        square = (x, y + 2, x + SIZE, y + 2 + SIZE)
        canvas.rectangle([side * SCALE for side in square], fill=colour)
        _write(canvas, (x + SIZE + GAP / 2, y + SIZE), str(words), fill=MUTED)
        x += SIZE + 2 * GAP + _width(str(words))


def _width_of(legend):
    return sum(SIZE + 2 * GAP + _width(str(words)) for _colour, words in legend)


def _width(text, size=SIZE, weight=None):
    return _font(size, weight).getlength(text) / SCALE


@cache
def _font(size, weight=None):
    path = FONTS / f"tilts-sans-{weight or '400'}.ttf"
    return ImageFont.truetype(path, round(size * SCALE))

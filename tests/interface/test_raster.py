"""Charts as PNG are drawn of the SVG that everybody sees, or refused."""

from io import BytesIO

import pytest
from PIL import Image

from interface import charts, palette, raster

AREAS = [("Izglītība", 19), ("Mājoklis", 8), ("Kultūra & līdzdalība", 0)]
PARTS = [("Jā", 22, "done"), ("Nē", 9, "handed")]


def opened(content):
    image = Image.open(BytesIO(content))
    image.load()
    assert image.format == "PNG"
    return image


def colours(image):
    return {colour: n for n, colour in image.getcolors(maxcolors=1_000_000)}


def rgb(colour):
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_bars_are_as_long_as_their_numbers():
    image = opened(raster.png(charts.bars(AREAS, title="Jomas"), title="Jomas"))
    found = colours(image)

    share = found[rgb(palette.MID)] / found[rgb(palette.DARK)]
    assert share == pytest.approx(8 / 19, abs=0.03)
    assert image.width > 3 * 300


def test_a_strip_stands_beside_its_label_and_above_its_legend():
    bar = charts.stacked(PARTS, title="Jā vai nē")
    alone = opened(raster.png(bar, title="Vai?"))
    legend = [(palette.PARTS["done"].ground, "Jā")]

    image = opened(raster.png_of_rows([("Kopā", bar)] * 2, title="Vai?", legend=legend))

    assert image.width > alone.width
    assert image.height > alone.height
    assert colours(image)[rgb(palette.PARTS["handed"].ground)] > 1000


def test_a_long_title_takes_several_lines_and_no_chart_is_too_small():
    bar = charts.bars([("A", 1)], title="x")

    one, many = (opened(raster.png(bar, title=title)) for title in ("x", "vārds " * 40))

    assert many.height > one.height
    assert many.width > one.width
    assert opened(raster.png(charts.bars([], title="x"), title="x")).height > 0


def test_the_same_chart_is_the_same_picture():
    bar = charts.bars(AREAS, title="Jomas")

    assert raster.png(bar, title="Jomas") == raster.png(bar, title="Jomas")


@pytest.mark.parametrize(
    "svg",
    [
        charts.columns([1, 2], ["janv.", "febr."], title="x", reference=1),
        '<svg viewBox="0 0 9 9"><g><rect x="0" y="0" width="9" height="9"/></g></svg>',
    ],
    ids=["columns", "group"],
)
def test_what_is_not_known_is_refused_and_not_left_out(svg):
    with pytest.raises(raster.NotDrawable):
        raster.png(svg, title="x")

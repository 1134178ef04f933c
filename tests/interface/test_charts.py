import re
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils import translation

from interface import charts, palette
from interface.latvian import number

STATIC = Path(__file__).resolve().parents[2] / "static"
SVG = "{http://www.w3.org/2000/svg}"
AREAS = [("Izglītība", 19), ("Mājoklis", Decimal(8)), ("Kultūra & līdzdalība", 0)]
PARTS = [("Izpildīti", 22, "done"), ("Darbā", 9, "working"), ("Kavējas", 1, "late")]
MONTHS = ["janv.", "febr.", "marts"]

EVERY_CHART = {
    "bars": lambda: charts.bars(AREAS, title="Ieraksti pa jomām"),
    "mini": lambda: charts.mini_columns([9, 11, 17], title="Ģimenes"),
    "columns": lambda: charts.columns(
        [8, 9, 15], MONTHS, title="Upesciems", reference=10
    ),
    "stacked": lambda: charts.stacked(PARTS, title="Lūgumi"),
    "bullet": lambda: charts.bullet(96, 120, 90, title="80 % no mērķa"),
    "no bars": lambda: charts.bars([], title="Ieraksti"),
    "no months": lambda: charts.columns([], [], title="Ieraksti"),
    "one month": lambda: charts.columns([3], ["janv."], title="Ieraksti"),
    "zeros": lambda: charts.mini_columns([0, 0], title="Ieraksti"),
    "no parts": lambda: charts.stacked([("Darbā", 0, "working")], title="Lūgumi"),
    "no target": lambda: charts.bullet(0, 0, 0, title="Bez mērķa"),
}


@pytest.fixture(autouse=True)
def _in_latvian():
    with translation.override("lv"):
        yield


def parsed(svg):
    return ElementTree.fromstring(  # noqa: S314 -- our own picture
        str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


def texts(svg):
    return [node.text for node in parsed(svg).iter(f"{SVG}text")]


def widths(svg):
    return [float(n.get("width").rstrip("%")) for n in parsed(svg).iter(f"{SVG}rect")]


@pytest.mark.parametrize("name", EVERY_CHART)
def test_a_chart_is_a_picture_with_a_title_and_without_styles(name):
    svg = EVERY_CHART[name]()

    root = parsed(svg)
    assert root.get("role") == "img"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == root.get("aria-label")
    assert root.get("font-family") == palette.FONT
    assert "style" not in svg
    assert "nan" not in svg


def test_bars_print_label_and_value_and_the_first_is_dark():
    svg = charts.bars(AREAS, title="Ieraksti pa jomām")

    assert texts(svg)[:2] == ["Izglītība", "19"]
    fills = [node.get("fill") for node in parsed(svg).iter(f"{SVG}rect")]
    assert fills == [palette.DARK, palette.MID, palette.MID]
    assert widths(svg) == [166, 69.9, 0]
    assert "Ieraksti pa jomām: Izglītība 19, Mājoklis 8, Kultūra &amp;" in svg


def test_a_long_label_takes_two_lines():
    svg = charts.bars([("Dokumenti un pilsonības jautājumi", 6)], title="Ieraksti")

    assert texts(svg) == ["Dokumenti un pilsonības", "jautājumi", "6"]


def test_the_last_month_is_dark():
    svg = charts.mini_columns([9, 11, 17], title="Ģimenes")

    fills = [node.get("fill") for node in parsed(svg).iter(f"{SVG}rect")]
    assert fills == [palette.PALE, palette.PALE, palette.DARK]
    assert "Ģimenes: 9, 11, 17" in svg


def test_columns_print_the_first_and_the_last_value():
    svg = charts.columns([8, 9, 15], MONTHS, title="Upesciems", reference=10)

    assert texts(svg) == ["8", "janv.", "15", "marts"]
    assert "stroke-dasharray" in svg


def test_columns_print_what_is_compared_and_later_ones_are_pale():
    svg = charts.columns(
        [0, 8, 15, 3], ["jūl.", *MONTHS], title="Upesciems", ends=(1, 2)
    )

    assert re.findall(r'font-weight="700"[^>]*>([^<]+)<', svg) == ["8", "15"]
    assert re.findall('class="chart-(dark|mid|pale)"', svg) == [
        "mid",
        "mid",
        "dark",
        "pale",
    ]


@pytest.mark.parametrize("ends", [(0, 1), (4, 5), (10, 11)])
def test_the_names_of_neighbouring_months_do_not_touch(ends):
    svg = charts.columns([2] * 12, ["sept."] * 12, title="Upesciems", ends=ends)

    words = re.findall(r'x="([\d.]+)" y="114" text-anchor="(\w+)"', svg)
    [(left, starts), (right, ends_there)] = words
    assert (starts, ends_there) == ("start", "end")
    assert round(float(right) - float(left), 1) >= 64
    assert float(left) >= 0
    assert float(right) <= 200


def test_small_multiples_share_a_scale():
    small = charts.columns([5, 5, 5], MONTHS, title="Vidmale", maximum=10)

    heights = {node.get("height") for node in parsed(small).iter(f"{SVG}rect")}
    assert heights == {"38"}


def test_a_stacked_bar_prints_every_count_and_fills_its_place():
    svg = charts.stacked(PARTS, title="Lūgumi")

    assert texts(svg) == ["22", "9", "1"]
    assert sum(widths(svg)) == pytest.approx(100, abs=0.3)
    assert min(widths(svg)) > 5


def test_a_bullet_never_leaves_its_place():
    svg = charts.bullet(200, 120, 130, title="Vairāk nekā mērķis")

    assert max(widths(svg)) == 100


def test_a_bar_in_a_cell_says_nothing_because_the_number_stands_beside_it():
    assert 'aria-hidden="true"' in charts.bar(50, 200)
    assert widths(charts.bar(50, 200)) == [25]
    assert widths(charts.bar(0, 0)) == [0]


def test_heat_levels_rise_with_the_share():
    levels = [charts.heat_level(value, 148) for value in (0, 24, 31, 71, 102, 148)]

    assert levels == [0, 1, 2, 3, 4, 5]
    assert charts.heat_level(0, 0) == 0


def test_the_legend_has_the_colours_of_the_chart():
    stylesheet = (STATIC / "css" / "components.css").read_text()

    legend = dict(re.findall(r"\.swatch--(\w+) { background: (#\w{6}); }", stylesheet))

    assert legend == {role: part.ground for role, part in palette.PARTS.items()}


def test_there_is_room_for_the_longest_number_beside_its_bar():
    """1 329,7 was cut off behind the comma in a PDF."""

    def room(value):
        drawn = str(charts.bars([("Upesciema novads", value)], title="Hours"))
        _x, _y, width, _height = re.search('viewBox="([^"]+)"', drawn)[1].split()
        begins = re.search('<text x="([^"]+)" y="[^"]+" font-weight', drawn)[1]
        return float(width) - float(begins)

    for value in (7, Decimal("680.7"), Decimal("1329.7"), 1_234_567):
        assert room(value) >= 9 * len(number(value))

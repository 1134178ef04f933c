"""A map of equal tiles: each stands in its place and says its number."""

import re

from interface.tile_map import Tile, tile_map

TILES = [
    Tile(2, 5, "UPC", "Upesciems", 1200),
    Tile(2, 6, "VDM", "Vidmale", 300),
    Tile(4, 6, "DZK", "Dzintarkrasts", None),
]


def drawn():
    return str(tile_map(TILES, title="Ģimenes"))


def test_tiles_stand_by_row_and_column_with_no_empty_edge():
    places = re.findall(r'<rect x="(\d+)" y="(\d+)"', drawn())

    assert places == [("0", "0"), ("68", "0"), ("68", "136")]
    assert 'viewBox="0 0 132 200"' in drawn()


def test_the_largest_number_has_the_darkest_tile():
    levels = re.findall(r'class="chart-heat-(\d)"', drawn())

    assert levels == ["5", "2", "0"]


def test_every_number_is_told_to_who_cannot_see_it_and_no_other():
    told = re.search(r'aria-label="([^"]*)"', drawn())[1].replace("\xa0", " ")

    assert told == "Ģimenes: Upesciems 1 200, Vidmale 300"
    assert "<title>Dzintarkrasts</title>" in drawn()

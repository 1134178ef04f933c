"""Where in the country mediators work."""

import pytest

from municipalities.models import Municipality
from municipalities.reference_data import load_municipalities, load_regions
from reports.place_map import place_map
from tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_places_without_a_number_are_drawn_too():
    here = MunicipalityFactory(prefix="UPC", tile_row=0, tile_column=0)
    MunicipalityFactory(prefix="VDM", tile_row=0, tile_column=1)

    drawn = place_map([(here, 7)], title="Ģimenes")

    assert drawn.count("<rect") == 2
    assert f"Ģimenes: {here} 7" in drawn


def test_without_a_single_place_on_the_map_there_is_none():
    MunicipalityFactory(tile_row=0, tile_column=0)
    elsewhere = MunicipalityFactory()

    assert place_map([(elsewhere, 7)], title="Ģimenes") is None


def test_every_municipality_of_latvia_has_a_tile_of_its_own():
    load_regions()
    load_municipalities()

    standing = Municipality.objects.standing()
    tiles = set(standing.values_list("tile_row", "tile_column"))

    assert standing.count() == len(tiles) == 42
    assert (None, None) not in tiles

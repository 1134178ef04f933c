"""Where in the country mediators work, for those who think in maps."""

from interface.tile_map import Tile, tile_map
from municipalities.models import Municipality


def place_map(rows, *, title):
    """The map of all municipalities that stand on it, with the numbers of ``rows``.

    ``rows`` are pairs of a municipality and its number. None where none of them stands
    on the map, as in an office of a country whose tiles nobody has laid yet.
    """
    values = {place.pk: value for place, value in rows}
    tiles = [
        Tile(
            place.tile_row,
            place.tile_column,
            place.prefix,
            str(place),
            values.get(place.pk),
        )
        for place in Municipality.objects.standing().exclude(tile_row=None)
    ]
    if not any(tile.value is not None for tile in tiles):
        return None
    return tile_map(tiles, title=title)

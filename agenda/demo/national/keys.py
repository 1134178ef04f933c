"""Primary keys as the application makes them, but of a day that is given and of no chance
but the seed's: in order of time, so that rows lie in the table and its index as they would
had people written them."""

from uuid import UUID

VERSION_7 = 7 << 76
VARIANT = 2 << 62


def key(moment, chance):
    """A UUID of version 7; ``moment`` in milliseconds since 1970."""
    bits = chance.getrandbits(74)
    low, high = bits & ((1 << 62) - 1), bits >> 62
    return UUID(int=moment << 80 | VERSION_7 | high << 64 | VARIANT | low)


def entry_id(chance):
    """As a phone makes it: a UUID of version 4."""
    bits = chance.getrandbits(128)
    return UUID(int=bits & ~(0xF << 76) & ~(3 << 62) | 4 << 76 | VARIANT)

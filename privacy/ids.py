"""Primary keys made by the application, before the row exists."""

import secrets
import time
import uuid


def uuid7():
    """A time-ordered UUID of version 7 (RFC 9562, method 3 for the sub-millisecond).

    An encrypted field is bound to its row, so the key of the row has to be known
    before the insert. Keys in order of time keep the index compact. The standard
    library has ``uuid.uuid7`` from Python 3.14.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = (nanoseconds << 12) // 1_000_000
    version, variant = 0b0111, 0b10
    return uuid.UUID(
        int=(milliseconds << 80)
        | (version << 76)
        | (fraction << 64)
        | (variant << 62)
        | secrets.randbits(62)
    )

"""One moment of the database to read from, and a way to note something meanwhile."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

BESIDE = "beside"
"""The alias of a second connection, for what is noted while the first one reads."""


_is_read_alone = ContextVar("is_read_alone", default=False)


class NotWrittenDown(Exception):
    """Something has to be written first, and nothing can be written in this moment."""


@contextmanager
def one_moment():
    """Whatever is read inside is of one moment, while others go on writing.

    Within a transaction that is open already it is that transaction's moment.
    """
    if connection.in_atomic_block:
        yield
        return
    with MOMENT[connection.vendor]():
        before = _is_read_alone.set(True)
        try:
            yield
        finally:
            _is_read_alone.reset(before)


def is_read_alone():
    """Whether a moment lasts in which nothing can be written."""
    return _is_read_alone.get()


@contextmanager
def _of_sqlite():
    """A transaction that takes no lock for writing; the first read fixes its moment."""
    # Its settings are known once it is there: a command may read nothing before
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode


@contextmanager
def _of_postgresql():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


MOMENT = {"sqlite": _of_sqlite, "postgresql": _of_postgresql}


@contextmanager
def beside():
    """The alias by which something is stored while ``one_moment`` lasts."""
    if connection.in_atomic_block:
        yield DEFAULT_DB_ALIAS
        return
    other = connection.copy(alias=BESIDE)
    connections[BESIDE] = other
    try:
        yield BESIDE
    finally:
        other.close()
        del connections[BESIDE]

"""How many rows of a table a piece of work holds: what grows with a log must not."""

from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def fetched(model):
    """The objects of ``model`` that are made of rows meanwhile, as a list."""
    made, from_db = [], model.from_db

    def counted(*arguments):
        made.append(from_db(*arguments))
        return made[-1]

    with patch.object(model, "from_db", counted):
        yield made

"""How many rows of the database are held at once, whoever asks for them."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.constants import MULTI


@dataclass
class Held:
    """The most rows of one statement, and the statement; rows that stream are not held."""

    most: int = 0
    sql: str = ""
    by_model: dict = field(default_factory=dict)

    def note(self, rows, compiler):
        count = sum(len(chunk) for chunk in rows)
        model = compiler.query.model
        self.by_model[model] = max(self.by_model.get(model, 0), count)
        if count > self.most:
            self.most, self.sql = count, str(compiler.query)


@contextmanager
def held_rows():
    """Watch what statements of the ORM give as a whole rather than bit by bit."""
    held, execute = Held(), SQLCompiler.execute_sql

    def watched(compiler, result_type=MULTI, *arguments, **options):
        rows = execute(compiler, result_type, *arguments, **options)
        if isinstance(rows, list) and result_type == MULTI:
            held.note(rows, compiler)
        return rows

    with patch.object(SQLCompiler, "execute_sql", watched):
        yield held

"""An upgrade that is killed in the middle of a migration, again and again."""

import signal
import sys

from tests.faults.installation import Installation
from tests.faults.lab import scenario
from tests.faults.ledger import Outcome

TABLES = """
import json
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
ASK = {
    "sqlite": ["SELECT name, sql FROM sqlite_master"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint",
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    ],
}
with connection.cursor() as cursor:
    rows = []
    for question in ASK[connection.vendor]:
        cursor.execute(question)
        rows += sorted(map(repr, cursor.fetchall()))
done = sorted(map(list, MigrationRecorder(connection).applied_migrations()))
print(json.dumps([rows, done]))
"""


def interrupted(lab, moments, label=(), torn=()):
    """Migrate an empty database, killed at each of ``moments`` (arguments of ``dying``) and
    then let through; the same tables have to come out as without any kill.
    """
    with lab.empty() as whole, lab.empty() as cut:
        whole.manage("migrate", *label, "--verbosity", "0")
        killed = 0
        for moment in moments:
            command = ["-m", "tests.faults.dying", *moment, *torn]
            process = cut.launch([sys.executable, *command, "migrate", *label])
            killed += process.wait(timeout=900) == -signal.SIGKILL
        goes_on = _goes_through(cut, label)
        tables = [_tables(one) for one in (whole, cut)]
    outcome = Outcome(told={"kills": killed})
    outcome.expect(
        killed == len(moments), f"Only {killed} of {len(moments)} were killed"
    )
    outcome.expect(goes_on, "After a kill it does not go on")
    outcome.expect(
        tables[0] == tables[1], "The tables differ from those without a kill"
    )
    return outcome


def _goes_through(installation: Installation, label):
    command = [sys.executable, "manage.py", "migrate", *label, "--verbosity", "0"]
    return not installation.launch(command).wait(timeout=900)


def _tables(installation):
    return installation.manage("shell", "--verbosity", "0", "-c", TABLES)


def _moments(lab):
    """Each run goes further than the one before; one of two dies when it notes what it did."""
    many = range(1, lab.so_many(2, 4, 8) + 1)
    return [
        moment
        for number in many
        for moment in ([str(60 * number + 7)], [str(8 * number), "--noting"])
    ]


@scenario("migration", "R12")
def killed_migrations(lab):
    """kill -9 in the middle of migrations, at moments spread over all; then they run to the end."""
    return interrupted(lab, _moments(lab))


@killed_migrations.negative
def migrations_that_are_no_transactions(lab):
    """Where a migration is no transaction, half of it stays and the next run stumbles."""
    return interrupted(lab, _moments(lab), torn=["--torn"])

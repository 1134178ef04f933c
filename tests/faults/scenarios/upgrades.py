"""Upgrades: killed in the middle of a migration, and while the former release goes on serving."""

import itertools
import signal
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager

from tests.faults.clients import Crowd, Phone
from tests.faults.installation import Installation
from tests.faults.lab import judge, scenario
from tests.faults.ledger import Ledger, Outcome
from tests.journeys.system import ROOT

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


PAGES = ("/sodien/", "/gimenes/", "/ieraksti/", "/lietas/", "/atskaites/")
ACCEPT = """
from mediators.models import User
from mediators.ethics import accept, code_in_force
for user in User.objects.all():
    accept(code_in_force(), by=user)
"""
"""Or no page of the five opens."""
RENAME = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ALTER TABLE cases_visit RENAME COLUMN {} TO {}")
"""


@scenario("two-releases", "R20")
def two_releases(lab):
    """An earlier release serves while the tables are brought up to date, then both serve."""
    return side_by_side(lab, lab.so_many(20, 60, 300))


@two_releases.negative
def takes_a_column_away_at_once(lab):
    """A migration that renames what the earlier release reads stops it."""
    return side_by_side(lab, 10, renamed=("minutes", "of_the_next_release"))


def side_by_side(lab, seconds, renamed=()):
    """16 phones send and two people read while the release changes, and ``seconds`` after it."""
    ledger, seen = Ledger(), Counter()
    with lab.of_earlier_release() as installation:
        installation.manage("collectstatic", "--no-input", "--verbosity", "0")
        installation.manage("shell", "-c", ACCEPT)
        with installation.serving(1):
            with _at_work(installation, ledger, seen) as crowd:
                crowd.wait_for(100, seconds=120)
                installation.root = ROOT
                installation.manage("collectstatic", "--no-input", "--verbosity", "0")
                installation.manage("migrate", "--verbosity", "0")
                if renamed:
                    installation.manage("shell", "-c", RENAME.format(*renamed))
                installation.serve_once_more()
            with _at_work(installation, ledger, seen):
                time.sleep(seconds)
        if renamed:
            installation.manage("shell", "-c", RENAME.format(*reversed(renamed)))
        outcome = judge(installation, ledger, at_least=100)
    answers = ledger.answers + seen
    outcome.told |= {
        "from": lab.earlier,
        "answers": dict(answers),
        "pages": seen.total(),
    }
    wrong = [status for status in answers if status not in (200, 201)]
    outcome.expect(not wrong, f"Somebody was answered otherwise: {wrong}")
    return outcome


@contextmanager
def _at_work(installation, ledger, seen):
    """The phones, and for each web server somebody who opens one page after the other."""
    crowd, over = Crowd(installation, ledger), threading.Event()
    crowd.pace = 0.8

    def read(replica, one):
        phone = Phone(one["person"], one["session"], [replica.port])
        for page in itertools.cycle(PAGES):
            if over.wait(0.2):
                break
            seen[phone.ask("GET", page)[0]] += 1
        phone.hang_up()

    readers = [
        threading.Thread(target=read, args=pair, daemon=True)
        for pair in zip(installation.replicas, installation.people[16:], strict=False)
    ]
    with crowd.at_work():
        for reader in readers:
            reader.start()
        try:
            yield crowd
        finally:
            over.set()
            for reader in readers:
                reader.join(timeout=30)

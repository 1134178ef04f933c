"""manage.py, killed from within (SIGKILL) at its N-th statement that changes something.

    python -m tests.faults.dying N [--noting] [--at=WORDS] [--torn] [--by-halves] COMMAND…

A migration is then cut off at the same place on every machine. With ``--noting`` only the
notes that a migration is done count: killed there, its tables are made and nobody knows.
With ``--at`` those count that begin with these words. With ``--torn`` migrations are no
transactions, as on databases that cannot take tables back; with ``--by-halves`` nothing is
one: every change is kept at once.
"""

import os
import signal
import sys

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration

READING = ("SELECT", "PRAGMA")
NOTE = 'INSERT INTO "django_migrations"'
OURS = ("--noting", "--at=", "--torn", "--by-halves")


def main(number, *command):
    django.setup()
    options = {one for one in command if one.startswith(OURS)}
    if "--torn" in options:
        Migration.atomic = False
    if "--by-halves" in options:
        # What is kept cannot be taken back to a point before
        connection.features.uses_savepoints = False
    words = {one.partition("=")[2] for one in options if one.startswith("--at=")}
    left = int(number)

    def counts(sql):
        if "--noting" in options:
            return sql.startswith(NOTE)
        if words:
            return sql.startswith(tuple(words))
        return not sql.lstrip().upper().startswith(READING)

    def die_in_time(execute, sql, params, many, context):
        nonlocal left
        left -= counts(sql)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        done = execute(sql, params, many, context)
        if "--by-halves" in options and connection.in_atomic_block:
            connection.connection.commit()
        return done

    with connection.execute_wrapper(die_in_time):
        # As typed: an option may be one that the command needs
        name, *typed = (one for one in command if one not in options)
        call_command(name, *typed, verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:])

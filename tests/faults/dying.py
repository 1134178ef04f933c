"""manage.py, killed from within (SIGKILL) at its N-th statement that changes something.

    python -m tests.faults.dying N [--noting] [--torn] COMMAND…

A migration is then cut off at the same place on every machine. With ``--noting`` only the
notes that a migration is done count: killed there, its tables are made and nobody knows.
With ``--torn`` migrations are no transactions, as on databases that cannot take tables back.
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


def main(number, *command):
    django.setup()
    options = {one for one in command if one in ("--noting", "--torn")}
    if "--torn" in options:
        Migration.atomic = False
    left = int(number)

    def counts(sql):
        if "--noting" in options:
            return sql.startswith(NOTE)
        return not sql.lstrip().upper().startswith(READING)

    def die_in_time(execute, sql, params, many, context):
        nonlocal left
        left -= counts(sql)
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die_in_time):
        call_command(*(one for one in command if one not in options), verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""manage.py, killed from within (SIGKILL) at its N-th statement that changes something.

    python -m tests.faults.dying N [--torn] COMMAND…

A migration is then cut off at the same place on every machine. With ``--torn`` migrations
are no transactions, as they are on databases that cannot take tables back.
"""

import os
import signal
import sys

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations import Migration


def main(number, *command):
    django.setup()
    if command[0] == "--torn":
        Migration.atomic, command = False, command[1:]
    left = int(number)

    def die_in_time(execute, sql, params, many, context):
        nonlocal left
        left -= not sql.lstrip().upper().startswith(("SELECT", "PRAGMA"))
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die_in_time):
        call_command(*command, verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:])

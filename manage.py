#!/usr/bin/env python
"""Django's command-line entry point."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError, ProgrammingError

from privacy.fields import CannotDecrypt

REFUSED, NO_SENSE, WRONG_KEY = 1, 2, 100

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except CannotDecrypt as problem:
        sys.stderr.write(f"Wrong key: {problem}\n")
        sys.exit(WRONG_KEY)
    except ImproperlyConfigured as problem:
        if "--traceback" in sys.argv:
            raise
        sys.stderr.write(f"The settings make no sense: {problem}\n")
        sys.exit(NO_SENSE)
    except (OperationalError, ProgrammingError) as problem:
        if "--traceback" in sys.argv:
            raise
        first_line = str(problem).partition("\n")[0]
        sys.stderr.write(f"The database does not answer as it should: {first_line}\n")
        sys.stderr.write("Is it running? A new one, or an upgrade, needs “init”.\n")
        sys.exit(REFUSED)

"""Makes tables and people of an installation; run as a module with the settings ``tables``.

Prints a list of ``{person, session}``: mediators who are signed in.
"""

import json
import sys
from contextlib import redirect_stdout

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection


def prepare(count):
    """Everything that ``init`` does but the migrations, and so many mediators."""
    call_command("make_keys", verbosity=0)
    call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    guard()
    call_command("load_reference", verbosity=0)
    people = mediators(count)
    connection.close()
    if connection.vendor == "sqlite":
        write_ahead()
    return people


def guard():
    """What migrations make beside the tables."""
    from privacy import append_only  # noqa: PLC0415 -- models exist once Django is set up
    from privacy.models import AuditHead, Installation  # noqa: PLC0415

    AuditHead.objects.create()
    for each in append_only.guards():
        append_only.refuse_changes(connection, each)
    Installation.objects.create(is_demo=True)


def write_ahead():
    from agenda.management.commands.init import Command  # noqa: PLC0415

    Command().write_ahead()


def mediators(count):
    from mediators.models import Role  # noqa: PLC0415
    from tests import cast  # noqa: PLC0415
    from tests.conftest import Browser  # noqa: PLC0415
    from tests.factories import UserFactory  # noqa: PLC0415

    place = cast.upesciems()
    people = []
    for _number in range(count):
        user = UserFactory(role=Role.MEDIATOR, municipality=place, password="!")
        browser = Browser()
        browser.force_login(user)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        people.append({"person": str(user.pk), "session": session})
    return people


if __name__ == "__main__":
    django.setup()
    with redirect_stdout(sys.stderr):
        made = prepare(int(sys.argv[1]))
    print(json.dumps(made))  # noqa: T201

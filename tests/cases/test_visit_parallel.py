"""The same form arrives several times at the same moment, on the suite's database."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.privacy.test_audit_parallel import database_url

SENDERS = 4
PROGRAM = f"""
import json
import multiprocessing

import django
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment

django.setup()
setup_test_environment()

from cases.models import Visit
from mediators.models import User
from tests.cases.answers import answers
from tests.factories import MunicipalityFactory, UserFactory


def send(typed):
    client = Client()
    client.force_login(User.objects.get())
    response = client.post("/ieraksti/jauns/", typed)
    return [response.status_code, response.headers.get("Location")]


call_command("migrate", verbosity=0)
UserFactory(role="mediator", municipality=MunicipalityFactory())
typed = answers(new_institution_name="Bibliotēka")
connections.close_all()
with multiprocessing.get_context("fork").Pool({SENDERS}) as pool:
    found = pool.map(send, [typed] * {SENDERS}, chunksize=1)
print(json.dumps([Visit.objects.count(), sorted({{tuple(pair) for pair in found}})]))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_form_sent_four_times_at_once_is_one_entry_and_four_times_one_answer(
    tmp_path,
):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.test_settings",
        "DATABASE_URL": database_url(tmp_path),
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    count, found = json.loads(done.stdout)
    assert count == 1
    assert [status for status, _location in found] == [302]

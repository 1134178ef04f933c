"""The day, the month and the morning are those of Riga, wherever the machine stands.

A process of its own for each zone, because a process takes its zone at the start.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ASK = """
import json
from datetime import datetime
import django
django.setup()
import time_machine
from django.utils import timezone
from municipalities.working_days import next_morning
told = {}
for instant in %r:
    with time_machine.travel(datetime.fromisoformat(instant), tick=False):
        told[instant] = [
            timezone.localdate().isoformat(),
            next_morning(timezone.now()).isoformat(),
        ]
print(json.dumps(told))
"""
# What the clock says in Riga, in UTC: the change of 25 October 2026 gives an hour twice,
# that of 28 March 2027 leaves one out; then the ends of the months
INSTANTS = {
    "2026-10-24T20:59:59+00:00": "2026-10-24",
    "2026-10-24T21:00:00+00:00": "2026-10-25",
    "2026-10-25T00:30:00+00:00": "2026-10-25",
    "2026-10-25T01:30:00+00:00": "2026-10-25",
    "2026-10-25T21:59:59+00:00": "2026-10-25",
    "2026-10-25T22:00:00+00:00": "2026-10-26",
    "2026-10-31T21:59:59+00:00": "2026-10-31",
    "2026-10-31T22:00:00+00:00": "2026-11-01",
    "2027-03-27T21:59:59+00:00": "2027-03-27",
    "2027-03-27T22:00:00+00:00": "2027-03-28",
    "2027-03-28T00:59:59+00:00": "2027-03-28",
    "2027-03-28T01:00:00+00:00": "2027-03-28",
    "2027-03-28T20:59:59+00:00": "2027-03-28",
    "2027-03-28T21:00:00+00:00": "2027-03-29",
    "2027-03-31T20:59:59+00:00": "2027-03-31",
    "2027-03-31T21:00:00+00:00": "2027-04-01",
}
# Eight o'clock of the next working day; 28 March 2027 is Easter, so Monday is free
MORNINGS = {
    "2026-10-24T21:00:00+00:00": "2026-10-26T08:00:00+02:00",
    "2026-10-25T22:00:00+00:00": "2026-10-27T08:00:00+02:00",
    "2027-03-27T22:00:00+00:00": "2027-03-30T08:00:00+03:00",
}

pytestmark = pytest.mark.once


def told_in(zone):
    done = subprocess.run(
        [sys.executable, "-c", ASK % (list(INSTANTS),)],
        cwd=ROOT,
        env=os.environ | {"TZ": zone, "DJANGO_SETTINGS_MODULE": "config.test_settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_days_and_mornings_of_both_nights_are_those_of_riga():
    told = told_in("America/New_York")

    assert {instant: day for instant, (day, _morning) in told.items()} == INSTANTS
    assert {instant: told[instant][1] for instant in MORNINGS} == MORNINGS

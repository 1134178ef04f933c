"""Loads the log of the demo for a test, and tells what came of it."""

import hashlib
import json
from collections import Counter
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db import transaction

from agenda.demo import loading
from agenda.demo.chance import Clock
from cases.models import Case, NextStep, Visit
from families import reference_data
from families.models import Family
from mediators.models import Appointment

UNTIL = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Outcome(NamedTuple):
    digest: str
    roles: Counter
    families: int
    entries: int


def digest():
    """Codes, dates and minutes of the whole demo."""
    rows = [
        *Family.objects.order_by("code").values_list("code", "started_on"),
        *Case.objects.order_by("code").values_list("code", "opened_on", "closed_on"),
        *Visit.objects.order_by("code").values_list("code", "visited_on", "minutes"),
        *NextStep.objects.order_by(
            "due_on", "family__code", "source__code"
        ).values_list("due_on", "family__code", "status"),
    ]
    return hashlib.sha256(json.dumps(rows, default=str).encode()).hexdigest()


def load_log(*, seed=1, scale=1):
    """The demo without its reports, which take the most time; taken back afterwards."""
    with transaction.atomic():
        reference_data.load()
        loading.load_log(Clock(UNTIL), seed=seed, scale=scale)
        people = Appointment.objects.order_by().values_list("role", "user")
        outcome = Outcome(
            digest(),
            Counter(role for role, _user in people.distinct()),
            Family.objects.count(),
            Visit.objects.count(),
        )
        transaction.set_rollback(True)
    return outcome

"""One machine of several whose clock is moved by hours while everybody works."""

import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.faults.clients import Crowd
from tests.faults.installation import Replica
from tests.faults.lab import judge, scenario
from tests.faults.ledger import Ledger
from tests.faults.scenarios.background import QUEUE, SlowSink, wait_until
from tests.journeys.system import free_port

HOUR = 3600
JUMPS = (2 * HOUR, -2 * HOUR, 0)
MOVED = "tests.faults.clocks:application"
WORKER = """
from tests.faults import clocks
clocks.begin()
{}
from django.core.management import call_command
call_command("db_worker", interval=0.2)
"""
BY_ITS_OWN_CLOCK = """
from django.utils import timezone
from privacy import abandoned
abandoned.Now = timezone.now
"""
TIMES = """
from itertools import pairwise
from privacy.models import AuditEntry
times = AuditEntry.objects.order_by("seq").values_list("at", flat=True)
print(sum(later < earlier for earlier, later in pairwise(times)))
"""
AT_LEAST = 25
"""Seconds by a wrong clock: two looks of a worker at what the others are at."""
A_MAIL = 3.0
"""Seconds that the mail server takes, so that a worker is at one when others look."""


def jumping(lab, worker=""):
    """Of two web servers and two workers one each has its clock moved, ahead, back and right."""
    ledger, many, ready = Ledger(), lab.so_many(60, 150, 600), {}
    with lab.installation() as installation, _slow_mail(installation) as sink:
        with installation.serving(1):
            right = installation.replicas[0]
            wrong = _serve_beside(installation)
            crowd = Crowd(installation, ledger)
            crowd.pace = 0.5
            with crowd.at_work():
                crowd.wait_for(many, seconds=240)
                installation.manage("shell", "-c", QUEUE)
                installation.begin("db_worker", "--interval", "0.2")
                moved = [sys.executable, "-c", WORKER.format(worker)]
                installation.others.append(installation.launch(moved))
                wait_until(lambda: len(sink.mails) > 1, 60)
                for number, seconds in enumerate(JUMPS, 2):
                    (installation.folder / "clock").write_text(str(seconds))
                    time.sleep(AT_LEAST)
                    crowd.wait_for(number * many, seconds=240)
                    ready[seconds // HOUR] = (_ready(right), _ready(wrong))
                expected = len(installation.people)
                wait_until(lambda: len(sink.mails) >= expected, 240)
            times = installation.manage("shell", "--verbosity", "0", "-c", TIMES)
        outcome = judge(installation, ledger, at_least=4 * many)
    got = Counter(mail["To"] for mail in sink.mails)
    outcome.lost += expected - len(got)
    outcome.doubled += sum(got.values()) - len(got)
    outcome.told |= {
        "mails": len(sink.mails),
        "readyz of the right and the wrong one, by hours": ready,
        "entries of the audit with an earlier time than the one before": int(times),
        "answers": crowd.statuses,
    }
    outcome.expect(int(times), "No clock was moved")
    outcome.expect(
        ready == {2: (200, 503), -2: (200, 503), 0: (200, 200)},
        "It was not told which machine has a wrong clock",
    )
    others = set(ledger.answers) - {200, 201}
    outcome.expect(not others, f"Phones were answered {others}")
    return outcome


@contextmanager
def _slow_mail(installation):
    sink = SlowSink(A_MAIL)
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    installation.env |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(controller.port)}
    try:
        yield sink
    finally:
        controller.stop()


def _serve_beside(installation):
    replica = Replica(installation, MOVED)
    installation.replicas.append(replica)
    replica.start()
    replica.wait_until_it_answers()
    return replica


def _ready(replica):
    """The status of ``/readyz``; the word that it answers is told by it."""
    try:
        with urllib.request.urlopen(f"{replica.url}/readyz", timeout=30) as answer:  # noqa: S310 -- our own server
            return answer.status
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code


@scenario("clock-jumps", "R10")
def clock_jumps(lab):
    """One clock of two jumps 2 hours ahead, 2 hours back and right again, under 16 phones."""
    return jumping(lab)


@clock_jumps.negative
def judged_by_its_own_clock(lab):
    """A worker that asks its own clock takes what others are at, and mails go out twice."""
    return jumping(lab, BY_ITS_OWN_CLOCK)

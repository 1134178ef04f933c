"""Work in the background whose workers die, and long commands that are cut off."""

import os
import signal
import sys
import time
from collections import Counter

from aiosmtpd.controller import Controller

from tests.faults.clients import Crowd
from tests.faults.lab import judge, scenario
from tests.faults.ledger import Ledger
from tests.journeys.system import MailSink, free_port, today

WITHOUT_TAKING_BACK = """
import django
django.setup()
from django.core.management import call_command
from django_tasks_db.management.commands.db_worker import Command
call_command(Command(), verbosity=0)
"""
QUEUE = """
from mediators.models import User
from mediators.services.notices import tell
for user in User.objects.all():
    tell(user, "codes")
"""
TAKEN_OVER = 75
"""Seconds from the death of a worker until its mail has to be out."""


class SlowSink(MailSink):
    """A mail server that takes its time, so that a worker dies over a mail."""

    def __init__(self, seconds=0.5):
        super().__init__()
        self.seconds = seconds

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd calls it so
        import asyncio  # noqa: PLC0415

        await asyncio.sleep(self.seconds)
        return await super().handle_DATA(server, session, envelope)


def three_workers(lab, command):
    """Of three workers at one queue of mails one is killed over a mail."""
    sink = SlowSink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with lab.installation() as installation, installation.serving(0):
            installation.env |= {
                "EMAIL_HOST": "127.0.0.1",
                "EMAIL_PORT": str(controller.port),
            }
            installation.manage("shell", "-c", QUEUE)
            expected = len(installation.people)
            workers = [
                installation.launch([sys.executable, *command]) for _each in range(3)
            ]
            installation.others += workers
            wait_until(lambda: len(sink.mails) >= 3, 120)
            os.kill(workers[0].pid, signal.SIGKILL)
            wait_until(lambda: len(sink.mails) >= expected, TAKEN_OVER)
            got = Counter(mail["To"] for mail in sink.mails)
            outcome = judge(installation, Ledger(), at_least=0)
    finally:
        controller.stop()
    outcome.acked = expected
    outcome.lost = expected - len(got)
    outcome.doubled = sum(got.values()) - len(got)
    return outcome


def wait_until(is_so, seconds):
    """Whether it is so within so many seconds or not: what follows is judged."""
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)


@scenario("three-workers", "R15, R24")
def workers_die(lab):
    """Three workers at once, one killed over a mail: each mail goes out once."""
    return three_workers(lab, ["manage.py", "db_worker", "--interval", "0.2"])


@workers_die.negative
def nobody_takes_over(lab):
    """The worker of django-tasks-db alone never asks again for what a dead one was at."""
    return three_workers(lab, ["-c", WITHOUT_TAKING_BACK])


def cut_off(lab, check):
    """Backup, rotation and restore, killed again and again, each let through at last."""
    ledger, kills = Ledger(), lab.so_many(2, 4, 10)
    with lab.installation() as installation:
        with installation.serving(1):
            crowd = Crowd(installation, ledger, count=8)
            with crowd.at_work():
                crowd.wait_for(lab.so_many(100, 300, 1000), seconds=300)
        return check(installation, ledger, kills)


def _killed_early(installation, arguments, kills):
    """Kill the command at moments spread over the time that it takes."""
    began = time.monotonic()
    installation.manage("check")
    start = time.monotonic() - began
    for number in range(kills):
        process = installation.begin(*arguments)
        time.sleep(start * (0.6 + 0.8 * number / kills))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@scenario("cut-off", "R13, R23")
def commands_cut_off(lab):
    """kill -9 of backup, key rotation and restore, at moments spread over each."""
    return cut_off(lab, _nothing_by_halves)


def _nothing_by_halves(installation, ledger, kills):
    out = installation.folder / "backups" / "tilts.age"
    out.parent.mkdir()
    _killed_early(installation, ["backup", "--out", str(out)], kills)
    is_whole = not out.exists() or installation.manage(
        "restore", "--in", str(out), "--verify"
    )
    installation.manage("backup", "--out", str(out))
    left = [path.name for path in out.parent.iterdir() if path != out]
    before = installation.look()["digest"]

    installation.manage("make_keys", "--add")
    _killed_early(installation, ["rotate_keys", "--batch", "5"], kills)
    rotating = judge(installation, ledger)
    installation.manage("rotate_keys")
    rotated = installation.look()["digest"]

    restore = ["restore", "--in", str(out), "--force"]
    _killed_early(installation, restore, kills)
    digest = installation.look()["digest"]
    is_either = _entries_in(digest) in (_entries_in(before), _entries_in(rotated))
    installation.manage(*restore)
    outcome = judge(installation, ledger)
    again = installation.look()["digest"]

    outcome.lost += rotating.lost
    outcome.faults += rotating.faults
    outcome.expect(is_whole, "A killed backup left a file that is none")
    outcome.expect(not left, f"A killed backup left {left}")
    outcome.expect(is_either, "A killed restore left neither the old nor the new")
    outcome.expect(
        _entries_in(again) == _entries_in(before), "The restore gave back other entries"
    )
    outcome.told["kills"] = 3 * kills
    return outcome


def _entries_in(digest):
    return {name: told for name, told in digest.items() if name.startswith("cases_")}


@commands_cut_off.negative
def a_copy_of_the_file_alone(lab):
    """Who copies the file of a backup by halves is told, and the entries are not back."""

    def copied(installation, ledger, kills):
        entries = installation.folder / "backups.age"
        installation.manage("backup", "--out", str(entries))
        whole = entries.read_bytes()
        entries.write_bytes(whole[: len(whole) // 2])
        process = installation.begin("restore", "--in", str(entries), "--verify")
        outcome = judge(installation, ledger)
        outcome.expect(process.wait(timeout=120) == 0, "Half a backup was refused")
        return outcome

    return cut_off(lab, copied)


LIST = [f"Saruna nr. {number} no saraksta" for number in range(60)]
"""The notes of the rows, by which they are found again."""
HEADINGS = "Datums;Veids;Minūtes;Jomas;Piezīmes"
WHOSE = "from mediators.models import User; print(User.objects.get(pk={!r}).email)"
LEFT = """
from imports.models import Import
print(Import.objects.waiting().count(), sum(Import.objects.values_list("count", flat=True)))
"""
MOMENTS = [
    ["1", '--at=INSERT INTO "imports_import"'],
    ["1", '--at=INSERT INTO "cases_visit" '],
    ["1", '--at=INSERT INTO "cases_visitarea"'],
    # Of its entries, and that it was stored
    ["1", '--at=INSERT INTO "privacy_auditentry"'],
    ["2", '--at=INSERT INTO "privacy_auditentry"'],
    ["2", '--at=UPDATE "privacy_audithead"'],
]


def cut_off_import(lab, moments, options=(), kills=0):
    """A list of entries that is brought again and again, killed at each of ``moments`` and
    ``kills`` times more, while phones send; in the end it is let through.
    """
    ledger, killed, halves = Ledger(), 0, 0
    with lab.installation() as installation, installation.serving(1):
        arguments = _list_of(installation)
        crowd = Crowd(installation, ledger, count=8)
        crowd.pace = 0.5
        with crowd.at_work():
            for moment in moments:
                command = ["-m", "tests.faults.dying", *moment, *options, *arguments]
                process = installation.launch([sys.executable, *command])
                killed += process.wait(timeout=300) == -signal.SIGKILL
                halves += _stored(installation) not in (0, len(LIST))
            _killed_early(installation, arguments, kills)
            installation.manage(*arguments)
            crowd.wait_for(len(ledger.acked) + 30, seconds=120)
        outcome = judge(installation, ledger, at_least=30, besides=LIST)
        stored = Counter(row["note"] for row in installation.look()["entries"])
        left = installation.manage("shell", "--verbosity", "0", "-c", LEFT).split()
    outcome.acked += len(LIST)
    outcome.lost += sum(not stored[note] for note in LIST)
    outcome.doubled += sum(max(stored[note] - 1, 0) for note in LIST)
    outcome.told |= {"kills": killed + kills, "answers": crowd.statuses}
    outcome.expect(
        killed == len(moments), f"Only {killed} of {len(moments)} were killed"
    )
    outcome.expect(not halves, f"After {halves} kills a part of the list was stored")
    outcome.expect(
        left == ["0", str(len(LIST))], f"Lists that wait, rows told of: {left}"
    )
    return outcome


def _list_of(installation):
    """The arguments that bring the list of one mediator, whose phone sends nothing."""
    person = installation.people[-1]["person"]
    told = installation.manage("shell", "--verbosity", "0", "-c", WHOSE.format(person))
    file = installation.folder / "list.csv"
    day = f"{today():%d.%m.%Y}"
    rows = [f"{day};home_visit;45;education;{note}" for note in LIST]
    file.write_text("\n".join([HEADINGS, *rows]), encoding="utf-8")
    return [
        "import_file", str(file), "--kind=visits", f"--mediator={told.strip()}",
        "--with-similar",
    ]  # fmt: skip


def _stored(installation):
    notes = [row["note"] for row in installation.look()["entries"]]
    return sum(note in LIST for note in notes)


@scenario("import", "R23")
def import_cut_off(lab):
    """kill -9 of the import of a list, at places and moments spread over it: all or nothing."""
    return cut_off_import(lab, MOMENTS, kills=lab.so_many(2, 6, 20))


@import_cut_off.negative
def import_by_halves(lab):
    """Where an import is no transaction, entries stay that nobody has noted."""
    return cut_off_import(lab, MOMENTS[3:4], ["--by-halves"])

"""Databases that go away, are locked or copied while phones are sending."""

import errno
import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.faults.clients import Crowd, percentile
from tests.faults.installation import APPLICATION
from tests.faults.lab import POSTGRESQL, SQLITE, judge, scenario
from tests.faults.ledger import Ledger
from tests.faults.scenarios.kills import LATE

WINDOW = 3.0
"""Seconds for which a restarted database may be missed (R02)."""


def restarted(lab, times, between, application=APPLICATION, trouble="restart"):
    """A database that is restarted, or whose connections are ended, so many times."""
    ledger, windows = Ledger(), []
    with lab.installation() as installation, installation.serving(2, application):
        crowd = Crowd(installation, ledger)
        with crowd.at_work():
            for number in range(times):
                crowd.wait_for((number + 1) * between, seconds=120)
                began = time.time()
                if trouble == "restart":
                    lab.cluster.restart()
                else:
                    lab.cluster.cut_off(installation.name)
                crowd.wait_for(len(ledger.acked) + 1, seconds=60)
                windows.append(time.time() - began)
            crowd.wait_for((times + 1) * between, seconds=120)
        outcome = judge(installation, ledger, at_least=times * between)
    outcome.told |= {
        "longest without an answer, s": round(max(windows), 2),
        "answers": crowd.statuses,
    }
    outcome.expect(500 not in ledger.answers, "A phone was told of a mistake (500)")
    outcome.expect(not crowd.refused_without_a_time, "503 came without Retry-After")
    return outcome


@scenario("database-restart", "R02", (POSTGRESQL,), is_quick=True)
def database_restart(lab):
    """pg_ctl restart -m immediate under 16 posting phones."""
    return restarted(lab, lab.so_many(1, 3, 10), lab.so_many(40, 80, 150))


@database_restart.negative
def restarted_before_it_is_stored(lab):
    """A server that acknowledges first is refused by the database that is away."""
    return restarted(lab, 2, 40, LATE)


@scenario("connections-cut", "R02", (POSTGRESQL,))
def connections_cut(lab):
    """pg_terminate_backend of every connection under 16 posting phones."""
    return restarted(lab, lab.so_many(2, 5, 30), lab.so_many(30, 40, 50), trouble="cut")


@connections_cut.negative
def cut_before_it_is_stored(lab):
    """A server that acknowledges first loses what was under way."""
    return restarted(lab, 4, 30, LATE, trouble="cut")


def crowded(lab, application=APPLICATION):
    """32 phones at two web servers, a long transaction and a backup that is taken meanwhile."""
    ledger, many = Ledger(), lab.so_many(150, 400, 2000)
    with lab.installation() as installation:
        out = installation.folder / "backup.age"
        with installation.serving(2, application):
            crowd = Crowd(installation, ledger, count=32)
            # 20 writes a second, as asked for
            crowd.pace = 1.6
            with crowd.at_work():
                crowd.wait_for(many // 3, seconds=240)
                backup = installation.begin("backup", "--out", str(out))
                _hold(installation.folder / "tilts.sqlite3", seconds=2)
                crowd.wait_for(many, seconds=240)
                is_backed_up = backup.wait(timeout=120) == 0
        outcome = judge(installation, ledger, at_least=many)
        installation.manage("restore", "--in", str(out), "--verify")
    outcome.told |= {
        "p50, ms": percentile(crowd.times, 50),
        "p99, ms": percentile(crowd.times, 99),
        "answers": crowd.statuses,
    }
    outcome.expect(is_backed_up, "The backup failed")
    refused = sum(n for status, n in ledger.answers.items() if status not in (200, 201))
    outcome.expect(not refused, f"{refused} tries were refused: locked")
    return outcome


def _hold(path, seconds):
    """A transaction of somebody else that writes and takes its time."""
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        time.sleep(seconds)
        database.execute("COMMIT")


@scenario("crowd", "R04", (SQLITE,))
def crowd_of_writers(lab):
    """32 SQLite writers beside a transaction of 2 s and a running backup: nobody is refused."""
    return crowded(lab)


@crowd_of_writers.negative
def nobody_waits(lab):
    """A server that waits 50 ms for its turn refuses them."""
    return crowded(lab, "tests.faults.broken:impatient")


def filled(lab, application=APPLICATION):
    """The file system of the installation is full for a while, then has room again."""
    ledger = Ledger()
    with lab.installation() as installation, _small_disk(installation) as disk:
        with installation.serving(1, application):
            crowd = Crowd(installation, ledger)
            with crowd.at_work():
                crowd.wait_for(60, seconds=120)
                ballast = disk / "ballast"
                _fill(ballast)
                is_noticed = _wait_for_answer(ledger, 503, 60)
                time.sleep(2)
                ballast.unlink()
                before = len(ledger.acked)
                recovers = crowd.wait_for(before + 60, seconds=120)
        outcome = judge(installation, ledger, at_least=120)
    outcome.told["answers"] = crowd.statuses
    outcome.expect(is_noticed, "Nobody was told that the disk is full")
    outcome.expect(recovers, "It does not go on when there is room again")
    outcome.expect(500 not in ledger.answers, "A phone was told of a mistake (500)")
    outcome.expect(not crowd.refused_without_a_time, "503 came without Retry-After")
    return outcome


@contextmanager
def _small_disk(installation):
    """What the installation stores, on a disk of its own that is small; needs root."""
    if os.geteuid():
        raise RuntimeError("Only root can mount a small disk: not done")
    place = _files if installation.cluster is None else _tables
    with place(installation) as disk:
        yield disk


@contextmanager
def _mounted(folder, megabytes):
    options = f"size={megabytes}m,mode=0700"
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tilts", str(folder)], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def _files(installation):
    """Of SQLite everything: database, files and logs."""
    folder = installation.folder
    with TemporaryDirectory(prefix="tilts-before-") as before:
        shutil.copytree(folder, before, dirs_exist_ok=True)
        with _mounted(folder, 48):
            shutil.copytree(before, folder, dirs_exist_ok=True)
            yield folder


@contextmanager
def _tables(installation):
    """Of PostgreSQL tables and indexes: without its log of writes the server would stop."""
    name, administer = installation.name, installation.cluster.administer
    with (
        TemporaryDirectory(prefix="tilts-tables-") as folder,
        _mounted(folder, 64) as disk,
    ):
        shutil.chown(disk, "postgres")
        administer(
            f"CREATE TABLESPACE small LOCATION '{disk}'",
            f"ALTER DATABASE {name} SET TABLESPACE small",
        )
        try:
            yield Path(disk)
        finally:
            administer(
                f"ALTER DATABASE {name} SET TABLESPACE pg_default",
                "DROP TABLESPACE small",
            )


def _fill(path):
    with path.open("wb") as file:
        try:
            while True:
                file.write(b"\0" * 65536)
                file.flush()
        except OSError as full:
            if full.errno != errno.ENOSPC:
                raise


def _wait_for_answer(ledger, status, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ledger.answers[status]:
            return True
        time.sleep(0.05)
    return False


@scenario("disk-full", "R03")
def disk_full(lab):
    """The disk of the database fills up under 16 posting phones, then has room again."""
    return filled(lab)


@disk_full.negative
def full_before_it_is_stored(lab):
    """A server that acknowledges first loses what does not fit any more."""
    return filled(lab, LATE)


ROOM_OF_THE_LOG = 48
"""Megabytes: three files of it."""


def without_a_log(lab, application=APPLICATION):
    """The disk of PostgreSQL's log of writes is full; the server stops, and is started by
    hand, as its supervisor would, when there is room again.
    """
    if os.geteuid():
        raise RuntimeError("Only root can mount a small disk: not done")
    ledger, cluster = Ledger(), lab.cluster
    with lab.installation() as installation, _small_log(cluster) as disk:
        with installation.serving(1, application):
            crowd = Crowd(installation, ledger)
            with crowd.at_work():
                crowd.wait_for(60, seconds=120)
                ballast = disk / "ballast"
                _fill(ballast)
                stops = _use_up(cluster, seconds=120)
                began = time.time()
                is_noticed = _wait_for_answer(ledger, 503, 60)
                time.sleep(2)
                ballast.unlink()
                cluster.start()
                started, before = time.time(), len(ledger.acked)
                recovers = crowd.wait_for(before + 60, seconds=120)
        outcome = judge(installation, ledger, at_least=120)
    outcome.told |= {
        "stopped for, s": round(started - began, 1),
        "answers": crowd.statuses,
    }
    outcome.expect(stops, "The server goes on without a log of writes")
    outcome.expect(is_noticed, "Nobody was told that the database is away")
    outcome.expect(recovers, "It does not go on when the server is there again")
    outcome.expect(500 not in ledger.answers, "A phone was told of a mistake (500)")
    outcome.expect(not crowd.refused_without_a_time, "503 came without Retry-After")
    return outcome


def _use_up(cluster, seconds):
    """Begin one file of the log after the other; True when the server has stopped."""
    deadline = time.monotonic() + seconds
    while cluster.is_running and time.monotonic() < deadline:
        with suppress(psycopg.OperationalError):
            # Only where something was written is there a next file
            cluster.administer("SELECT txid_current()", "SELECT pg_switch_wal()")
    return not cluster.is_running


@contextmanager
def _small_log(cluster):
    """PostgreSQL's log of writes on a disk of its own, which has room for little more."""
    cluster.administer(
        "ALTER SYSTEM SET min_wal_size = '32MB'",
        "ALTER SYSTEM SET max_wal_size = '64MB'",
        *("SELECT pg_reload_conf()", "SELECT pg_switch_wal()", "CHECKPOINT"),
    )
    cluster.halt()
    place = cluster.data / "pg_wal"
    with TemporaryDirectory(prefix="tilts-log-") as kept:
        _move(place, Path(kept))
        taken = sum(path.stat().st_size for path in Path(kept).rglob("*"))
        with _mounted(place, taken // 2**20 + ROOM_OF_THE_LOG):
            _move(Path(kept), place)
            cluster.start()
            try:
                yield place
            finally:
                if cluster.is_running:
                    cluster.halt()
                (place / "ballast").unlink(missing_ok=True)
                _move(place, Path(kept))
        _move(Path(kept), place)
    cluster.start()
    cluster.administer("ALTER SYSTEM RESET ALL", "SELECT pg_reload_conf()")


def _move(source, target):
    """What is in one folder into another one that is there, for the user of PostgreSQL."""
    for path in source.iterdir():
        shutil.move(path, target / path.name)
    for path in (target, *target.rglob("*")):
        shutil.chown(path, "postgres")


@scenario("log-full", "R03", (POSTGRESQL,))
def log_full(lab):
    """No room for PostgreSQL's log of writes: it stops, and is started when there is some."""
    return without_a_log(lab)


@log_full.negative
def without_a_log_before_it_is_stored(lab):
    """A server that acknowledges first loses what came while the database was away."""
    return without_a_log(lab, LATE)

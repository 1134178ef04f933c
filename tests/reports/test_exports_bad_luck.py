"""Exports when the disk is full, workers die or are too many."""

import errno
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from privacy import sealed_files
from reports.models import Export
from reports.services import making
from tests.reports.exporting import PAGE, ask, files, the_export

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock", "no_files"),
]


def full_disk():
    return Path("/dev/full").open("r+b", buffering=0)


@pytest.mark.parametrize("room", [0, 1, 2], ids=["file", "password", "sealing"])
def test_a_full_disk_is_told_and_leaves_nothing(
    client, staff, visit, run_tasks, monkeypatch, clock, room
):
    """There is room for so many files; Linux has a disk that is always full."""
    disk = sealed_files.scratch
    scratches = [disk] * room + [full_disk] * 3
    monkeypatch.setattr(sealed_files, "scratch", lambda: scratches.pop(0)())
    ask(client, password="garš un drošs vārds")

    run_tasks()

    export = the_export()
    assert (export.status, export.failure) == ("failed", "disk_full")
    assert (export.password, files()) == ("", [])
    assert "no room left on the disk" in client.get(reverse(PAGE)).content.decode()
    clock.shift(timedelta(minutes=2))
    run_tasks()
    assert "could not be made" in mail.outbox[0].subject


def test_half_a_file_on_a_full_disk_is_deleted(monkeypatch):
    save = default_storage.save

    def half(name, content):
        save(name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(default_storage, "save", half)

    with pytest.raises(OSError, match="No space"):
        sealed_files.keep(BytesIO(b"content"), "waiting/x.age")

    assert files() == []


def test_what_a_dead_worker_began_is_made_by_another(
    client, staff, visit, run_tasks, monkeypatch, clock
):
    class Killed(BaseException):
        pass

    def dies(*args, **kwargs):
        raise Killed

    ask(client)
    export = the_export()
    sealed_files.keep(BytesIO(b"left behind"), sealed_files.name_of(export, 1))
    with monkeypatch.context() as patch:
        patch.setattr(making, "fill", dies)
        with pytest.raises(Killed):
            making.make.func(str(export.pk))
    run_tasks()
    assert the_export().status == "making"

    clock.shift(Export.LEASE + timedelta(seconds=1))
    run_tasks()

    export = the_export()
    assert (export.status, export.attempts) == ("ready", 2)
    assert files() == [f"{export.pk}-2.age"]


def test_an_export_that_kills_every_worker_is_given_up(client, staff, clock):
    ask(client)
    Export.objects.update(
        status="making", attempts=Export.ATTEMPTS, due_at=timezone.now()
    )

    making.make.func(str(the_export().pk))

    assert (the_export().status, the_export().failure) == ("failed", "broken")


def test_of_two_workers_the_one_with_the_lease_stores_its_file(
    client, staff, visit, run_tasks, monkeypatch
):
    """The first was slow; meanwhile its lease went to the second."""
    ask(client)
    fill = making.fill

    def slow(*args, **kwargs):
        rows = fill(*args, **kwargs)
        Export.objects.update(attempts=2)
        return rows

    monkeypatch.setattr(making, "fill", slow)
    making.make.func(str(the_export().pk))

    assert the_export().status == "making"
    assert files() == []


def test_progress_is_noted_and_shown(client, staff, visit, monkeypatch):
    ask(client)
    seen = []

    def note(file, period, *, told, **kwargs):
        told(4, 10)
        seen.append(client.get(reverse("reports:export-progress")).content.decode())
        return {}

    monkeypatch.setattr(making, "NOTED_EVERY", 4)
    monkeypatch.setattr(making, "fill", note)
    making.make.func(str(the_export().pk))

    assert "4 of 10 rows" in seen[0]
    assert "<html" not in seen[0]


def test_a_worker_that_lost_its_lease_stops(client, staff, visit, monkeypatch):
    ask(client)

    def note(file, period, *, told, **kwargs):
        Export.objects.update(attempts=2)
        told(4, 10)
        return {}

    monkeypatch.setattr(making, "NOTED_EVERY", 4)
    monkeypatch.setattr(making, "fill", note)
    making.make.func(str(the_export().pk))

    assert (the_export().status, files()) == ("making", [])

"""Processes whose clock is moved while they work, as one that is set by hand.

As an application for gunicorn, in the place of ``config.wsgi``; a worker begins ``begin``.

The file ``clock`` beside the database says by how many seconds. Only what Python asks is
moved: a database in the same process, SQLite, goes on by the clock of the machine.
"""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

from config.wsgi import application as ours

EACH = 0.1
"""Seconds between two looks at the file."""


class Clock:
    """That of this process."""

    def __init__(self, file):
        self.file, self.seconds, self.travel = file, 0, None

    def follow(self):
        """Until the process ends; the process may be in the middle of something."""
        while True:
            seconds = int(self.file.read_text() or 0) if self.file.exists() else 0
            if seconds != self.seconds:
                self.move(seconds)
            time.sleep(EACH)

    def move(self, seconds):
        if self.travel:
            self.travel.stop()
        shown = datetime.now(UTC) + timedelta(seconds=seconds)
        self.travel = time_machine.travel(shown, tick=True)
        self.travel.start()
        self.seconds = seconds


def begin():
    """In each process once: threads do not survive a fork."""
    clock = Clock(Path(os.environ["VAR_DIR"]) / "clock")
    threading.Thread(target=clock.follow, daemon=True).start()


_begun = set()


def application(environ, start_response):
    """Ours, by the clock that the file says."""
    if os.getpid() not in _begun:
        _begun.add(os.getpid())
        begin()
    return ours(environ, start_response)

"""Where a benchmark is made: an installation of its own, or one that runs already."""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.phone import Phone  # noqa: E402
from tests.journeys.system import System, today  # noqa: E402 -- after the path

PASSWORD = "tilts-demo-2026"  # noqa: S105 -- of the demo, printed by scripts/run


class Running:
    """A demo that is served already, as ``scripts/run`` does."""

    def __init__(self, url, email):
        self.url, self.email = url.rstrip("/"), email

    def account(self, _role, _municipality=None):
        return {"email": self.email, "password": PASSWORD}


def arguments(description):
    """The options that all benchmarks share."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--url", help="a running demo; without it one is made and ended"
    )
    parser.add_argument(
        "--email",
        default="sanita.vitola@tilts.example",
        help="the mediator to sign in as, with --url",
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures there as well"
    )
    return parser


@contextmanager
def installation(options):
    """What has ``url`` and ``account(role)``."""
    if options.url:
        yield Running(options.url, options.email)
        return
    with tempfile.TemporaryDirectory() as folder:
        system = System(Path(folder))
        system.prepare(until=today())
        with system.running():
            yield system


@contextmanager
def phone_of(system, playwright):
    """A new phone of a mediator, forgotten afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        phone = Phone(playwright, folder, system)
        try:
            yield phone
        finally:
            phone.close()


def machine():
    """In one line: what was measured on, and when."""
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    told = subprocess.run(
        [chromium, "--version"], capture_output=True, text=True, check=True
    )
    version = re.search(r"Chromium [\d.]+", told.stdout)[0]
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return (
        f"{today()}, {os.cpu_count()} × {model}, Python {platform.python_version()},"
        f" {version}"
    )


def table(heads, rows):
    """A Markdown table; numbers at the right."""
    lines = [heads, [":--" if not n else "--:" for n, _ in enumerate(heads)], *rows]
    for line in lines:
        print("| " + " | ".join(str(cell) for cell in line) + " |")
    print()


def write(options, figures):
    """The same figures for other programs."""
    if options.json:
        options.json.write_text(
            json.dumps(figures, indent=2, ensure_ascii=False) + "\n"
        )

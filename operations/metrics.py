"""Numbers in the text format of Prometheus: a few lines, so no package for it."""

from django.conf import settings

from operations.figures import numbers
from privacy import readiness

HELP = {
    "tasks_due": "Work in the background that should be done by now.",
    "tasks_planned": "Work in the background that waits for its time.",
    "tasks_running": "Work in the background that is being done.",
    "tasks_failed": "Work in the background given up within a week.",
    "oldest_task_seconds": "How long the oldest of the work that is due has been queued.",
    "mails_failed": "Mails given up within a week.",
    "pdfs_waiting": "Approved reports whose PDF is still tried.",
    "pdfs_given_up": "Approved reports whose PDF could not be made.",
    "backup_age_seconds": "Since the newest backup; absent where there is none.",
    "disk_free_bytes": "Free where data are kept.",
    "disk_total_bytes": "Size of the disk where data are kept.",
}
LEVELS = {readiness.OK: 0, readiness.WARN: 1, readiness.FAIL: 2}


def text():
    """All of them as gauges; labels name a version and checks, never anybody or anything."""
    lines = [
        *_about("info", "The version that runs."),
        f'tilts_info{{version="{settings.VERSION}"}} 1',
        *_about("check", "0 in order, 1 warning, 2 failure."),
    ]
    found = readiness.look()
    lines += [
        f'tilts_check{{check="{name}"}} {LEVELS[state]}'
        for name, state in found.items()
    ]
    if found["database"] == readiness.OK:
        for name, value in numbers().items():
            if value is not None:
                lines += [*_about(name, HELP[name]), f"tilts_{name} {value:.0f}"]
    return "\n".join(lines) + "\n"


def _about(name, words):
    return f"# HELP tilts_{name} {words}", f"# TYPE tilts_{name} gauge"

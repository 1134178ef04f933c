"""Hurts installations of its own, on 127.0.0.1 alone, and counts what was lost.

Every scenario comes with a negative control, the same where a promise is broken, which
has to be found. What the scenarios mean and what came out stands in docs/reliability.md.
Exit code 1: a scenario does not hold.
"""

import argparse
import json
import signal
import sys

from tests.faults import scenarios
from tests.faults.lab import BOTH, SCENARIOS, run


def options():
    parser = argparse.ArgumentParser(prog="scripts/faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SCENARIO", help="without: all")
    parser.add_argument("--list", action="store_true", help="what there is")
    parser.add_argument("--json", action="store_true", help="print a list of objects")
    parser.add_argument("--database", choices=(*BOTH, "both"), default=None)
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--quick",
        action="store_true",
        help="a few on SQLite, in under a minute on a machine that does nothing else",
    )
    size.add_argument(
        "--whole",
        action="store_true",
        help="as often as was promised: 10,000 entries, 100 workers, 20 masters",
    )
    parser.add_argument(
        "--earlier",
        metavar="REV",
        default="HEAD",
        help="the commit of the release that two-releases comes from (HEAD)",
    )
    parser.add_argument(
        "--minutes",
        type=int,
        default=60,
        help="for each database; what is repeated ends early then (60)",
    )
    chosen = parser.parse_args()
    if unknown := set(chosen.names) - SCENARIOS.keys():
        parser.error(f"no scenario {', '.join(sorted(unknown))}; see --list")
    return chosen


def tell(one, row, outcome, seconds):
    """A line for people while the others go on."""
    verdict = "holds" if row["holds"] else "FAILED"
    print(  # noqa: T201
        f"{one.name:<18} {row['database']:<10} {verdict:<6} acked {row['acked']:>6}"
        f"  lost {row['lost']}  doubled {row['doubled']}  {seconds:.0f} s  {outcome.told}",
        *outcome.faults,
        sep="\n  ",
        file=sys.stderr,
        flush=True,
    )


def over(signum, frame):
    raise SystemExit("The time is over; what was running has been ended.")


def main():
    chosen = options()
    if chosen.list:
        for one in SCENARIOS.values():
            where = ", ".join(one.databases)
            print(f"{one.name:<18} {one.rules:<8} {where}: {one.told}")  # noqa: T201
        return 0
    size = "quick" if chosen.quick else "whole" if chosen.whole else "usual"
    which = chosen.database or ("sqlite" if chosen.quick else "both")
    wanted = [
        one
        for one in SCENARIOS.values()
        if one.name in chosen.names
        or (not chosen.names and (one.is_quick or not chosen.quick))
    ]
    for number in (signal.SIGALRM, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, over)
    databases = BOTH if which == "both" else (which,)
    seconds = chosen.minutes * 60
    # Whatever is under way a while after that is ended
    signal.alarm(len(databases) * (seconds + 900))
    rows = run(wanted, databases, size, tell, seconds, chosen.earlier)
    if chosen.json:
        print(json.dumps(rows))  # noqa: T201
    return 0 if all(row["holds"] for row in rows) else 1


if __name__ == "__main__":
    assert scenarios.ALL
    sys.exit(main())

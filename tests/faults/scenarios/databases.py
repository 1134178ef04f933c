"""Databases that go away, are locked or copied while phones are sending."""

import time

from tests.faults.clients import Crowd
from tests.faults.installation import APPLICATION
from tests.faults.lab import POSTGRESQL, judge, scenario
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

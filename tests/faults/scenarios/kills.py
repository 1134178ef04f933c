"""Processes that die while phones are sending."""

import time
from bisect import bisect

from tests.faults.clients import Crowd, percentile
from tests.faults.installation import APPLICATION
from tests.faults.lab import judge, scenario
from tests.faults.ledger import Ledger

LATE = "tests.faults.broken:answers_first"
FORGETFUL = "tests.faults.broken:forgets_numbers"


def killed(lab, *, workers, masters, between, application=APPLICATION):
    """Of a web server under 16 phones a worker or everything dies, after every so many answers."""
    ledger = Ledger()
    with lab.installation() as installation, installation.serving(1, application):
        [replica] = installation.replicas
        crowd, dead = Crowd(installation, ledger), {"workers": 0, "masters": 0}
        total = workers + masters
        with crowd.at_work():
            for number in range(total):
                if lab.is_over:
                    break
                crowd.wait_for((number + 1) * between, seconds=120)
                # Masters die evenly among the workers
                if (number + 1) * masters // total > number * masters // total:
                    replica.kill()
                    replica.start()
                    dead["masters"] += 1
                else:
                    dead["workers"] += replica.kill_worker()
            crowd.wait_for((total + 1) * between, seconds=120)
        outcome = judge(installation, ledger, at_least=total * between)
    outcome.told |= dead | {"answers": crowd.statuses}
    outcome.expect(dead["masters"] == masters, "Too few masters were killed")
    outcome.expect(dead["workers"] >= workers * 0.9, "Too few workers were killed")
    answers = set(ledger.answers)
    outcome.expect(500 not in answers, "A phone was told of a mistake of ours (500)")
    return outcome


@scenario("kills", "R01", is_quick=True)
def kills(lab):
    """kill -9 of workers and of master and workers, under 16 posting phones."""
    return killed(
        lab,
        workers=lab.so_many(3, 12, 104),
        masters=lab.so_many(1, 3, 21),
        between=lab.so_many(25, 40, 80),
    )


@kills.negative
def answers_before_it_stores(lab):
    """A server that acknowledges what it has in memory loses it when it is killed."""
    return killed(lab, workers=3, masters=1, between=25, application=LATE)


@scenario("double-submit", "R05")
def double_submit(lab):
    """The same entry from 20 connections at once, again and again."""
    return sent_twenty_times(lab, APPLICATION)


@double_submit.negative
def numbers_forgotten(lab):
    """A server that takes every arrival for a new entry doubles them."""
    return sent_twenty_times(lab, FORGETFUL)


def sent_twenty_times(lab, application):
    import threading  # noqa: PLC0415

    from tests.faults.clients import Phone  # noqa: PLC0415
    from tests.faults.ledger import Entry  # noqa: PLC0415

    ledger, rounds = Ledger(), lab.so_many(2, 10, 50)
    with lab.installation() as installation, installation.serving(2, application):
        one = installation.people[0]
        ports = [replica.port for replica in installation.replicas]
        phones = [
            Phone(one["person"], one["session"], ports[n % 2 :] + ports[: n % 2], 60)
            for n in range(20)
        ]
        for count in range(rounds):
            entry = Entry.of(one["person"], count)
            ledger.send(entry)
            together = threading.Barrier(len(phones))

            def send(phone, entry=entry, together=together):
                phone.fetch_token()
                together.wait(timeout=60)
                ledger.answer(entry, phone.send(entry)[0])
                phone.hang_up()

            threads = [
                threading.Thread(target=send, args=(phone,), daemon=True)
                for phone in phones
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=90)
        outcome = judge(installation, ledger, at_least=rounds)
    answers = ledger.answers
    outcome.told["answers"] = {str(status): n for status, n in answers.items()}
    outcome.expect(answers[201] == rounds, "More than one arrival was the first one")
    outcome.expect(answers[200] == 19 * rounds, "An arrival got another answer")
    return outcome


@scenario("dead-process", "R21")
def dead_process(lab):
    """Of three web servers and a worker in the background one process after the other dies."""
    # Not so many that two processors are busy with them alone
    return one_after_the_other(lab, APPLICATION, lab.so_many(120, 300, 1000), pace=0.8)


@dead_process.negative
def dies_with_what_it_acknowledged(lab):
    """A server that acknowledges before it stores takes that with it."""
    return one_after_the_other(lab, LATE, 120, pace=0)


def one_after_the_other(lab, application, many, pace):
    """16 phones, which rest ``pace`` seconds after each entry, send so ``many`` before and
    after each death.
    """
    ledger = Ledger()
    with lab.installation() as installation, installation.serving(3, application):
        background = installation.begin("db_worker", "--interval", "0.2")
        first, second, _third = installation.replicas
        deaths = {
            "a worker of a web server": first.kill_worker,
            "the worker in the background": background.kill,
            # It stays dead, as nobody is there to start it again
            "a whole web server": second.kill,
        }
        crowd = Crowd(installation, ledger)
        crowd.pace = pace
        with crowd.at_work():
            # The first answers of each worker take longer
            crowd.wait_for(64, seconds=240)
            warm, moments = time.time(), []
            crowd.wait_for(many, seconds=240)
            for death in deaths.values():
                moments.append(time.time())
                death()
                crowd.wait_for((len(moments) + 1) * many, seconds=240)
        outcome = judge(installation, ledger, at_least=(len(deaths) + 1) * many)
    times = {"nothing": [], **{name: [] for name in deaths}}
    for one in (one for one in crowd.times if one[0] > warm):
        times[list(times)[bisect(moments, one[0])]].append(one)
    outcome.told |= {
        "p95 after the death of, ms": {
            name: percentile(those, 95) for name, those in times.items()
        },
        "answers": crowd.statuses,
    }
    return outcome

"""What the ledger of the fault suite counts as lost, doubled and invented."""

from dataclasses import asdict, replace

import pytest

from tests.faults import scenarios
from tests.faults.lab import SCENARIOS, Scenario
from tests.faults.ledger import Entry, Ledger, Outcome


@pytest.fixture
def entry():
    return Entry.of("a person", 1)


@pytest.fixture
def ledger(entry):
    """One entry that was sent and acknowledged."""
    ledger = Ledger()
    ledger.send(entry)
    ledger.answer(entry, 201)
    return ledger


def test_what_was_acknowledged_and_is_stored_once_holds(ledger, entry):
    outcome = ledger.compare([asdict(entry)])

    assert (outcome.acked, outcome.lost, outcome.doubled) == (1, 0, 0)
    assert outcome.holds


@pytest.mark.parametrize("changes", [{"minutes": 99}, {"person": "another"}, None])
def test_what_is_not_there_as_it_was_sent_is_lost(ledger, entry, changes):
    stored = [asdict(replace(entry, **changes))] if changes else []

    outcome = ledger.compare(stored)

    assert outcome.lost == 1
    assert not outcome.holds


def test_the_same_words_under_another_number_are_doubled(ledger, entry):
    again = replace(entry, number="another")

    outcome = ledger.compare([asdict(entry), asdict(again)])

    assert outcome.doubled == 1
    assert not outcome.holds


def test_what_nobody_sent_is_found(ledger, entry):
    outcome = ledger.compare([asdict(entry), asdict(Entry.of("a person", 2))])

    assert not outcome.holds


@pytest.mark.parametrize("is_stored", [True, False])
def test_what_was_never_answered_may_be_stored_or_not(ledger, entry, is_stored):
    open_one = Entry.of("a person", 2)
    ledger.send(open_one)
    ledger.answer(open_one, 503)
    stored = [entry, open_one] if is_stored else [entry]

    assert ledger.compare([asdict(one) for one in stored]).holds


def test_one_invented_acknowledgement_is_found(ledger, entry):
    invented = Entry.of("a person", 2)
    ledger.send(invented)
    ledger.answer(invented, 201)

    assert ledger.compare([asdict(entry)]).lost == 1


def test_a_scenario_whose_control_finds_nothing_does_not_hold():
    blind = Scenario("blind", "R01", (), False, lambda lab: Outcome(acked=1))
    blind.negative(lambda lab: Outcome(acked=1))
    seeing = Scenario("seeing", "R01", (), False, lambda lab: Outcome(acked=1))
    seeing.negative(lambda lab: Outcome(acked=1, lost=1))

    assert not blind.on(None).holds
    assert seeing.on(None).holds


def test_every_scenario_names_its_rule_and_has_a_negative_control():
    assert scenarios.ALL
    for one in SCENARIOS.values():
        assert one.rules.startswith("R")
        assert one.control, one.name
        assert one.told

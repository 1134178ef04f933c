"""The team of the demo: contracts, training and money that agree with each other."""

from collections import Counter

import pytest
import time_machine

from agenda.demo.loading import load_demo
from mediators.models import MediatorProfile, Role, Training, User
from municipalities.models import FundingLine, Municipality
from tests.agenda.demo import NOON, UNTIL

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def team(made_once):
    with time_machine.travel(NOON):
        load_demo(UNTIL, seed=1, scale=1)
        yield


def test_one_mediator_has_contracts_of_two_sources_side_by_side(db, team):
    aina = User.objects.get(first_name="Aina", last_name="Dreimane")
    contracts = aina.appointments.filter(role=Role.MEDIATOR)

    hours = dict(contracts.values_list("funding__code", "hours_per_day"))
    assert hours == {"MUNICIPALITY": 4, "ESF_PLUS": 6}


def test_who_works_was_trained_and_ready_before(db, team):
    for facts in MediatorProfile.objects.all():
        initial = facts.mediator.trainings.get(kind=Training.Kind.INITIAL)
        began = facts.mediator.appointments.earliest("starts_on").starts_on
        assert initial.ends_on < facts.ready_on <= began


def test_no_two_certificates_have_one_number(db, team):
    numbers = Training.objects.exclude(certificate_number="")
    counts = Counter(numbers.values_list("certificate_number", flat=True))

    assert counts
    assert set(counts.values()) == {1}


def test_the_page_of_a_municipality_says_who_pays_its_contracts(db, team):
    for place in Municipality.objects.filter(appointments__role=Role.MEDIATOR):
        lines = FundingLine.objects.of(place).filter(purpose=FundingLine.Purpose.PAY)
        contracts = place.appointments.current(UNTIL)
        paying = set()
        for contract in contracts.filter(role=Role.MEDIATOR):
            shares = contract.shares.values_list("source", flat=True)
            paying |= set(shares) or {contract.funding_id}
        assert set(lines.values_list("source", flat=True)) == paying
        assert sum(line.percent for line in lines) == 100

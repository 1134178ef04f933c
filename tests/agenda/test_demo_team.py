"""The team of the demo: contracts, training, money, events that agree with each other."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine

from agenda.demo.loading import load_demo
from cases.models import Advice, Delegation
from cases.services.cooperation import gaps_for
from evaluation.models import SurveyRound
from events.models import Centre, Event, Headcount
from families.models import AgeBand, HandOver, Sex
from families.services.hand_overs import contacts_of
from mediators.models import Appointment, MediatorProfile, Role, Training, User
from municipalities.models import FundingLine, Municipality
from stories.models import Story, StoryAgreement
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
    assert hours == {"MUNICIPALITY": 4, "ESF_PLUS": 4}


def test_nobody_works_more_than_eight_hours_a_day(db, team):
    hours = Counter()
    for contract in Appointment.objects.current(UNTIL).filter(role=Role.MEDIATOR):
        hours[contract.user] += contract.hours_per_day

    assert max(hours.values()) == 8
    assert 6 in hours.values()


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


def test_contracts_are_of_four_six_and_eight_hours(db, team):
    contracts = Appointment.objects.filter(role=Role.MEDIATOR, ends_on=None)

    assert {4, 6, 8} == set(contracts.values_list("hours_per_day", flat=True))


def test_events_tell_ages_regions_sex_results_and_institutions(db, team):
    counts = Headcount.objects.all()

    assert counts.exclude(age_band=AgeBand.UNKNOWN).exclude(from_region=None).exists()
    assert counts.exclude(sex=Sex.UNKNOWN).exists()
    assert any(event.results for event in Event.objects.all())
    assert Event.objects.filter(role=Event.Role.ATTENDED).exists()
    for event in Event.objects.exclude(institutions=None):
        assert event.institutions_number == event.institutions.count() > 1


def test_a_centre_is_open_on_the_days_on_which_it_was_open(db, team):
    library = Centre.objects.get(kind=Centre.Kind.TOY_LIBRARY)

    days = {event.held_on.weekday() for event in library.events.all()}
    assert library.opening_times.startswith("trešdienās")
    assert days == {2}


def test_advice_is_asked_of_everybody_who_gives_it_about_a_case_of_that_area(db, team):
    asked = Advice.objects.values_list("asked", flat=True)

    assert {"coordinator", "lead", "expert"} <= set(asked)
    for advice in Advice.objects.select_related("case"):
        if "īpašnieks" in advice.question:
            assert advice.case.area == "housing"


def test_no_two_mediators_ask_the_same_or_wait_as_long(db, team):
    rows = Advice.objects.all()

    assert len({row.question for row in rows}) == len(rows)
    assert set(rows.values_list("asked", flat=True)) == set(Advice.Asked.values)
    assert len({row.days for row in rows if row.answer}) >= 4
    assert rows.values("by").distinct().count() == 5
    assert rows.filter(answered_at__date__gte=UNTIL - timedelta(days=3)).exists()


def test_each_municipality_lacks_contact_persons_of_its_own(db, team):
    gaps = gaps_for(User.objects.get(first_name="Rasma", last_name="Vecvagare"))

    assert len(gaps) == 4
    assert len({tuple(areas) for _place, areas in gaps}) == 4
    assert Delegation.objects.filter(starts_on__gt=UNTIL).exists()
    assert Delegation.objects.filter(ends_on__lt=UNTIL).exists()


def test_no_two_stories_are_the_same(db, team):
    told = [story.hard for story in Story.objects.all()]

    assert len(set(told)) == len(told)


def test_one_survey_can_be_answered(db, team, client):
    [running] = [one for one in SurveyRound.objects.all() if one.is_open]

    assert running.links.filter(revoked_at=None).count() == 4
    with time_machine.travel(NOON):
        page = client.get(f"/a/{running.links.first().secret}/")
    assert page.status_code == 200
    assert page.content.count(b'type="radio"') > 10


def test_a_hand_over_tells_the_institutions_of_the_last_year(db, team):
    for plan in HandOver.objects.all():
        assert len(contacts_of(plan)) >= 3


def test_a_grown_up_agrees_to_the_own_story(db, team):
    rows = StoryAgreement.objects.select_related("story")
    agreed = {row.story.slug: row.who for row in rows}

    assert agreed["pirmais-darba-ligums"] == "jaunietis pats"
    assert agreed["katru-ritu-uz-skolu-ari-tumsa"] == "mamma"

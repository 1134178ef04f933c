"""The team page: workload beside the own contract, contracts, what runs out."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from agenda.team import Team
from mediators.models import Role
from tests import cast
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    FamilyFactory,
    MediatorProfileFactory,
    MunicipalityFactory,
    TrainingFactory,
    TrainingNeedFactory,
    UserFactory,
    VisitFactory,
)
from tests.held_rows import held_rows

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
"""A Thursday; the four weeks before begin on 26 October and hold one public holiday."""


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 26, 10, tzinfo=UTC), tick=False):
        yield


def team(user):
    return Team(user, TODAY, with_load=True)[:]


def log(mediator, day, minutes, **facts):
    VisitFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        visited_on=day,
        minutes=minutes,
        **facts,
    )


def test_hours_of_whole_weeks_stand_beside_the_contract(mediator, coordinator):
    family = FamilyFactory(
        municipality=mediator.factory_municipality, mediator=mediator
    )
    CaseFactory(family=family, mediator=mediator)
    log(mediator, date(2026, 10, 25), 600)
    log(mediator, date(2026, 10, 26), 60)
    log(mediator, date(2026, 11, 22), 90)
    log(mediator, date(2026, 11, 23), 600)

    [one] = team(coordinator)

    assert [week.worked for week in one.weeks] == [1, 0, 0, Decimal("1.5")]
    assert [week.contracted for week in one.weeks] == [20, 20, 20, 16]
    assert (one.worked, one.contracted) == (Decimal("0.6"), 19)
    assert (one.open_cases, one.families) == (1, 1)


def test_a_contract_that_ended_in_the_week_asks_for_its_own_days(mediator, coordinator):
    contract = mediator.appointments.get()
    contract.hours_per_day, contract.ends_on = 6, date(2026, 11, 10)
    contract.save()
    AppointmentFactory(
        user=mediator,
        municipality=contract.municipality,
        starts_on=date(2026, 11, 11),
        hours_per_day=4,
    )

    [one] = team(coordinator)

    assert [week.contracted for week in one.weeks] == [30, 30, 24, 16]
    assert [row.hours_per_day for row in one.contracts] == [4]


def test_mediators_stand_in_the_order_of_names_not_of_hours(municipality, coordinator):
    people = [
        UserFactory(role=Role.MEDIATOR, municipality=municipality, last_name=name)
        for name in ("Zara", "Čakste", "Cakuls")
    ]
    log(people[0], date(2026, 11, 17), 900)

    names = [one.mediator.last_name for one in team(coordinator)]

    assert names == ["Cakuls", "Čakste", "Zara"]


def test_municipalities_follow_the_latvian_order_and_names_within_them(
    municipality, mediator
):
    for label, names in (("Ābeļu novads", "ZŽ"), ("Cērpu novads", "A")):
        place = MunicipalityFactory(label_lv=label)
        for name in names:
            UserFactory(role=Role.MEDIATOR, municipality=place, last_name=name)
    everybody = Team(cast.person("lead_mediator"), TODAY, with_load=True)

    names = [one.mediator.last_name for one in everybody[:]]

    assert names[:3] == ["Z", "Ž", "A"]
    for first in range(len(everybody)):
        part = everybody[first : first + 2]
        assert [one.mediator.last_name for one in part] == names[first : first + 2]


def test_of_a_team_that_has_pages_only_a_page_is_read(
    client, municipality, monkeypatch
):
    monkeypatch.setattr("agenda.views_team.A_PAGE", 2)
    until = TODAY + timedelta(days=20)
    for number in range(8):
        place = MunicipalityFactory(label_lv=f"Novads {number}")
        mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
        MediatorProfileFactory(mediator=mediator, record_check_until=until)
        family = FamilyFactory(municipality=place, mediator=mediator)
        for _case in range(3):
            CaseFactory(family=family, mediator=mediator)
            log(mediator, TODAY - timedelta(days=7), 60, family=family)
    client.force_login(cast.person("lead_mediator"))

    with held_rows() as held:
        page = client.get("/komanda/?page=2")

    rows = page.context["members"]
    assert [str(one.municipality) for one in rows] == ["Novads 2", "Novads 3"]
    assert [(one.open_cases, one.families, one.worked) for one in rows] == [
        (3, 1, Decimal("0.8"))
    ] * 2
    assert len(page.context["renewals"]) == 2
    assert 'href="?page=3"' in page.content.decode()
    # Places are as many as there are; everything else is of the page
    assert held.most == 8
    assert 'FROM "municipalities_municipality"' in held.sql


def test_contracts_side_by_side_are_told_apart(client, mediator, coordinator):
    contract = mediator.appointments.get()
    AppointmentFactory(
        user=mediator, municipality=contract.municipality, hours_per_day=2
    )
    client.force_login(coordinator)

    words = client.get("/komanda/").content.decode()

    assert words.count(" h dienā") == 2
    assert "4 h dienā<br>" in words.replace("\N{NO-BREAK SPACE}", " ")


def test_who_works_in_two_municipalities_is_told_in_each(mediator, coordinator):
    other = MunicipalityFactory()
    AppointmentFactory(user=mediator, municipality=other, hours_per_day=2)
    log(mediator, date(2026, 11, 17), 120)
    lead = cast.person("lead_mediator")

    assert len(team(coordinator)) == 1
    rows = {one.municipality: one for one in team(lead)}
    assert rows[mediator.factory_municipality].weeks[3].worked == 2
    assert rows[other].weeks[3].worked == 0
    assert [row.hours_per_day for row in rows[other].contracts] == [2]


@pytest.mark.parametrize(
    ("who", "sees_load"),
    [("coordinator", True), ("lead_mediator", True), ("project_staff", False)],
)
def test_workload_is_for_those_who_lead_mediators(
    client, municipality, mediator, who, sees_load
):
    client.force_login(cast.person(who, municipality))

    response = client.get("/komanda/")

    assert (response.context["members"][0].weeks is not None) is sees_load
    assert mediator.full_name in response.content.decode()


def test_an_empty_team_is_told_as_such(client, coordinator):
    client.force_login(coordinator)

    assert response_has_empty_state(client.get("/komanda/"))


def response_has_empty_state(response):
    return response.status_code == 200 and 'class="empty"' in response.content.decode()


def test_what_runs_out_is_told_to_the_mediator_and_the_coordinator(
    client, mediator, coordinator, outsider
):
    until = TODAY + timedelta(days=20)
    TrainingFactory(
        mediator=mediator,
        title="Pirmā palīdzība",
        starts_on=date(2023, 1, 1),
        certificate_expires_on=until,
    )
    MediatorProfileFactory(mediator=mediator, record_check_until=date(2026, 11, 1))
    TrainingNeedFactory(mediator=mediator)

    client.force_login(mediator)
    context = client.get("/sodien/").context
    shown = [
        row.reminder.subject
        for name in ("late", "now", "soon")
        for row in context[name].rows
        if row.reminder and "/komanda/" in row.reminder.url
    ]
    assert len(shown) >= 1
    client.force_login(coordinator)
    for address in ("/parskats/", "/komanda/"):
        response = client.get(address)
        found = response.context["renewals"]
        assert [one.due_on for one in found] == [date(2026, 11, 1), until]
        assert "Pirmā palīdzība" in response.content.decode()
    assert client.get("/komanda/").context["members"][0].needs == 1
    client.force_login(outsider)
    assert "Pirmā palīdzība" not in client.get("/sodien/").content.decode()

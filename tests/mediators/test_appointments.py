"""An appointment opens a place for its days, and not a day longer."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from families.models import Family
from mediators.models import CASE_WORK, Appointment, Role
from tests.factories import (
    AppointmentFactory,
    FamilyFactory,
    MunicipalityFactory,
    UserFactory,
)


@pytest.fixture
def leaving(municipality):
    """A mediator with a family, whose last day is the 20th of November 2026."""
    user = UserFactory()
    AppointmentFactory(
        user=user,
        municipality=municipality,
        starts_on=date(2026, 3, 2),
        ends_on=date(2026, 11, 20),
    )
    FamilyFactory(municipality=municipality, mediator=user)
    return user


def as_if_just_signed_in(user):
    """The account as a new request finds it: roles are read once per request."""
    return type(user).objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("moment", "families"),
    [
        ("2026-03-01 12:00", 0),
        ("2026-03-02 00:05", 1),
        ("2026-11-20 23:55", 1),
        ("2026-11-21 00:05", 0),
    ],
)
def test_access_begins_on_the_first_day_and_ends_the_day_after_the_last(
    leaving, time_machine, moment, families
):
    time_machine.move_to(f"{moment}+02:00", tick=False)
    user = as_if_just_signed_in(leaving)

    assert Family.objects.visible_to(user).count() == families
    assert user.visible_municipalities().count() == families
    assert user.has_role(Role.MEDIATOR) == bool(families)


def test_the_day_is_that_of_riga(leaving, time_machine):
    time_machine.move_to("2026-11-20 22:30+00:00", tick=False)

    assert timezone.localdate() == date(2026, 11, 21)
    assert not as_if_just_signed_in(leaving).roles


def test_somebody_signed_in_loses_access_with_the_next_request(
    client, leaving, time_machine
):
    time_machine.move_to("2026-11-20 23:55+02:00", tick=False)
    client.force_login(leaving)
    assert client.get("/gimenes/").status_code == 200

    time_machine.shift(timedelta(minutes=10))

    assert client.get("/gimenes/").status_code == 404


def test_appointments_of_a_month_are_those_in_force_on_one_of_its_days(leaving):
    def count(year, month):
        return leaving.appointments.in_month(date(year, month, 15)).count()

    assert [count(2026, 2), count(2026, 3), count(2026, 11), count(2026, 12)] == [
        *(0, 1, 1, 0)
    ]


@pytest.mark.parametrize("day", [date(2026, 11, 1), date(2026, 11, 30)])
def test_one_day_is_enough_to_have_worked_in_a_month(db, day):
    AppointmentFactory(starts_on=day, ends_on=day)

    assert Appointment.objects.in_month(date(2026, 11, 15)).exists()


def test_the_working_time_of_a_place_that_somebody_left_is_no_longer_theirs(mediator):
    here = mediator.appointments.get()
    AppointmentFactory(
        user=mediator, municipality=MunicipalityFactory(), ends_on=date(2026, 1, 1)
    )

    assert list(Appointment.objects.visible_to(mediator)) == [here]


def test_a_desk_is_told_by_the_appointment_that_began_last(
    mediator, colleague, municipality
):
    def appoint(year, place=municipality, role=Role.MEDIATOR):
        return AppointmentFactory(
            user=mediator, municipality=place, role=role, starts_on=date(year, 3, 1)
        )

    elsewhere = appoint(2021, MunicipalityFactory())
    appoint(2023)
    corrected = appoint(2023)
    appoint(2022)
    appoint(2024, role=Role.COORDINATOR)

    found = Appointment.objects.filter(role=Role.MEDIATOR).newest_of_each_desk()

    assert set(found) == {corrected, elsewhere, colleague.appointments.get()}


@pytest.mark.parametrize("role", CASE_WORK)
def test_an_administrator_gets_no_role_with_families(administrator, role):
    place = MunicipalityFactory() if role != Role.LEAD_MEDIATOR else None
    appointment = Appointment(user=administrator, role=role, municipality=place)

    with pytest.raises(ValidationError, match=r"ģimen|famil"):
        appointment.full_clean()


@pytest.mark.parametrize("role", CASE_WORK)
def test_who_works_with_families_does_not_become_administrator(db, role):
    user = UserFactory(role=role)

    with pytest.raises(ValidationError, match=r"ģimen|famil"):
        Appointment(user=user, role=Role.ADMINISTRATOR).full_clean()


@pytest.mark.parametrize("role", [Role.LEAD_MEDIATOR, Role.ADMINISTRATOR])
def test_a_data_protection_officer_is_nothing_else(data_protection_officer, role):
    with pytest.raises(ValidationError, match="aizsardzības"):
        Appointment(user=data_protection_officer, role=role).full_clean()
    user = UserFactory(role=role)
    with pytest.raises(ValidationError, match="aizsardzības"):
        Appointment(user=user, role=Role.DATA_PROTECTION_OFFICER).full_clean()


def test_staff_may_be_administrators_too(project_staff):
    Appointment(user=project_staff, role=Role.ADMINISTRATOR).full_clean()


@pytest.mark.parametrize(
    ("role", "has_place"),
    [(Role.MEDIATOR, False), (Role.PROJECT_STAFF, True)],
)
def test_the_database_refuses_a_role_in_the_wrong_place(db, role, has_place):
    user = UserFactory()
    place = MunicipalityFactory() if has_place else None

    with pytest.raises(IntegrityError, match="appointment_has_municipality"):
        Appointment.objects.create(user=user, role=role, municipality=place)


def test_the_last_day_is_not_before_the_first(mediator):
    [appointment] = mediator.appointments.all()
    appointment.ends_on = appointment.starts_on - timedelta(days=1)

    with pytest.raises(ValidationError):
        appointment.full_clean()

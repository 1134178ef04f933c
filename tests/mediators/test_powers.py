"""Power over others is given in the open: never to oneself, never rewritten, told to officers."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mediators.models import Appointment, Role
from privacy.models import AuditEntry
from tests.factories import AppointmentFactory, UserFactory

ADD = reverse("admin:mediators_appointment_add")


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def change_of(appointment):
    return reverse("admin:mediators_appointment_change", args=[appointment.pk])


def answers(person, role, **changes):
    return {
        "user": person.pk,
        "role": role,
        "municipality": "",
        "starts_on": timezone.localdate(),
        "ends_on": "",
        "hours_per_day": "4",
        "position": "mediator",
        "shares-TOTAL_FORMS": "0",
        "shares-INITIAL_FORMS": "0",
        **changes,
    }


@pytest.mark.parametrize("role", [Role.DATA_PROTECTION_OFFICER, Role.PROJECT_STAFF])
def test_an_administrator_gives_themselves_no_role(admin, administrator, role):
    response = admin.post(ADD, answers(administrator, role))

    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["user"]
    assert administrator.appointments.count() == 1


def test_no_account_gives_roles_and_watches_over_data(admin, data_protection_officer):
    response = admin.post(ADD, answers(data_protection_officer, Role.ADMINISTRATOR))

    assert response.status_code == 200
    assert data_protection_officer.appointments.count() == 1


def test_an_own_appointment_is_not_changed_either(admin, administrator):
    [own] = administrator.appointments.all()

    response = admin.post(change_of(own), {"ends_on": "2027-01-01"})

    assert response.status_code == 403
    assert 'name="ends_on"' not in admin.get(change_of(own)).content.decode()
    own.refresh_from_db()
    assert own.ends_on is None


def test_what_gave_access_is_ended_and_never_rewritten(admin, mediator):
    [given] = mediator.appointments.all()
    other = UserFactory(role=Role.PROJECT_STAFF)

    admin.post(
        change_of(given),
        answers(
            other,
            Role.PROJECT_STAFF,
            starts_on=date(2026, 1, 1),
            ends_on=timezone.localdate() + timedelta(days=3),
        ),
    )

    before = (given.user_id, given.role, given.municipality_id, given.starts_on)
    given.refresh_from_db()
    assert before == (given.user_id, given.role, given.municipality_id, given.starts_on)
    assert given.ends_on == timezone.localdate() + timedelta(days=3)


def test_what_has_not_begun_can_be_put_right(admin, mediator, municipality):
    planned = AppointmentFactory(
        role=Role.PROJECT_STAFF,
        municipality=None,
        starts_on=timezone.localdate() + timedelta(days=7),
    )

    admin.post(
        change_of(planned),
        answers(planned.user, Role.COORDINATOR, municipality=municipality.pk),
    )

    planned.refresh_from_db()
    assert (planned.role, planned.municipality) == (Role.COORDINATOR, municipality)


def test_the_audit_says_whom_which_role_where_and_for_which_days(admin, municipality):
    person = UserFactory()

    admin.post(
        ADD,
        answers(
            person,
            Role.MEDIATOR,
            municipality=municipality.pk,
            starts_on="2026-12-01",
            ends_on="2026-12-31",
        ),
    )

    detail = AuditEntry.objects.filter(object_type="mediators.appointment").get().detail
    assert detail["account"] == str(person.pk)
    assert (detail["role"], detail["place"]) == ("mediator", municipality.slug)
    assert (detail["first"], detail["last"]) == ("2026-12-01", "2026-12-31")


def test_officers_hear_of_roles_that_reach_beyond_a_municipality(
    admin, administrator, data_protection_officer, municipality, run_tasks
):
    admin.post(ADD, answers(UserFactory(first_name="Slepens"), Role.LEAD_MEDIATOR))
    admin.post(ADD, answers(UserFactory(), Role.MEDIATOR, municipality=municipality.pk))
    run_tasks()

    [letter] = mail.outbox
    assert letter.to == [data_protection_officer.email]
    assert f"konts={administrator.pk}" in letter.body
    assert "Slepens" not in letter.body


def test_the_officer_reads_whom_and_which_role(admin, client, data_protection_officer):
    [administrator] = [
        row.user for row in Appointment.objects.filter(role="administrator")
    ]
    person = UserFactory(first_name="Rita", last_name="Bērza")
    admin.post(ADD, answers(person, Role.PROJECT_STAFF))

    client.force_login(data_protection_officer)
    page = client.get("/datu-aizsardziba/kas-ko-darija/", {"konts": administrator.pk})

    told = [row.also for row in page.context["rows"] if row.also]
    assert len(told) == 1
    assert "Rita Bērza" in told[0]
    assert "projekta" in told[0]

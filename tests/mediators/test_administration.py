"""Django's administration: accounts and reference data, for administrators, audited."""

from datetime import date

import pytest
from django.urls import reverse

from mediators.models import Appointment, Role, Supervisor, TrainingCourse, User
from municipalities.models import (
    ContactPerson,
    Institution,
    Municipality,
    Partner,
    Region,
    Term,
)
from privacy.administration import site
from privacy.models import AuditEntry, Verb
from tests.factories import (
    PASSWORD,
    AppointmentFactory,
    MunicipalityFactory,
    UserFactory,
)

# In a fixed order: workers of pytest have to agree on it
SERVED = [
    *(Municipality, Region, Term, ContactPerson, Institution, User, Appointment),
    *(Supervisor, TrainingCourse, Partner),
]


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change_of(instance):
    meta = instance._meta
    return reverse(
        f"admin:{meta.app_label}_{meta.model_name}_change", args=[instance.pk]
    )


def test_exactly_accounts_and_reference_data_are_served():
    assert set(site._registry) == set(SERVED)


@pytest.mark.parametrize("model", SERVED, ids=lambda model: model.__name__)
def test_an_administrator_opens_every_list_and_every_form(admin, mediator, model):
    Term.objects.create(vocabulary="post", code="X", label_lv="x", label_en="x")

    add = list_of(model) + "add/"

    assert admin.get(list_of(model)).status_code == 200
    assert admin.get(add).status_code == 200


@pytest.mark.parametrize(
    "person",
    [
        *("mediator", "coordinator", "lead_mediator", "project_staff"),
        "data_protection_officer",
    ],
)
@pytest.mark.parametrize("path", ["", "login/", "mediators/user/", "nothing/here/"])
def test_for_others_the_administration_does_not_exist(client, request, person, path):
    client.force_login(request.getfixturevalue(person))

    assert client.get(f"/parvaldiba/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "login/", "mediators/user/"])
def test_strangers_are_led_to_the_sign_in_of_everybody(client, db, path):
    response = client.get(f"/parvaldiba/{path}", follow=True)

    assert response.status_code == 200
    assert response.request["PATH_INFO"] == "/ieiet/"


def test_after_the_sign_in_one_is_where_one_wanted_to_be(client, administrator):
    response = client.get("/parvaldiba/", follow=True)
    data = {"login": administrator.email, "password": PASSWORD}

    response = client.post(response.request["PATH_INFO"] + "?next=/parvaldiba/", data)

    assert response.url == "/parvaldiba/"


def test_signing_out_of_the_administration_is_that_of_everybody(admin):
    response = admin.post("/parvaldiba/logout/")

    assert (response.status_code, response.url) == (302, "/iziet/")


def test_an_account_shows_no_password(admin, mediator):
    html = admin.get(change_of(mediator)).content.decode()

    assert mediator.password not in html
    assert 'name="password"' not in html


def test_a_change_is_audited_by_the_names_of_its_fields(admin, administrator):
    person = UserFactory(first_name="Baiba", password=None)
    data = {
        "email": "Baiba.Jauna@Example.test",
        "first_name": "Baiba",
        "last_name": "Jaunā",
        "address_form": "feminine",
        "language": "lv",
        "is_active": "on",
    }

    assert admin.post(change_of(person), data).status_code == 302

    person.refresh_from_db()
    assert person.email == "baiba.jauna@example.test"
    [entry] = AuditEntry.objects.filter(object_type="mediators.user")
    assert (entry.verb, entry.actor) == (Verb.UPDATE, administrator.pk)
    assert entry.object_id == str(person.pk)
    assert entry.detail == {"fields": ["email", "last_name"]}


def test_a_new_account_cannot_sign_in_before_it_has_a_password(admin):
    data = {
        "email": "jauna@example.test",
        "first_name": "Baiba",
        "last_name": "Jaunā",
        "address_form": "feminine",
        "language": "lv",
        "is_active": "on",
    }

    assert admin.post(list_of(User) + "add/", data).status_code == 302

    user = User.objects.get(email="jauna@example.test")
    assert not user.has_usable_password()
    assert AuditEntry.objects.get(object_id=str(user.pk)).verb == Verb.CREATE


def test_an_account_that_is_switched_off_is_out_with_the_next_request(
    admin, client, mediator
):
    client.force_login(mediator)
    assert client.get("/sodien/").status_code == 200

    User.objects.filter(pk=mediator.pk).update(is_active=False)

    assert client.get("/sodien/").status_code == 302


def test_an_appointment_of_both_kinds_is_refused_with_a_reason(admin):
    administrator = UserFactory(role=Role.ADMINISTRATOR)
    data = {
        "user": str(administrator.pk),
        "role": Role.LEAD_MEDIATOR,
        "starts_on": "2026-11-01",
        "hours_per_day": "4",
        "position": "mediator",
        "shares-TOTAL_FORMS": "0",
        "shares-INITIAL_FORMS": "0",
    }

    response = admin.post(list_of(Appointment) + "add/", data)

    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()
    assert administrator.appointments.count() == 1


def test_ending_an_appointment_is_audited(admin):
    appointment = AppointmentFactory()
    data = {
        "user": str(appointment.user_id),
        "role": appointment.role,
        "municipality": appointment.municipality_id,
        "starts_on": "2020-01-01",
        "initial-starts_on": "2020-01-01",
        "ends_on": "2026-11-20",
        "hours_per_day": "4",
        "position": "mediator",
        "shares-TOTAL_FORMS": "0",
        "shares-INITIAL_FORMS": "0",
    }

    assert admin.post(change_of(appointment), data).status_code == 302

    appointment.refresh_from_db()
    assert appointment.ends_on == date(2026, 11, 20)
    [entry] = AuditEntry.objects.filter(object_type="mediators.appointment")
    assert entry.detail["fields"] == ["ends_on"]


def test_opening_accounts_is_recorded_without_what_was_looked_for(admin, mediator):
    admin.get(list_of(User), {"q": "Vītola"})
    admin.get(change_of(mediator))

    entries = AuditEntry.objects.order_by("seq")
    assert [(entry.verb, entry.detail) for entry in entries] == [
        (Verb.LIST, {"filters": ["q"]}),
        (Verb.READ, {}),
    ]


@pytest.mark.parametrize(
    "lookup", ["password__startswith", "password", "last_login__gt", "email__contains"]
)
def test_a_list_is_narrowed_by_its_filters_alone(admin, mediator, lookup):
    answer = admin.get("/parvaldiba/mediators/user/", {lookup: "a"})

    assert answer.status_code == 400
    assert (
        admin.get("/parvaldiba/mediators/user/?is_active__exact=1").status_code == 200
    )


@pytest.mark.parametrize(
    "address",
    [
        "municipalities/municipality/?region__id__exact=1",
        "municipalities/term/?vocabulary__exact=post",
        "municipalities/institution/?is_active__exact=1&municipality__id__exact=1",
        "mediators/appointment/?role__exact=mediator&q=x&o=1&p=0",
    ],
)
def test_the_filters_that_are_offered_work(admin, address):
    assert admin.get(f"/parvaldiba/{address}").status_code == 200


@pytest.mark.parametrize("model", SERVED, ids=lambda model: model.__name__)
def test_nothing_is_deleted(admin, administrator, model):
    request = type("Request", (), {"user": administrator})

    assert not site._registry[model].has_delete_permission(request)


def test_the_prefix_of_codes_stays_what_it_is(admin):
    place = MunicipalityFactory(prefix="ABC")

    html = admin.get(change_of(place)).content.decode()

    assert 'name="prefix"' not in html
    assert 'name="label_lv"' in html


def test_the_own_password_is_changed_where_everybody_does(admin):
    response = admin.get("/parvaldiba/password_change/")

    assert response.url == "/iestatijumi/drosiba/parole/"


def test_the_demo_says_so_in_the_administration_too(admin, settings):
    settings.DEMO = True

    assert "demo-banner" in admin.get("/parvaldiba/").content.decode()


def test_no_verb_of_the_administration_stands_before_the_name_of_a_list(admin):
    new = admin.get("/parvaldiba/mediators/user/add/").text
    everything = admin.get("/parvaldiba/mediators/user/").text

    assert "Pievienot: konts" in new
    assert "Izvēlieties, ko labot: konts" in everything
    assert "Pievienot konts" not in new + everything

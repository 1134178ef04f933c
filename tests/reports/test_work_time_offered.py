"""Which time sheets are offered to whom, and what cannot be taken out."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from mediators.models import Role
from reports.forms.documents import WorkTimeForm
from reports.models import ExportLog
from tests import cast
from tests.factories import AppointmentFactory, MunicipalityFactory, UserFactory
from tests.reports.october import log_october

pytestmark = pytest.mark.django_db

URL = "/dokumenti/darba-laiks/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


def test_months_are_offered_from_the_first_entry_on(client, mediator):
    log_october(mediator)
    client.force_login(mediator)

    [(_group, months)] = client.get(URL).context["form"].fields["month"].widget.choices

    assert [code for code, _label in months] == ["2026-11", "2026-10"]


def test_each_person_is_offered_the_sheets_they_may_take_out(client, mediator):
    municipality = mediator.factory_municipality
    cast.person("colleague", municipality)
    outsider = cast.stranger()
    offered = {
        mediator: 1,
        cast.person("coordinator", municipality): 2,
        cast.person("project_staff"): 3,
        outsider: 1,
    }

    for person, count in offered.items():
        client.force_login(person)
        form = client.get(URL).context["form"]
        assert form.fields["desk"].queryset.count() == count, person


def test_a_second_contract_is_no_second_desk(client, mediator):
    AppointmentFactory(user=mediator, municipality=mediator.factory_municipality)
    client.force_login(mediator)

    assert client.get(URL).context["form"].fields["desk"].queryset.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"desk": "", "month": "2026-10"},
        {"desk": "x", "month": "2026-10"},
        {"desk": "foreign", "month": "2026-10"},
        {"desk": "own", "month": "2026"},
        {"desk": "own", "month": "\x00"},
    ],
)
def test_what_cannot_be_taken_out_is_told(client, mediator, outsider, data):
    desks = {
        "own": mediator.appointments.get().pk,
        "foreign": outsider.appointments.get().pk,
    }
    client.force_login(mediator)

    response = client.post(URL, data | {"desk": desks.get(data.get("desk"), "")})

    assert response.status_code == 422
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER])
def test_people_without_documents_have_no_such_page(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get(reverse("reports:documents")).status_code == 404


@pytest.fixture
def many(municipality, monkeypatch):
    """Three mediators in two municipalities, which is more than one list offers."""
    monkeypatch.setattr(WorkTimeForm, "MOST_DESKS", 2)
    elsewhere = MunicipalityFactory(label_lv="Aiviekstes novads")
    return [
        UserFactory(role=Role.MEDIATOR, municipality=place).appointments.get()
        for place in (municipality, municipality, elsewhere)
    ]


def test_of_many_mediators_those_of_one_municipality_are_offered(
    client, project_staff, many, municipality
):
    client.force_login(project_staff)

    first = client.get(URL)
    second = client.get(URL, {"municipality": municipality.slug})

    assert f'href="?municipality={municipality.slug}"' in first.text
    assert 'name="desk"' not in first.text
    assert {*second.context["form"].fields["desk"].queryset} == {*many[:2]}
    assert many[2].user.full_name not in second.text


def test_the_sheet_of_one_of_many_is_taken_out(
    client, project_staff, many, municipality, undrawn
):
    client.force_login(project_staff)
    order = {"desk": many[0].pk, "month": "2026-10", "format": "pdf"}

    taken = client.post(f"{URL}?municipality={municipality.slug}", order)
    elsewhere = client.post(
        f"{URL}?municipality={municipality.slug}", order | {"desk": many[2].pk}
    )

    assert taken["Content-Type"] == "application/pdf"
    assert elsewhere.status_code == 422


def test_a_municipality_that_nobody_knows_leads_back_to_the_choice(
    client, project_staff, many
):
    client.force_login(project_staff)

    assert len(client.get(URL, {"municipality": "'x"}).context["form"].places) == 2

"""The sheet of a hand-over as a PDF: codes, open cases, whom to call; never a name."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Area
from reports.models import ExportLog
from tests.factories import (
    CaseFactory,
    DelegationFactory,
    FamilyFactory,
    HandOverFactory,
    InstitutionContactFactory,
    NextStepFactory,
    VisitFactory,
)
from tests.reports.paper import assert_accessible, text_of

pytestmark = pytest.mark.django_db
URL = "/dokumenti/nodosana/"


@pytest.fixture
def plan(municipality, mediator):
    family = FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )
    case = CaseFactory(
        family=family,
        mediator=mediator,
        area=Area.HOUSING,
        title="Kārkliņiem parāds",
    )
    NextStepFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        due_on=timezone.localdate() + timedelta(days=3),
    )
    contact = InstitutionContactFactory(
        institution__municipality=municipality,
        institution__name="Dzīvokļu daļa",
        post="dzīvokļu speciāliste",
    )
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        institution=contact.institution,
        contact=contact,
        visited_on=timezone.localdate(),
    )
    plan = HandOverFactory(mediator=mediator, municipality=municipality)
    family.assignments.update(ends_on=plan.last_day)
    plan.assignments.create(
        family=family, mediator=plan.successor, starts_on=plan.starts_on
    )
    return plan


def take_out(client, user, plan):
    client.force_login(user)
    return client.post(URL, {"plan": plan.pk, "format": "pdf"})


def test_the_mediator_gets_cases_steps_and_whom_to_call(client, mediator, plan):
    family = plan.assignments.get().family
    case = family.cases.get()

    response = take_out(client, mediator, plan)

    assert_accessible(response.content)
    text = text_of(response.content, "-raw")
    for words in (family.code, case.code, "Dzīvokļu daļa", "dzīvokļu speciāliste"):
        assert words in text
    for words in ("Kārkliņ", "parāds"):
        assert words not in text
    assert ExportLog.objects.get().sheets == {"hand_over.pdf": 1}


def test_it_says_of_which_day_it_tells_even_long_after_the_last_day(
    client, mediator, plan
):
    today = timezone.localdate()
    long_ago = today - timedelta(days=300)
    plan.assignments.update(starts_on=long_ago + timedelta(days=1))
    type(plan).objects.filter(pk=plan.pk).update(last_day=long_ago)

    client.force_login(plan.successor)
    page = client.get(plan.get_absolute_url()).content.decode()
    text = text_of(take_out(client, plan.successor, plan).content, "-raw")

    assert f"soļi un piekrišanas, kādi tie ir {today:%d.%m.%Y.}" in text
    for told in (page, text):
        assert f"{long_ago:%d.%m.%Y.}" in told
        assert f"{today:%d.%m.%Y.}" in told


def test_whom_to_call_in_each_area_is_there_though_nothing_was_logged(
    client, mediator, plan
):
    plan.municipality.visits.all().delete()
    contact = InstitutionContactFactory(
        institution__municipality=plan.municipality,
        institution__name="Upesciema pamatskola",
        name="Vita Priede",
        post="sociālā pedagoģe",
    )
    DelegationFactory(
        municipality=plan.municipality, contact=contact, area=Area.EDUCATION
    )
    DelegationFactory(contact__institution__name="Citur")

    text = text_of(take_out(client, mediator, plan).content, "-raw")

    assert "Izglītība Upesciema pamatskola sociālā pedagoģe" in text
    assert "Priede" not in text
    assert "Citur" not in text


def test_the_coordinator_gets_codes_without_cases(client, coordinator, plan):
    family = plan.assignments.get().family

    text = text_of(take_out(client, coordinator, plan).content, "-raw")

    assert family.code in text
    assert family.cases.get().code not in text
    assert "Dzīvokļu daļa" in text


def test_the_columns_of_the_institutions_do_not_run_together(client, mediator, plan):
    text = text_of(take_out(client, mediator, plan).content, "-layout")

    assert f"speciāliste 1 {timezone.localdate():%d.%m.%Y.}" in text


def test_without_a_hand_over_the_page_says_when_there_will_be_one(client, coordinator):
    client.force_login(coordinator)

    text = client.get(URL).content.decode()

    assert "Pēdējos divos gados nodošanas nebija" in text
    assert "<select" not in text
    assert 'name="format"' not in text


def test_a_hand_over_of_long_ago_is_taken_out_from_its_own_page(
    client, coordinator, plan
):
    long_ago = timezone.localdate() - timedelta(days=800)
    old = HandOverFactory(municipality=plan.municipality, last_day=long_ago)
    client.force_login(coordinator)

    offered = client.get(URL).content.decode()
    own_page = client.get(f"/gimenes/nodosana/{old.pk}/").content.decode()
    chosen = client.get(f"{URL}?plan={old.pk}").content.decode()

    assert str(plan.pk) in offered
    assert str(old.pk) not in offered
    assert f"{URL}?plan={old.pk}" in own_page
    assert f'value="{old.pk}" selected' in chosen
    assert take_out(client, coordinator, old).status_code == 200
    assert client.get(f"{URL}?plan=nekas").status_code == 200


def test_a_hand_over_elsewhere_is_not_offered(client, outsider, plan):
    client.force_login(outsider)

    assert take_out(client, outsider, plan).status_code == 422
    assert not ExportLog.objects.exists()

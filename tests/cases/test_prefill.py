"""With what the log form opens."""

import html

import pytest
from django.utils import timezone

from families import words
from tests.factories import (
    CaseFactory,
    ConsentFactory,
    FamilyFactory,
    NextStepFactory,
    VisitFactory,
)


@pytest.fixture
def opened(client, mediator):
    """The initial answers of the form under a query."""
    client.force_login(mediator)

    def get(**query):
        form = client.get("/ieraksti/jauns/", query).context["form"]
        return {key: value for key, value in form.initial.items() if value}

    return get


TODAY = timezone.localdate().isoformat()


def test_a_blank_form_is_about_today_and_nothing_else(opened):
    assert opened() == {"visited_on": TODAY}


def test_a_family_stands_first_and_chosen(opened, client, family):
    assert opened(gimene=family.code) == {"visited_on": TODAY, "family": family.code}
    page = client.get("/ieraksti/jauns/", {"gimene": family.code}).content.decode()
    assert f'name="family" value="{family.code}" id="id_family_0" checked' in page


def test_a_family_that_took_its_consent_back_is_not_offered(client, mediator, family):
    ConsentFactory(family=family, purpose="keep", withdrawn_on=timezone.localdate())
    client.force_login(mediator)

    page = client.get("/ieraksti/jauns/", {"gimene": family.code}).content.decode()

    assert words.why_no_entry(family) in html.unescape(page)
    assert f'value="{family.code}"' not in page


def test_a_case_brings_its_family_and_area(opened, family, case):
    assert opened(lieta=case.code) == {
        "visited_on": TODAY,
        "family": family.code,
        "case": case.code,
        "areas": ["education"],
    }


def test_a_step_brings_everything_but_the_duration(
    opened, mediator, municipality, family, case, teacher
):
    step = NextStepFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        kind="institution_meeting",
        institution=teacher.institution,
        contact=teacher,
    )

    assert opened(uzdevums=step.pk) == {
        "visited_on": TODAY,
        "fulfils": str(step.pk),
        "family": family.code,
        "case": case.code,
        "kind": "institution_meeting",
        "areas": ["education"],
        "contact": str(teacher.pk),
    }


def test_a_copy_leaves_out_day_note_and_next_step(
    opened, mediator, municipality, family, case, school
):
    visit = VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        kind="call",
        minutes=15,
        institution=school,
        visited_on=timezone.localdate().replace(day=1),
        note="Noslēpums",
        areas=["health"],
    )

    assert opened(kopet=visit.code) == {
        "visited_on": TODAY,
        "family": family.code,
        "case": case.code,
        "kind": "call",
        "minutes": 15,
        "areas": ["health"],
        "contact": "none",
        "institution": str(school.pk),
    }


def test_the_copy_address_leads_to_the_form(client, mediator, municipality):
    visit = VisitFactory(mediator=mediator, municipality=municipality)
    client.force_login(mediator)

    response = client.get(f"{visit.get_absolute_url()}kopet/")

    assert response.url == f"/ieraksti/jauns/?kopet={visit.code}"


@pytest.mark.parametrize("name", ["gimene", "lieta", "uzdevums", "kopet", "diena"])
@pytest.mark.parametrize(
    "text", ["", "\x00", "UPC-999", "'; --", "9999-12-31", "0001-01-01"]
)
def test_what_makes_no_sense_is_ignored(opened, name, text):
    assert opened(**{name: text}) == {"visited_on": TODAY}


def test_what_belongs_to_others_is_ignored(opened, outsider):
    place = outsider.factory_municipality
    family = FamilyFactory(municipality=place, mediator=outsider)
    case = CaseFactory(family=family, mediator=outsider)
    step = NextStepFactory(mediator=outsider, municipality=place, family=family)
    visit = VisitFactory(mediator=outsider, municipality=place, family=family)

    for query in (
        {"gimene": family.code},
        {"lieta": case.code},
        {"uzdevums": step.pk},
        {"kopet": visit.code},
    ):
        assert opened(**query) == {"visited_on": TODAY}


def test_what_cannot_be_chosen_any_more_is_left_out(
    opened, mediator, municipality, family, case, teacher
):
    visit = VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        contact=teacher,
        institution=teacher.institution,
    )
    case.status, case.outcome, case.closed_on = "closed", "solved", TODAY
    case.save()
    teacher.is_active = False
    teacher.save()

    initial = opened(kopet=visit.code)

    assert initial["family"] == family.code
    assert "case" not in initial
    assert "contact" not in initial

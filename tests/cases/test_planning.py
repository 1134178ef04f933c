"""Planning a meeting with an institution, or anything else with a day."""

import uuid
from datetime import time, timedelta

import pytest
from django.utils import timezone

from cases.models import NextStep
from mediators.models import Role
from privacy.models import AuditEntry, Verb
from tests.cases.answers import codes
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    FamilyFactory,
    InstitutionFactory,
    MunicipalityFactory,
    NextStepFactory,
)

URL = "/soli/jauns/"
TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=3)


@pytest.fixture
def plan(client, mediator):
    """Sends answers to the form; a meeting in three days if nothing else is said."""
    client.force_login(mediator)

    def send(url=URL, **changes):
        given = {
            "client_uuid": str(uuid.uuid4()),
            "kind": "institution_meeting",
            "due_on": SOON.isoformat(),
        }
        return client.post(url, given | changes)

    return send


def test_a_meeting_is_planned_with_institution_person_family_day_and_hour(
    plan, mediator, municipality, teacher, family, case
):
    response = plan(
        institution=str(teacher.institution.pk),
        contact=str(teacher.pk),
        family=family.code,
        case=case.code,
        due_at="14:30",
        text="Saruna par kavējumiem",
    )

    step = NextStep.objects.get()
    assert response.url == case.get_absolute_url()
    assert (step.mediator, step.municipality) == (mediator, municipality)
    assert (step.institution, step.contact) == (teacher.institution, teacher)
    assert (step.family, step.case) == (family, case)
    assert (step.due_on, step.due_at) == (SOON, time(14, 30))
    assert (step.kind, step.text) == ("institution_meeting", "Saruna par kavējumiem")
    assert AuditEntry.objects.get(verb=Verb.CREATE).object_id == str(step.pk)


def test_what_is_not_said_follows_from_the_rest(plan, teacher, case):
    plan(contact=str(teacher.pk), case=case.code)

    step = NextStep.objects.get()
    assert (step.institution, step.family) == (teacher.institution, case.family)
    assert step.text == "Tikšanās iestādē"
    assert step.due_at is None


def test_pressed_twice_it_is_planned_once(plan, school):
    key = str(uuid.uuid4())
    for _press in range(2):
        plan(client_uuid=key, institution=str(school.pk))

    assert NextStep.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, {"institution": ["required"]}),
        ({"kind": ""}, {"kind": ["required"], "institution": ["required"]}),
        ({"due_on": ""}, {"due_on": ["required"], "institution": ["required"]}),
        ({"due_on": "\x00"}, {"due_on": ["invalid"], "institution": ["required"]}),
        ({"due_on": "2020-01-01"}, {"due_on": ["past"], "institution": ["required"]}),
        ({"due_at": "25:00"}, {"due_at": ["invalid"], "institution": ["required"]}),
        ({"institution": "nonsense"}, {"institution": ["invalid_choice"]}),
        (
            {"text": "Dokuments 010190-12345"},
            {"text": ["personal_code"], "institution": ["required"]},
        ),
    ],
)
def test_an_answer_that_makes_no_sense_is_asked_again_and_nothing_is_lost(
    plan, answers, found
):
    response = plan(**({"text": "Saruna par rindu"} | answers))

    assert response.status_code == 422
    assert codes(response) == found
    assert answers.get("text", "Saruna par rindu") in response.content.decode()
    assert not NextStep.objects.exists()


def test_a_person_who_works_elsewhere_and_a_case_of_others_are_refused(
    plan, municipality, mediator, teacher, family
):
    other_case = CaseFactory(
        family=FamilyFactory(municipality=municipality, mediator=mediator)
    )
    elsewhere = InstitutionFactory(municipality=municipality)

    response = plan(
        institution=str(elsewhere.pk),
        contact=str(teacher.pk),
        family=family.code,
        case=other_case.code,
    )

    assert response.context["form"].errors.keys() == {"contact", "case"}


def test_families_and_institutions_of_others_cannot_be_chosen(plan, outsider):
    theirs = FamilyFactory(mediator=outsider)
    school = InstitutionFactory(municipality=theirs.municipality)

    response = plan(family=theirs.code, institution=str(school.pk))

    assert codes(response) == {
        "family": ["invalid_choice"],
        "institution": ["invalid_choice"],
    }


def test_the_form_opens_for_an_institution_a_family_or_a_case(
    client, plan, school, case
):
    page = client.get(
        URL, {"iestade": school.pk, "lieta": case.code, "next": "/lietas/"}
    )

    assert page.context["form"].initial["institution"] == str(school.pk)
    assert page.context["form"].initial["case"] == case.code
    assert 'name="next" value="/lietas/"' in page.content.decode()
    other = client.get(URL, {"gimene": case.family.code, "iestade": "nonsense"})
    assert other.context["form"].initial["family"] == case.family.code
    assert "institution" not in other.context["form"].initial


def test_every_page_about_something_offers_to_plan_a_meeting_about_it(
    client, plan, school, case
):
    for page, query in [
        ("/sodien/", "next=/sodien/"),
        (f"/iestades/{school.pk}/", f"iestade={school.pk}"),
        (case.family.get_absolute_url(), f"gimene={case.family.code}"),
        (case.get_absolute_url(), f"lieta={case.code}"),
    ]:
        content = client.get(page).content.decode()
        [link] = [
            part for part in content.split('href="') if part.startswith(f"{URL}?")
        ]
        assert query in link.partition('"')[0]


def test_coordinators_look_at_institutions_without_planning(
    client, coordinator, school
):
    client.force_login(coordinator)

    assert URL not in client.get(f"/iestades/{school.pk}/").content.decode()


def test_a_national_institution_is_met_where_the_mediator_says(plan, mediator):
    second = MunicipalityFactory(slug="vidmale")
    AppointmentFactory(user=mediator, role=Role.MEDIATOR, municipality=second)
    agency = InstitutionFactory(municipality=None, name="Nodarbinātības aģentūra")

    plan(institution=str(agency.pk), municipality="vidmale")

    assert NextStep.objects.get().municipality == second


def test_a_plan_is_changed_and_another_day_is_a_move(plan, mediator, family, school):
    step = NextStepFactory(
        mediator=mediator,
        municipality=family.municipality,
        family=family,
        due_on=TODAY - timedelta(days=2),
    )

    plan(
        f"/soli/{step.pk}/labot/",
        institution=str(school.pk),
        family="",
        text="Cits",
        due_at="9.15",
    )

    step.refresh_from_db()
    assert (step.institution, step.family, step.text) == (school, None, "Cits")
    assert (step.due_on, step.due_at) == (SOON, time(9, 15))
    assert step.moves.get().from_on == TODAY - timedelta(days=2)
    assert AuditEntry.objects.get(verb=Verb.UPDATE).detail["fields"] == [
        *("due_at", "due_on", "family", "institution", "kind", "text"),
    ]


def test_a_late_plan_may_keep_its_day(plan, mediator, family):
    day = TODAY - timedelta(days=2)
    step = NextStepFactory(
        mediator=mediator,
        municipality=family.municipality,
        family=family,
        due_on=day,
    )

    plan(f"/soli/{step.pk}/labot/", family=family.code, due_on=day.isoformat())

    step.refresh_from_db()
    assert (step.due_on, step.kind) == (day, "institution_meeting")
    assert not step.moves.exists()


def test_an_institution_that_is_gone_stays_in_the_plan(client, plan, mediator, teacher):
    step = NextStepFactory(
        mediator=mediator,
        municipality=teacher.institution.municipality,
        institution=teacher.institution,
        contact=teacher,
    )
    teacher.institution.is_active = False
    teacher.institution.save()

    initial = client.get(f"/soli/{step.pk}/labot/").context["form"].initial

    assert initial["institution"] == str(teacher.institution.pk)
    assert initial["contact"] == str(teacher.pk)


def test_a_step_for_a_family_that_is_not_mine_any_more_is_out_of_reach(
    client, plan, mediator, family, school
):
    step = NextStepFactory(
        mediator=mediator,
        municipality=family.municipality,
        family=family,
        institution=school,
    )
    family.assignments.update(ends_on=TODAY - timedelta(days=1))
    url = f"/soli/{step.pk}/labot/"

    assert client.get(url).status_code == 404
    assert client.post(url, {"institution": str(school.pk)}).status_code == 404


def test_a_planned_meeting_becomes_an_entry_by_one_tap(client, plan, teacher, family):
    plan(contact=str(teacher.pk), family=family.code)
    step = NextStep.objects.get()

    form = client.get(f"/ieraksti/jauns/?uzdevums={step.pk}").context["form"]

    assert form.initial["family"] == family.code
    assert form.initial["contact"] == str(teacher.pk)
    assert form.initial["kind"] == "institution_meeting"


@pytest.mark.parametrize(
    ("kind", "without"), [("institution_meeting", "institution"), ("group", "event")]
)
def test_a_meeting_planned_without_a_family_says_why_there_is_none(
    client, plan, school, kind, without
):
    plan(institution=str(school.pk), kind=kind)
    step = NextStep.objects.get()

    form = client.get(f"/ieraksti/jauns/?uzdevums={step.pk}").context["form"]

    assert (form.initial["family"], form.initial["without"]) == ("none", without)


def test_the_form_says_once_that_a_family_or_an_institution_is_needed(
    client, plan, teacher
):
    page = client.get(URL)

    form = page.context["form"]
    names = [str(label) for _key, label in form.fields["contact"].widget.choices]
    assert f"{teacher.name}, {teacher.post}, {teacher.institution.name}" in names
    for name in ("institution", "family"):
        label = page.content.decode().partition(f'for="id_{name}">')[2]
        assert "optional" not in label.partition("</label>")[0]

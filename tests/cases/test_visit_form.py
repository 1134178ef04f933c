"""What the log form understands, and how it says that something is missing."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.models import NextStep, Visit
from municipalities.models import Institution, InstitutionContact
from tests.cases.answers import answers, codes
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MunicipalityFactory,
    NextStepFactory,
    VisitFactory,
)

TODAY = timezone.localdate()
TOMORROW = (TODAY + timedelta(days=1)).isoformat()
CODE = "010190-12345"


def test_five_answers_make_an_entry(log, family, mediator, municipality):
    response = log(answers(family=family.code))

    visit = Visit.objects.get()
    assert response.status_code == 302
    assert response.url == f"/ieraksti/{visit.code}/saglabats/"
    assert (visit.mediator, visit.municipality) == (mediator, municipality)
    assert (visit.kind, visit.visited_on, visit.minutes) == ("home_visit", TODAY, 45)
    assert visit.code == f"UPC-{TODAY:%y}-0001"
    assert list(visit.families.all()) == [family]
    assert [row.area for row in visit.visit_areas.all()] == ["education"]
    assert visit.without == ""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"family": None}, {"family": ["required"]}),
        ({"family": "other"}, {"family": ["invalid_choice"]}),
        ({"family": "UPC-999"}, {"family": ["invalid_choice"]}),
        ({"family": "\x00"}, {"family": ["invalid_choice"]}),
        ({"kind": None}, {"kind": ["required"]}),
        ({"kind": "supervision"}, {"kind": ["invalid_choice"]}),
        ({"kind": "\x00"}, {"kind": ["invalid_choice"]}),
        ({"visited_on": None}, {"visited_on": ["required"]}),
        ({"visited_on": "yesterday"}, {"visited_on": ["invalid"]}),
        ({"visited_on": "2026-02-30"}, {"visited_on": ["invalid"]}),
        ({"visited_on": "2026-10-05\x00"}, {"visited_on": ["invalid"]}),
        ({"visited_on": TOMORROW}, {"visited_on": ["future"]}),
        # The mediators of the tests are appointed since 2020.
        ({"visited_on": "2019-12-31"}, {"visited_on": ["appointment"]}),
        ({"visited_on": "0001-01-01"}, {"visited_on": ["year"]}),
        ({"visited_on": "9999-12-31"}, {"visited_on": ["year"]}),
        ({"minutes": None}, {"minutes": ["required"]}),
        ({"minutes": "0"}, {"minutes": ["min_value"]}),
        ({"minutes": "-5"}, {"minutes": ["min_value"]}),
        ({"minutes": "1441"}, {"minutes": ["max_value"]}),
        ({"minutes": "long"}, {"minutes": ["invalid"]}),
        ({"minutes": "1.5"}, {"minutes": ["invalid"]}),
        ({"minutes": "9" * 5000}, {"minutes": ["invalid"]}),
        ({"minutes": "other"}, {"minutes": ["invalid"]}),
        (
            {"minutes": "other", "minutes_other_hours": "9" * 5000},
            {"minutes": ["invalid"]},
        ),
        ({"areas": None}, {"areas": ["required"]}),
        ({"areas": ["magic"]}, {"areas": ["invalid_choice"]}),
        ({"areas": ["education", "\x00"]}, {"areas": ["invalid_choice"]}),
        (
            {"areas": ["education", "health", "housing", "rights"]},
            {"areas": ["too_many"]},
        ),
        ({"kind": "institution_meeting"}, {"institution": ["required"]}),
        ({"kind": "accompaniment"}, {"institution": ["required"]}),
        ({"institution": "1"}, {"institution": ["invalid_choice"]}),
        ({"contact": "\x00"}, {"contact": ["invalid_choice"]}),
        ({"new_contact_name": "Anna"}, {"institution": ["required"]}),
        ({"kind": "group"}, {"children": ["required"]}),
        ({"kind": "group", "children": "-1"}, {"children": ["min_value"]}),
        ({"case": "UPC-L999"}, {"case": ["invalid_choice"]}),
        ({"without": "holiday"}, {"without": ["invalid_choice"]}),
        ({"change": "worse"}, {"change": ["invalid_choice"]}),
        ({"note": "a" * 10_000}, {"note": ["max_length"]}),
        ({"note": "a\x00b"}, {"note": ["null_characters_not_allowed"]}),
        ({"note": f"Viņas kods ir {CODE}."}, {"note": ["personal_code"]}),
        ({"place": "a" * 161}, {"place": ["max_length"]}),
        ({"next_step": "Zvanīt"}, {"next_step_on": ["required"]}),
        ({"next_step_on": "2020-01-01"}, {"next_step_on": ["past"]}),
        ({"next_step_on": "other"}, {"next_step_on": ["invalid"]}),
        (
            {"next_step_on": TOMORROW, "next_step": "a" * 10_000},
            {"next_step": ["max_length"]},
        ),
        (
            {"next_step_on": TOMORROW, "next_step": CODE},
            {"next_step": ["personal_code"]},
        ),
        ({"new_institution_name": CODE}, {"new_institution_name": ["personal_code"]}),
        ({"client_uuid": None}, {"client_uuid": ["required"]}),
        ({"client_uuid": "1"}, {"client_uuid": ["invalid"]}),
    ],
    ids=str,
)
def test_what_does_not_make_sense_is_named_and_nothing_is_saved(log, changes, expected):
    typed = {"note": "Parunājām par skolu 🙂", "place": "Bibliotēka"} | changes
    response = log(answers(**typed))

    assert response.status_code == 422
    assert codes(response) == expected
    assert response.context["form"]["note"].value() == typed["note"]
    assert response.context["form"]["place"].value() == typed["place"]
    assert not Visit.objects.exists()
    assert not InstitutionContact.objects.exists()


def test_a_form_without_a_number_gets_one_for_the_next_try(log):
    response = log(answers(client_uuid=None))

    number = response.context["form"].number
    assert f'name="client_uuid" value="{number}"' in response.content.decode()
    assert log(answers(client_uuid=str(number))).status_code == 302


@pytest.mark.parametrize("field", ["family", "case", "contact", "institution"])
def test_what_belongs_to_others_does_not_exist(log, outsider, field):
    place = outsider.factory_municipality
    family = FamilyFactory(municipality=place, mediator=outsider)
    contact = InstitutionContactFactory(institution__municipality=place)
    foreign = {
        "family": family.code,
        "case": CaseFactory(family=family, mediator=outsider).code,
        "contact": str(contact.pk),
        "institution": str(contact.institution_id),
    }

    response = log(answers(**{field: foreign[field]}))

    assert codes(response) == {field: ["invalid_choice"]}


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ({"minutes": "50"}, 50),
        ({"minutes": "other", "minutes_other_minutes": "50"}, 50),
        ({"minutes": "other", "minutes_other_hours": "2"}, 120),
        ({"minutes_other_hours": "1", "minutes_other_minutes": "20"}, 80),
        ({"minutes": "45", "minutes_other_hours": "3"}, 180),
    ],
)
def test_minutes_are_told_by_a_chip_or_in_hours_and_minutes(log, typed, minutes):
    log(answers(**{"minutes": None} | typed))

    assert Visit.objects.get().minutes == minutes


@pytest.mark.parametrize(
    "typed",
    [
        {"visited_on": "2026-10-05"},
        {"visited_on": "other", "visited_on_other": "2026-10-05"},
        {"visited_on": TODAY.isoformat(), "visited_on_other": "05.10.2026."},
    ],
)
def test_the_day_is_told_by_a_chip_or_in_the_calendar(log, typed):
    log(answers(**typed))

    assert Visit.objects.get().visited_on == date(2026, 10, 5)


@pytest.mark.parametrize("chip", [None, "other", "none"])
def test_a_family_is_found_by_its_tile_or_in_the_list(log, family, chip):
    log(answers(family=chip, family_other=family.code))

    assert Visit.objects.get().families.get() == family


@pytest.mark.parametrize(
    ("typed", "without"),
    [
        ({"without": "unrecorded"}, "unrecorded"),
        ({"kind": "group", "adults": "3"}, "event"),
        ({"kind": "home_visit"}, "unrecorded"),
        ({"kind": "call", "new_institution_name": "Bibliotēka"}, "institution"),
    ],
)
def test_an_entry_without_a_family_says_why(log, typed, without):
    log(answers(**typed))

    assert Visit.objects.get().without == without


def test_one_open_case_is_chosen_silently_and_its_area_is_the_main_one(
    log, family, case
):
    CaseFactory(
        family=family,
        mediator=case.mediator,
        status="closed",
        outcome="solved",
        closed_on=TODAY,
    )

    log(answers(family=family.code, areas=["health", "education"]))

    visit = Visit.objects.get()
    assert visit.case == case
    assert [row.area for row in visit.visit_areas.all()] == ["education", "health"]


def test_of_two_open_cases_the_mediator_chooses(log, family, case):
    other = CaseFactory(family=family, mediator=case.mediator)
    log(answers(family=family.code))
    log(answers(family=family.code, case=other.code, minutes="15"))
    log(answers(family=family.code, case="none", kind="call"))

    assert [visit.case for visit in Visit.objects.order_by("pk")] == [None, other, None]


def test_a_case_of_another_family_does_not_fit(log, municipality, mediator, case):
    family = FamilyFactory(municipality=municipality, mediator=mediator)

    response = log(answers(family=family.code, case=case.code))

    assert list(codes(response)) == ["case"]


def test_a_person_brings_the_institution_along(log, school, teacher):
    log(answers(kind="institution_meeting", contact=str(teacher.pk)))

    visit = Visit.objects.get()
    assert (visit.institution, visit.contact) == (school, teacher)


def test_a_person_of_another_institution_does_not_fit(log, municipality, teacher):
    other = InstitutionFactory(municipality=municipality)

    response = log(answers(contact=str(teacher.pk), institution=str(other.pk)))

    assert list(codes(response)) == ["institution"]


def test_it_may_be_unknown_with_whom_one_spoke(log, school):
    log(answers(kind="call", contact="none", institution=str(school.pk)))

    visit = Visit.objects.get()
    assert (visit.institution, visit.contact) == (school, None)


def test_a_new_institution_and_person_are_added_on_the_way(log, municipality):
    log(
        answers(
            kind="institution_meeting",
            new_institution_name="Bibliotēka",
            new_contact_name="Rita Paraudziņa",
            new_contact_post="vadītāja",
        )
    )

    visit = Visit.objects.get()
    assert visit.institution.name == "Bibliotēka"
    assert visit.institution.municipality == municipality
    assert visit.contact.name == "Rita Paraudziņa"
    assert visit.contact.institution == visit.institution


def test_an_institution_that_exists_is_not_added_twice(log, school):
    log(answers(kind="institution_meeting", new_institution_name=school.name))

    assert Visit.objects.get().institution == school
    assert Institution.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "stored"), [("Pajautāt skolai", "Pajautāt skolai"), ("", None)]
)
def test_a_day_is_enough_for_a_next_step(log, family, case, teacher, text, stored):
    log(
        answers(
            family=family.code,
            kind="call",
            contact=str(teacher.pk),
            next_step_on=TOMORROW,
            next_step=text,
        )
    )

    step, visit = NextStep.objects.get(), Visit.objects.get()
    assert step.text == stored or (stored is None and step.text)
    assert step.due_on.isoformat() == TOMORROW
    assert (step.family, step.case, step.kind) == (family, case, "call")
    assert (step.contact, step.source, step.status) == (teacher, visit, "open")


@pytest.mark.parametrize("nothing", ["", "none"])
def test_nothing_to_do_is_an_answer(log, nothing):
    log(answers(next_step_on=nothing))

    assert not NextStep.objects.exists()


def test_line_ends_count_once(log):
    log(answers(note="a\r\n" * 999 + "b"))

    assert Visit.objects.get().note.count("\n") == 999


def test_a_mediator_of_two_municipalities_says_where_it_was(log, mediator):
    other = MunicipalityFactory(slug="vidmale")
    AppointmentFactory(user=mediator, role="mediator", municipality=other)

    assert codes(log(answers())) == {"municipality": ["required"]}
    log(answers(municipality="vidmale"))
    assert Visit.objects.get().municipality == other


def test_without_a_script_every_question_and_every_choice_is_on_the_page(
    client, mediator, family, case, teacher
):
    client.force_login(mediator)

    page = client.get("/ieraksti/jauns/").content.decode()

    for name in (
        *("family", "family_other", "case", "kind", "visited_on", "visited_on_other"),
        *("minutes", "minutes_other_hours", "minutes_other_minutes", "areas"),
        *("contact", "contact_other", "institution", "note", "next_step_on"),
        *("next_step_on_other", "next_step", "highlight", "children", "place"),
        *("change", "without", "new_institution_name", "client_uuid"),
    ):
        assert f'name="{name}"' in page
    for value in (family.code, case.code, teacher.pk, teacher.institution_id):
        assert f'<option value="{value}"' in page
    assert "Kārkliņu ģimene · Skolas kavējumi" in page


@pytest.mark.parametrize("number", [1, 4])
def test_the_form_takes_the_same_queries_however_much_there_is_to_choose(
    client, mediator, municipality, number, django_assert_num_queries
):
    for _n in range(number):
        family = FamilyFactory(municipality=municipality, mediator=mediator)
        contact = InstitutionContactFactory(institution__municipality=municipality)
        told = {"family": family, "mediator": mediator, "municipality": municipality}
        VisitFactory(case=CaseFactory(family=family, mediator=mediator), **told)
        VisitFactory(contact=contact, institution=contact.institution, **told)
        NextStepFactory(due_on=TODAY, **told)
    client.force_login(mediator)
    client.get("/ieraksti/jauns/")

    with django_assert_num_queries(19):
        client.get("/ieraksti/jauns/")

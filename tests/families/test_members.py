"""The people of a household, and the size of the household that follows from them."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from families.models import AgeBand, FamilyMember
from privacy.models import AuditEntry, Verb
from reports.names import text_check
from tests.factories import (
    ConsentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    MonthlyReportFactory,
    TermFactory,
)


def relation(code):
    return TermFactory(
        vocabulary="family_relation", code=code, label_lv=code, label_en=code
    )


@pytest.fixture
def family(municipality, mediator):
    family = FamilyFactory(
        municipality=municipality, mediator=mediator, adults=2, children=1
    )
    ConsentFactory(family=family)
    return family


@pytest.fixture
def page(client, mediator, family):
    client.force_login(mediator)
    return f"/gimenes/{family.code}/cilveki/"


def answers(**changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "name": "Rūdis",
        "relation": relation("CHILD").pk,
        "birth_year": "2015",
        "sex": "unknown",
        "occupation": "school",
    } | changes


def household(family):
    family.refresh_from_db()
    return family.adults, family.children


def test_a_name_and_two_taps_put_a_person_on_the_list(client, family, page):
    response = client.post(f"{page}jauns/", answers())

    assert response["Location"] == f"{family.get_absolute_url()}#people"
    person = family.members.get()
    assert (person.name, person.relation.code, person.birth_year) == (
        "Rūdis",
        "CHILD",
        2015,
    )
    assert (person.occupation, person.is_carer, person.left_on) == (
        "school",
        False,
        None,
    )
    entry = AuditEntry.objects.get(verb=Verb.CREATE)
    assert entry.detail == {"family": str(family.pk)}
    assert "Rūdis" in client.get(family.get_absolute_url()).content.decode()


def test_a_grandmother_may_be_who_cares_for_the_children(client, family, page):
    client.post(
        f"{page}jauns/",
        answers(relation=relation("GRANDMOTHER").pk, birth_year="", is_carer="on"),
    )

    person = family.members.get()
    assert (person.relation.code, person.is_carer, person.birth_year) == (
        "GRANDMOTHER",
        True,
        None,
    )


def test_the_next_person_can_be_added_at_once(client, family, page):
    response = client.post(f"{page}jauns/", answers(another="1"))

    assert response["Location"] == f"{page}jauns/"


def test_a_double_click_adds_one_person(client, family, page):
    same = answers()

    client.post(f"{page}jauns/", same)
    client.post(f"{page}jauns/", same)

    assert family.members.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Anna 010190-12345"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"relation": ""}, "relation"),
        ({"relation": "post.HEAD"}, "relation"),
        ({"birth_year": "12.05.2015"}, "birth_year"),
        ({"birth_year": "1015"}, "birth_year"),
        ({"birth_year": "2999"}, "birth_year"),
        ({"occupation": "thief"}, "occupation"),
    ],
)
def test_a_wrong_answer_adds_nobody_and_stays_in_the_form(
    client, family, page, changes, field
):
    response = client.post(f"{page}jauns/", answers(**{"birth_year": "2016"} | changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not family.members.exists()
    if "birth_year" not in changes:
        assert 'value="2016"' in response.content.decode()


def test_nothing_forbidden_is_a_field():
    names = {field.name for field in FamilyMember._meta.get_fields()}

    assert names == {
        *("id", "family", "name", "relation", "birth_year", "sex", "occupation"),
        *("is_carer", "needs_literacy", "left_on"),
    }


def test_correcting_a_person_is_recorded_by_the_names_of_the_fields(
    client, family, page
):
    person = FamilyMemberFactory(family=family, name="Rūdis")

    client.post(
        f"{page}{person.pk}/",
        answers(relation=person.relation.pk, name="Rūdolfs", birth_year=""),
    )

    person.refresh_from_db()
    assert person.name == "Rūdolfs"
    entry = AuditEntry.objects.get(verb=Verb.UPDATE, object_id=str(person.pk))
    assert entry.detail == {
        "family": str(family.pk),
        "fields": ["name", "occupation"],
    }


def test_opening_a_person_is_recorded(client, family, page):
    person = FamilyMemberFactory(family=family)

    client.get(f"{page}{person.pk}/")

    assert AuditEntry.objects.get(verb=Verb.READ).object_id == str(person.pk)


@pytest.mark.parametrize("action", ["", "prom/"])
def test_a_person_of_another_family_is_not_there(
    client, municipality, mediator, family, outsider, page, action
):
    theirs = FamilyMemberFactory(family=outsider.family_assignments.get().family)
    other = FamilyFactory(municipality=municipality, mediator=mediator)
    person = FamilyMemberFactory(family=other)

    for pk in (theirs.pk, person.pk):
        assert client.post(f"{page}{pk}/{action}").status_code == 404


# The household


def test_the_typed_numbers_hold_while_fewer_people_are_listed(client, family, page):
    client.post(f"{page}jauns/", answers())

    assert household(family) == (2, 1)


def test_more_people_on_the_list_raise_the_number(client, family, page):
    for name in ("Rūdis", "Made"):
        client.post(f"{page}jauns/", answers(name=name))

    assert household(family) == (2, 2)


def test_once_everybody_is_listed_the_list_counts(client, family, page):
    for name, code, year in [
        ("Rūdis", "CHILD", "2015"),
        ("Made", "CHILD", "2017"),
        ("Anna", "MOTHER", ""),
    ]:
        client.post(
            f"{page}jauns/",
            answers(name=name, relation=relation(code).pk, birth_year=year)
            | {"occupation": "unknown"},
        )
    assert household(family) == (2, 2)

    client.post(
        f"{page}jauns/",
        answers(name="Juris", relation=relation("FATHER").pk, birth_year="1980"),
    )
    assert household(family) == (2, 2)


def test_who_leaves_is_one_fewer_and_who_comes_back_one_more(client, family, page):
    person = FamilyMemberFactory(family=family, birth_year=2015)

    client.post(f"{page}{person.pk}/prom/")
    person.refresh_from_db()
    assert person.left_on == timezone.localdate()
    assert household(family) == (2, 0)

    client.post(f"{page}{person.pk}/", answers(relation=person.relation.pk))
    assert household(family) == (2, 1)


def test_a_second_tap_on_left_changes_nothing(client, family, page):
    person = FamilyMemberFactory(
        family=family, left_on=timezone.localdate() - timedelta(days=9)
    )

    client.post(f"{page}{person.pk}/prom/")

    person.refresh_from_db()
    assert person.left_on == timezone.localdate() - timedelta(days=9)
    assert household(family) == (2, 1)


def test_a_family_never_has_nobody(client, family, page):
    family.adults, family.children = 1, 0
    family.save()
    person = FamilyMemberFactory(family=family, birth_year=1980)

    client.post(f"{page}{person.pk}/prom/")

    assert household(family) == (1, 0)


def test_the_edit_form_refuses_fewer_people_than_are_listed(client, family, page):
    for name in ("Rūdis", "Made"):
        FamilyMemberFactory(family=family, name=name)

    response = client.post(
        reverse("families:update", args=[family.code]),
        {"label": "Ozolu ģimene", "adults": "2", "children": "1"},
    )

    assert list(response.context["form"].errors) == ["children"]


@pytest.mark.parametrize(
    ("fields", "is_child"),
    [
        ({"birth_year": 2015}, True),
        ({"birth_year": 1980}, False),
        ({"occupation": "kindergarten"}, True),
        ({"relation__code": "MOTHER"}, False),
        ({"relation__code": "GRANDCHILD"}, True),
        ({"relation__code": "CHILD", "occupation": "works"}, False),
    ],
)
def test_a_child_is_told_by_year_relation_or_occupation(family, fields, is_child):
    assert FamilyMemberFactory(family=family, **fields).is_child is is_child


# Names


def test_the_name_of_a_person_is_found_in_a_report(family, mediator, municipality):
    FamilyMemberFactory(family=family, name="Rūdis")
    report = MonthlyReportFactory(mediator=mediator, municipality=municipality)

    [hit] = text_check(report).hits("Palīdzēju Rūdim tikt skolā.")

    assert (hit.found, hit.code) == ("Rūdim", family.code)


def test_coordinators_never_see_the_people(client, family, coordinator):
    FamilyMemberFactory(family=family, name="Rūdis")
    client.force_login(coordinator)

    for address in ("", "cilveki/jauns/"):
        assert client.get(f"/gimenes/{family.code}/{address}").status_code == 404


@pytest.mark.parametrize(
    ("said", "code", "counted"),
    [
        ("unknown", "GRANDMOTHER", "female"),
        ("unknown", "FATHER", "male"),
        ("unknown", "CHILD", "unknown"),
        ("male", "CHILD", "male"),
    ],
)
def test_a_relation_answers_by_itself_of_which_sex_somebody_is(
    client, family, page, said, code, counted
):
    client.post(f"{page}jauns/", answers(relation=relation(code).pk, sex=said))

    person = family.members.get()
    assert (person.sex, person.counted_sex) == (said, counted)


@pytest.mark.once
@pytest.mark.parametrize(
    ("born", "band"),
    [
        (2026, "A00_02"), (2024, "A00_02"), (2023, "A03_04"), (2019, "A07_12"),
        (2010, "A16_17"), (2008, "A18_19"), (1997, "A25_29"), (1972, "A30_54"),
        (1961, "A65"), (None, "UNKNOWN"), (2027, "UNKNOWN"),
    ],
)  # fmt: skip
def test_an_age_is_told_as_a_band(born, band):
    assert AgeBand.of(born, date(2026, 11, 12)) == band

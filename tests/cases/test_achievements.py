"""Whom a case is about and what was achieved: few taps, once, never in a month handed in."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import Achievement
from cases.services import achievements
from families.models import FamilyMember
from families.services import substitutions
from mediators.models import Role
from municipalities.models import Vocabulary
from privacy.models import AuditEntry, Verb
from tests.factories import (
    AchievementFactory,
    CaseFactory,
    ClosedMonthFactory,
    ConsentFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    SubstitutionFactory,
    TermFactory,
    UserFactory,
)


@pytest.fixture
def case(family, mediator):
    return CaseFactory(
        family=family,
        mediator=mediator,
        area="education",
        opened_on=timezone.localdate() - timedelta(days=60),
    )


@pytest.fixture
def child(family):
    year = timezone.localdate().year
    return FamilyMemberFactory(
        family=family, name="Rūdis", birth_year=year - 10, sex="male"
    )


@pytest.fixture
def mother(family):
    return FamilyMemberFactory(
        family=family, name="Līga", relation__code="MOTHER", birth_year=1990
    )


@pytest.fixture
def enrolled(db):
    return TermFactory(
        vocabulary=Vocabulary.ACHIEVEMENT,
        code="EDU_ENROLLED",
        label_lv="Bērns uzņemts skolā",
    )


@pytest.fixture
def page(client, mediator, case):
    client.force_login(mediator)
    return f"/lietas/{case.code}/"


@pytest.fixture
def send(client, page, enrolled):
    def post(*people, **changes):
        answers = {
            "what": enrolled.pk,
            "people": [getattr(one, "pk", one) for one in people],
            "achieved_on": timezone.localdate().isoformat(),
        }
        return client.post(f"{page}panakumi/", answers | changes)

    return post


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


# Whom a case is about


def test_a_case_names_people_of_its_family_and_keeps_how_old_they_were(
    client, page, case, child, mother
):
    answers = {"area": "education", "title": "Skola"}
    client.post(f"{page}labot/", answers | {"people": [child.pk, mother.pk]})
    client.post(f"{page}labot/", answers | {"people": [child.pk]})
    child.birth_year = 1950
    child.save()
    client.post(f"{page}labot/", answers | {"people": [child.pk]})

    named = case.people.get()
    assert (named.person_id, named.sex, named.age_band) == (child.pk, "male", "A07_12")
    updates = AuditEntry.objects.filter(
        object_id=str(case.pk), detail__has_key="people"
    )
    assert [entry.detail["people"] for entry in updates.order_by("seq")] == [2, 1]
    assert "Rūdis" in client.get(page).content.decode()


def test_a_new_case_asks_for_the_people_of_the_family_in_the_address(
    client, mediator, family, child
):
    client.force_login(mediator)
    assert "Rūdis" not in client.get("/lietas/jauna/").content.decode()

    opened = client.get(f"/lietas/jauna/?gimene={family.code}").content.decode()
    assert "Rūdis" in opened
    response = client.post(
        "/lietas/jauna/",
        {
            "family": family.code,
            "area": "education",
            "title": "Skola",
            "people": [child.pk],
        },
    )

    assert response.status_code == 302
    assert family.cases.get().people.get().person_id == child.pk


def test_people_of_another_family_are_refused_and_nothing_is_lost(
    client, mediator, municipality, family, child
):
    other = FamilyFactory(municipality=municipality, mediator=mediator)
    FamilyMemberFactory(family=other, name="Grieta")
    client.force_login(mediator)

    response = client.post(
        "/lietas/jauna/",
        {
            "family": other.code,
            "area": "education",
            "title": "Skola",
            "people": [child.pk],
        },
    )

    assert list(errors(response)) == ["people"]
    content = response.content.decode()
    assert [name in content for name in ("Grieta", "Skola", "Rūdis")] == [
        *(True, True, False),
    ]


# What was achieved


def test_one_form_stores_a_row_for_each_person(send, case, mediator, child, mother):
    response = send(child, mother)

    assert response["Location"] == f"{case.get_absolute_url()}#achieved"
    rows = {row.person_id: row for row in case.achievements.all()}
    assert rows.keys() == {child.pk, mother.pk}
    assert (rows[child.pk].sex, rows[child.pk].age_band) == ("male", "A07_12")
    assert (rows[mother.pk].sex, rows[mother.pk].age_band) == ("female", "A30_54")
    assert {row.mediator for row in rows.values()} == {mediator}
    entries = AuditEntry.objects.filter(verb=Verb.CREATE)
    assert {entry.detail["what"] for entry in entries} == {"EDU_ENROLLED"}


def test_the_same_again_is_stored_once(send, case, child):
    for people in ([child], [child], ["family"], ["family"]):
        send(*people)

    assert case.achievements.count() == 2


@pytest.mark.parametrize("person_id", [None, "0198f000-0000-7000-8000-000000000001"])
def test_the_database_holds_the_same_achievement_once(case, enrolled, person_id):
    facts = {"case": case, "what": enrolled, "person_id": person_id}
    AchievementFactory(**facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        AchievementFactory(**facts)


def test_without_people_on_the_list_it_is_for_the_family(send, case):
    send()

    assert case.achievements.get().person_id is None


def test_what_does_not_make_sense_is_refused_with_its_reason(send, case, child):
    tomorrow = timezone.localdate() + timedelta(days=1)
    early = case.opened_on - timedelta(days=1)

    assert list(errors(send(child, "family"))) == ["people"]
    assert list(errors(send())) == ["people"]
    assert list(errors(send(child, what="achievement.NOTHING"))) == ["what"]
    for day in (tomorrow, early, "svētdien"):
        assert list(errors(send(child, achieved_on=str(day)))) == ["achieved_on"]
    assert not case.achievements.exists()


def test_the_area_of_the_case_comes_first_and_the_rest_is_folded(
    client, page, enrolled
):
    for code in ("DOC_ISSUED", "GEN_INFO_GIVEN"):
        TermFactory(vocabulary=Vocabulary.ACHIEVEMENT, code=code)

    field = client.get(f"{page}panakumi/").context["form"].fields["what"]

    chosen = [key.partition(".")[2] for key, _label in field.choices]
    assert chosen == ["EDU_ENROLLED", "GEN_INFO_GIVEN", "DOC_ISSUED"]
    assert field.widget.shown == ["achievement.EDU_ENROLLED"]


def test_people_of_the_case_are_chosen_already(client, page, case, child, mother):
    case.people.create(person_id=child.pk)

    assert client.get(f"{page}panakumi/").context["form"]["people"].value() == [
        str(child.pk)
    ]


def test_the_page_of_the_case_tells_for_whom_and_removes_it(client, page, send, child):
    send(child)
    content = client.get(page).content.decode()
    assert content.count("Bērns uzņemts skolā") >= 2  # the list and the line of time
    assert "Rūdis" in content

    client.post(f"/panakumi/{Achievement.objects.get().pk}/dzest/")

    assert not Achievement.objects.exists()
    assert AuditEntry.objects.filter(verb=Verb.DELETE).count() == 1


@pytest.fixture
def handed_in(case, mediator):
    """The month before this one; the case is older."""
    month = (timezone.localdate().replace(day=1) - timedelta(days=1)).replace(day=1)
    return ClosedMonthFactory(
        mediator=mediator, municipality=case.municipality, month=month
    ).month


def test_a_month_that_is_handed_in_takes_nothing_new_and_says_what_to_do(
    send, case, child, handed_in
):
    response = send(child, achieved_on=handed_in.replace(day=20).isoformat())

    [message] = errors(response)["achieved_on"]
    today = timezone.localdate()
    assert f"{date(today.year, today.month, 1):%d.%m.%Y}" in message
    assert not case.achievements.exists()


def test_nothing_is_removed_from_a_month_that_is_handed_in(
    client, page, case, handed_in
):
    row = AchievementFactory(case=case, achieved_on=handed_in.replace(day=20))

    client.post(f"/panakumi/{row.pk}/dzest/")

    assert case.achievements.contains(row)
    assert f"/panakumi/{row.pk}/dzest/" not in client.get(page).content.decode()


def test_a_family_that_has_withdrawn_gets_nothing_new(send, family, case, child):
    ConsentFactory(family=family, withdrawn_on=timezone.localdate())

    assert "__all__" in errors(send(child))
    assert not case.achievements.exists()


def test_what_a_substitute_writes_counts_for_who_is_away(
    case, mediator, colleague, enrolled
):
    plan = SubstitutionFactory.build(
        absent=mediator,
        substitute=colleague,
        municipality=case.municipality,
        made_by=mediator,
    )
    substitutions.arrange(plan, by=mediator)

    [row] = achievements.achieve(case, enrolled, timezone.localdate(), [], by=colleague)

    assert (row.mediator, row.by) == (mediator, colleague)


def test_it_is_taken_back_by_whose_it_is_and_by_who_wrote_it(
    case, mediator, colleague, municipality
):
    third = UserFactory(role=Role.MEDIATOR, municipality=municipality)
    for person in (colleague, third):
        FamilyAssignmentFactory(family=case.family, mediator=person, kind="shared")
    AchievementFactory(case=case, mediator=mediator, by=colleague)

    assert {
        person: Achievement.objects.editable_by(person).count()
        for person in (mediator, colleague, third)
    } == {mediator: 1, colleague: 1, third: 0}


def test_closing_a_case_as_solved_asks_what_was_achieved(client, page, send):
    client.post(f"{page}noslegt/", {"outcome": "solved"})
    assert client.get(page).context["asks_what_was_achieved"]

    send()

    assert not client.get(page).context["asks_what_was_achieved"]


def test_an_erased_person_stays_counted_and_is_named_no_more(
    client, page, send, case, child
):
    send(child)
    FamilyMember.objects.all().delete()

    row = case.achievements.get()
    assert (row.person_id, row.sex, row.age_band) == (child.pk, "male", "A07_12")
    content = client.get(page).content.decode()
    assert "Rūdis" not in content

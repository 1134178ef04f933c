"""Programmes: few taps, steps in their order, never in a month handed in, counted as people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Involvement, InvolvementStep, ProgrammeStep
from cases.services import programmes
from families.models import FamilyMember
from municipalities.models import Vocabulary
from tests.factories import (
    CaseFactory,
    ClosedMonthFactory,
    ConsentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    InvolvementFactory,
    TermFactory,
    UserFactory,
)

TODAY = timezone.localdate


@pytest.fixture
def child(family):
    return FamilyMemberFactory(
        family=family, name="Rūdis", birth_year=TODAY().year - 14, sex="male"
    )


@pytest.fixture
def programme(db):
    return TermFactory(
        vocabulary=Vocabulary.PROGRAMME,
        code="SKOLA_KOPIENA",
        label_lv="Skola – kopienā",
    )


@pytest.fixture
def send(client, mediator, family, programme):
    client.force_login(mediator)

    def post(*people, **changes):
        answers = {
            "programme": programme.pk,
            "people": [getattr(one, "pk", one) for one in people],
            "step": "informed",
            "stepped_on": TODAY().isoformat(),
        }
        return client.post(f"/gimenes/{family.code}/programmas/", answers | changes)

    return post


@pytest.fixture
def step(client, mediator):
    client.force_login(mediator)

    def post(way, step, day=None, **changes):
        answers = {"step": step, "stepped_on": (day or TODAY()).isoformat()}
        return client.post(f"/programmas/{way.pk}/", answers | changes)

    return post


def errors(response):
    assert response.status_code == 422
    return response.context["form"].errors


def test_a_person_is_put_on_the_way_with_sex_and_age_and_no_name(send, family, child):
    assert send(child).status_code == 302

    way = family.involvements.get()
    assert (way.person_id, way.sex, way.age_band) == (child.pk, "male", "A13_15")
    assert way.taken == ["informed"]


def test_a_way_that_begins_in_a_case_belongs_to_it(send, client, mediator, family):
    case = CaseFactory(family=family, mediator=mediator)
    page = client.get(f"/gimenes/{family.code}/programmas/?lieta={case.code}")

    send(case=page.context["form"]["case"].value())

    assert case.involvements.count() == 1


def test_a_case_of_another_family_is_refused(send, municipality):
    other = CaseFactory(family=FamilyFactory(municipality=municipality))

    assert list(errors(send(case=other.code))) == ["case"]


def test_a_double_click_and_a_second_tab_store_one_way(send, family, child):
    send(child)
    send(child)

    assert family.involvements.get().taken == ["informed"]


def test_who_is_on_the_way_already_goes_on_there(send, family, child):
    send(child)
    send(child, step="applied")

    assert family.involvements.get().taken == ["informed", "applied"]


def test_without_a_list_of_people_it_is_for_the_family(send, family):
    assert send().status_code == 302

    assert family.involvements.get().person_id is None


def test_the_whole_way_is_walked_a_step_at_a_time(send, step, family, child):
    send(child)
    way = family.involvements.get()
    for name in ("applied", "accepted", "started", "finished"):
        assert step(way, name).status_code == 302

    way = Involvement.objects.get()
    assert way.is_over
    assert way.next_steps == []


@pytest.mark.parametrize(
    ("taken", "wanted"),
    [
        (["informed"], "finished"),
        (["applied"], "dropped"),
        (["applied"], "informed"),
        (["applied", "accepted"], "refused"),
        (["applied", "accepted"], "declined"),
        (["informed", "declined"], "applied"),
    ],
)
def test_a_step_that_cannot_follow_is_refused(step, family, mediator, taken, wanted):
    way = InvolvementFactory(
        family=family, mediator=mediator, steps=[(one, TODAY()) for one in taken]
    )

    assert list(errors(step(way, wanted))) == ["step"]
    assert [row.step for row in way.steps.all()] == taken


def test_a_way_does_not_begin_with_its_end(send, child):
    assert list(errors(send(child, step="finished"))) == ["step"]


def test_a_step_is_not_earlier_than_the_one_before(step, family, mediator):
    way = InvolvementFactory(family=family, mediator=mediator)

    found = errors(step(way, "applied", TODAY() - timedelta(days=1))).as_data()

    assert found["stepped_on"][0].code == "before"


def test_a_programme_takes_nobody_outside_its_days(send, child, programme):
    programme.valid_to = TODAY() - timedelta(days=1)
    programme.save()

    assert "stepped_on" in errors(send(child))
    yesterday = (TODAY() - timedelta(days=1)).isoformat()
    assert send(child, stepped_on=yesterday).status_code == 302


def test_a_day_to_come_is_refused(send, child):
    tomorrow = (TODAY() + timedelta(days=1)).isoformat()

    assert "stepped_on" in errors(send(child, stepped_on=tomorrow))


def test_a_day_of_another_century_is_refused(send, child):
    assert "stepped_on" in errors(send(child, stepped_on="1900-01-01"))


def test_a_month_that_is_handed_in_takes_no_step_and_gives_none_back(
    send, client, family, mediator, municipality, child
):
    ClosedMonthFactory(
        mediator=mediator, municipality=municipality, month=TODAY().replace(day=1)
    )
    way = InvolvementFactory(family=family, mediator=mediator)

    assert "stepped_on" in errors(send(child))
    client.post(f"/programmas/soli/{way.last.pk}/dzest/")
    assert way.steps.count() == 1


def test_only_the_last_step_is_taken_back_and_the_first_takes_the_way_along(
    client, family, mediator
):
    way = InvolvementFactory(
        family=family,
        mediator=mediator,
        steps=[("informed", TODAY()), ("applied", TODAY())],
    )
    first, last = way.steps.all()
    client.force_login(mediator)

    client.post(f"/programmas/soli/{first.pk}/dzest/")
    assert way.steps.count() == 2
    client.post(f"/programmas/soli/{last.pk}/dzest/")
    client.post(f"/programmas/soli/{first.pk}/dzest/")

    assert not Involvement.objects.exists()


def test_a_reason_belongs_to_who_left(step, family, mediator):
    way = InvolvementFactory(
        family=family, mediator=mediator, steps=[("accepted", TODAY())]
    )

    step(way, "started", reason="work")
    assert way.steps.get(step="started").reason == ""
    step(way, "dropped", reason="work")
    assert way.steps.get(step="dropped").reason == "work"


def test_two_at_once_leave_one_step(family, mediator):
    way = InvolvementFactory(family=family, mediator=mediator)
    stale = Involvement.objects.get()
    stale.taken  # noqa: B018
    programmes.take(way, ProgrammeStep.ACCEPTED, TODAY(), by=mediator)

    with pytest.raises(programmes.StepDoesNotFollow):
        programmes.take(stale, ProgrammeStep.APPLIED, TODAY(), by=mediator)


def test_people_of_other_families_and_other_ways_are_refused(
    send, client, mediator, municipality, child
):
    stranger = FamilyMemberFactory(family=FamilyFactory(municipality=municipality))
    way = InvolvementFactory()

    assert list(errors(send(stranger))) == ["people"]
    assert client.get(f"/programmas/{way.pk}/").status_code == 404
    assert client.post(f"/programmas/soli/{way.last.pk}/dzest/").status_code == 404


def test_a_family_that_has_withdrawn_is_put_nowhere(send, family, child):
    ConsentFactory(family=family, withdrawn_on=TODAY())

    assert errors(send(child))["__all__"]


def test_who_was_erased_stays_counted_without_a_name(
    client, mediator, family, child, programme
):
    way = InvolvementFactory(family=family, programme=programme, mediator=mediator)
    way.count_as(child, TODAY())
    way.save()
    FamilyMember.objects.all().delete()
    client.force_login(mediator)

    page = client.get("/programmas/").content.decode()

    assert "Rūdis" not in page
    [line] = client.get("/programmas/").context["funnel"]
    assert line.informed == 1


def test_the_funnel_counts_people_once_and_families_as_one(
    family, mediator, municipality, child, programme
):
    for person in (child, child, None):
        way = InvolvementFactory(
            family=family,
            mediator=mediator,
            programme=programme,
            steps=[
                ("approached", TODAY()),
                ("informed", TODAY()),
                ("applied", TODAY()),
            ],
        )
        if person:
            way.count_as(person, TODAY())
            way.save()

    counts = InvolvementStep.objects.readable_by(mediator).funnel()

    assert counts[programme.pk] == {
        "informed": 2,
        "applied": 2,
        "accepted": 0,
        "finished": 0,
        "dropped": 0,
    }


def test_a_mediator_reads_counts_of_the_very_families_below_them(
    client, mediator, municipality, programme
):
    """Whoever wrote them: a family that was taken over counts where it is now."""
    before = UserFactory(role="mediator", municipality=municipality)
    family = FamilyFactory(municipality=municipality, mediator=before)
    way = InvolvementFactory(family=family, mediator=before, programme=programme)
    client.force_login(mediator)
    page = client.get("/programmas/").context
    assert (page["funnel"], list(page["page"])) == ([], [])

    family.assignments.update(mediator=mediator)

    page = client.get("/programmas/").context
    assert [line.informed for line in page["funnel"]] == [1]
    assert [listed for listed, _person in page["page"]] == [way]
    client.force_login(before)
    page = client.get("/programmas/").context
    assert (page["funnel"], list(page["page"])) == ([], [])


def test_coordinators_read_counts_of_their_place_and_no_code(
    client, family, mediator, municipality
):
    InvolvementFactory(family=family, mediator=mediator)
    InvolvementFactory()
    coordinator = UserFactory(role="coordinator", municipality=municipality)
    client.force_login(coordinator)

    response = client.get("/programmas/")

    assert [line.informed for line in response.context["funnel"]] == [1]
    assert family.code not in response.content.decode()
    assert family.label not in response.content.decode()


@pytest.mark.parametrize(
    "year", ["", "abc", "99999", "1", "\uff12\uff10\uff12\uff16", "-5"]
)
def test_any_year_in_the_address_is_answered(client, mediator, year):
    client.force_login(mediator)

    assert client.get("/programmas/", {"gads": year}).status_code == 200


def test_the_family_page_shows_its_programmes(client, mediator, family, child, send):
    send(child)

    page = client.get(f"/gimenes/{family.code}/").content.decode()

    assert "Skola – kopienā" in page
    assert "Rūdis" in page

"""All families of a mediator who leaves go to her successor."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.models import Case, CaseStatus, NextStep, Outcome, Visit
from families.models import Family, FamilyAssignment, HandOver, Substitution
from families.services import hand_overs, substitutions
from families.services.consents import Told, record_consent
from families.services.families import take_on
from privacy.models import AuditEntry, Verb
from tests.factories import (
    CaseFactory,
    ConsentFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    NextStepFactory,
    SubstitutionFactory,
    VisitFactory,
)

URL = "/gimenes/nodosana/"
TODAY = timezone.localdate()
LABEL = "Kārkliņu ģimene"


def in_days(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(municipality=municipality, mediator=mediator, label=LABEL)


@pytest.fixture
def case(mediator, family):
    return CaseFactory(family=family, mediator=mediator)


@pytest.fixture
def step(municipality, mediator, family, case):
    return NextStepFactory(
        mediator=mediator, municipality=municipality, family=family, case=case
    )


@pytest.fixture
def handed_over(municipality, mediator, colleague, family):
    def hand_over(days, by=mediator):
        plan = HandOver(
            mediator=mediator,
            successor=colleague,
            municipality=municipality,
            last_day=TODAY + timedelta(days=days),
        )
        return hand_overs.hand_over(plan, by=by)

    return hand_over


def answers(successor, days, **more):
    day = (TODAY + timedelta(days=days)).isoformat()
    return {"successor": str(successor.pk), "last_day": day} | more


def test_the_families_change_hands_after_the_last_day(
    mediator, colleague, family, case, step, handed_over
):
    handed_over(2)

    for days, who in ((0, mediator), (2, mediator), (3, colleague), (30, colleague)):
        with in_days(days):
            for model, row in ((Family, family), (Case, case), (NextStep, step)):
                seen = {
                    person
                    for person in (mediator, colleague)
                    if row in model.objects.visible_to(person)
                }
                assert seen == {who}


def test_what_is_open_names_the_successor_once_the_day_has_come(
    municipality, mediator, colleague, family, case, step, handed_over, run_tasks
):
    closed = CaseFactory(
        family=family,
        mediator=mediator,
        status=CaseStatus.CLOSED,
        outcome=Outcome.SOLVED,
        closed_on=TODAY,
    )
    done = NextStepFactory(
        mediator=mediator, municipality=municipality, family=family, status="done"
    )
    without = NextStepFactory(mediator=mediator, municipality=municipality)
    visit = VisitFactory(mediator=mediator, municipality=municipality, family=family)
    handed_over(0)

    def owners():
        rows = (case, step, without, closed, done, visit)
        for row in rows:
            row.refresh_from_db()
        return [row.mediator for row in rows]

    run_tasks()
    assert owners() == [mediator] * 6
    with in_days(1):
        run_tasks()
        run_tasks()
    assert owners() == [colleague] * 3 + [mediator] * 3


def test_when_the_day_has_passed_everything_moves_at_once(
    mediator, colleague, family, case, step, handed_over
):
    handed_over(-1)

    for row in (case, step):
        row.refresh_from_db()
        assert row.mediator == colleague
    assert list(Family.objects.visible_to(colleague)) == [family]
    assert not Family.objects.visible_to(mediator).exists()


def test_past_entries_stay_in_the_log_of_who_wrote_them(
    municipality, mediator, colleague, family, handed_over
):
    visit = VisitFactory(mediator=mediator, municipality=municipality, family=family)

    handed_over(-1)

    assert list(Visit.objects.logged_by(mediator)) == [visit]
    assert list(Visit.objects.visible_to(colleague)) == [visit]
    assert not Visit.objects.editable_by(colleague).exists()


def test_a_colleague_who_shares_keeps_her_case_and_her_step(
    municipality, mediator, family, handed_over
):
    third = VisitFactory(municipality=municipality).mediator
    FamilyAssignmentFactory(family=family, mediator=third, kind="shared")
    case = CaseFactory(family=family, mediator=third)
    step = NextStepFactory(mediator=third, municipality=municipality, family=family)

    handed_over(-1)

    for row in (case, step):
        row.refresh_from_db()
        assert row.mediator == third


def test_nothing_is_handed_over_twice(client, mediator, colleague, family, handed_over):
    handed_over(5)
    client.force_login(mediator)

    response = client.post(URL, answers(colleague, 6))

    assert response.status_code == 422
    assert "jau ir nodotas" in response.content.decode()
    assert HandOver.objects.count() == 1
    assert family.assignments.count() == 2


def test_pressing_twice_hands_over_once(client, mediator, colleague, family):
    client.force_login(mediator)
    key = str(client.get(URL).context["form"]["client_uuid"].value())

    targets = {
        client.post(URL, answers(colleague, 5, client_uuid=key))["Location"]
        for _press in range(2)
    }

    assert targets == {HandOver.objects.get().get_absolute_url()}
    assert family.assignments.count() == 2


def test_the_coordinator_hands_over_for_a_mediator_who_is_gone(
    client, municipality, mediator, colleague, coordinator, family
):
    mediator.appointments.update(ends_on=TODAY - timedelta(days=3))
    client.force_login(coordinator)

    response = client.post(
        URL, answers(colleague, -3, post=f"{municipality.prefix}.{mediator.pk}")
    )
    page = client.get(response["Location"]).content.decode()

    assert list(Family.objects.visible_to(colleague)) == [family]
    assert family.code in page
    assert LABEL not in page
    [entry] = AuditEntry.objects.filter(verb=Verb.CREATE)
    assert entry.actor == coordinator.pk
    assert entry.detail["families"] == 1


@pytest.mark.parametrize("days", [-32, 366])
def test_the_last_day_is_near(client, mediator, colleague, family, days):
    client.force_login(mediator)

    response = client.post(URL, answers(colleague, days))

    assert list(response.context["form"].errors) == ["last_day"]
    assert not HandOver.objects.exists()


def test_a_family_taken_on_after_the_last_day_stands_in_the_way(
    client, municipality, mediator, colleague, family
):
    new = FamilyFactory(municipality=municipality)
    FamilyAssignmentFactory(family=new, mediator=mediator, starts_on=TODAY)
    client.force_login(mediator)

    response = client.post(URL, answers(colleague, -2))

    assert list(response.context["form"].errors) == ["last_day"]
    assert list(Family.objects.visible_to(colleague)) == []


def test_the_successor_is_another_mediator_of_the_municipality(
    client, mediator, coordinator, outsider, colleague, family
):
    client.force_login(mediator)
    for person in (mediator, coordinator, outsider):
        response = client.post(URL, answers(person, 1))
        assert list(response.context["form"].errors) == ["successor"]
    colleague.appointments.update(ends_on=TODAY)
    assert client.post(URL, answers(colleague, 1)).status_code == 422
    assert not HandOver.objects.exists()


def test_a_planned_hand_over_can_be_taken_back_and_leaves_no_trace(
    client, mediator, colleague, family, case, handed_over, run_tasks
):
    plan = handed_over(0)
    client.force_login(mediator)

    client.post(f"{URL}{plan.pk}/atcelt/")
    with in_days(1):
        run_tasks()
        assert list(Family.objects.visible_to(mediator)) == [family]
        assert not Family.objects.visible_to(colleague).exists()

    case.refresh_from_db()
    assert case.mediator == mediator
    assert FamilyAssignment.objects.get().ends_on is None
    assert AuditEntry.objects.filter(verb=Verb.DELETE).count() == 1


def test_what_has_happened_or_belongs_to_others_is_not_taken_back(
    client, mediator, colleague, outsider, handed_over
):
    plan = handed_over(-1)

    for person in (mediator, colleague, outsider):
        client.force_login(person)
        assert client.post(f"{URL}{plan.pk}/atcelt/").status_code == 404
    assert HandOver.objects.exists()


def test_what_the_successor_gives_on_is_not_taken_back_under_her(
    client, municipality, mediator, colleague, handed_over
):
    plan = handed_over(1)
    third = VisitFactory(municipality=municipality).mediator
    on = HandOver(
        mediator=colleague,
        successor=third,
        municipality=municipality,
        last_day=TODAY + timedelta(days=9),
    )
    hand_overs.hand_over(on, by=colleague)
    client.force_login(mediator)

    client.post(f"{URL}{plan.pk}/atcelt/")

    assert HandOver.objects.count() == 2
    assert FamilyAssignment.objects.filter(ends_on=None).get().mediator == third


def test_a_family_taken_on_before_the_last_day_goes_over_as_well(
    municipality, mediator, colleague, handed_over
):
    handed_over(3)

    new = take_on(
        FamilyFactory.build(municipality=municipality, label="Ozoli", code=""),
        by=mediator,
        told=Told.LATER,
        manner="oral",
        language="lv",
    )

    assert new in Family.objects.visible_to(mediator)
    with in_days(4):
        assert new in Family.objects.visible_to(colleague)
        assert new not in Family.objects.visible_to(mediator)


@pytest.mark.parametrize("days", [2, -1])
def test_nobody_covers_beyond_the_last_day(
    municipality, mediator, colleague, family, handed_over, days
):
    third = VisitFactory(municipality=municipality).mediator
    substitution = SubstitutionFactory.build(
        absent=mediator, substitute=third, municipality=municipality
    )
    substitutions.arrange(substitution, by=mediator)

    handed_over(days)

    with in_days(days + 1):
        assert not Substitution.objects.current().exists()
        covering = FamilyAssignment.objects.current().filter(mediator=third)
        assert not covering.exists()


def test_who_leaves_soon_can_still_be_covered(
    municipality, mediator, colleague, family, handed_over
):
    handed_over(4)
    third = VisitFactory(municipality=municipality).mediator
    substitution = SubstitutionFactory.build(
        absent=mediator, substitute=third, municipality=municipality
    )

    substitutions.arrange(substitution, by=mediator)

    covering = FamilyAssignment.objects.get(mediator=third)
    assert covering.ends_on == TODAY + timedelta(days=4)


NOTE = "Pastāstiet ģimenei par jauno mediatori un pierakstiet piekrišanu."


def test_the_successor_is_asked_to_tell_the_family_until_it_agrees(
    client, mediator, colleague, family, handed_over
):
    ConsentFactory(
        family=family, recorded_by=mediator, given_on=TODAY - timedelta(days=90)
    )
    handed_over(-1)
    client.force_login(colleague)
    page = family.get_absolute_url()
    assert NOTE in client.get(page).content.decode()

    record_consent(family, ["keep"], by=colleague, manner="oral", language="lv")

    assert NOTE not in client.get(page).content.decode()


def test_the_sheet_holds_codes_and_no_names(
    client, mediator, colleague, family, case, step, handed_over
):
    plan = handed_over(0)
    client.force_login(mediator)

    page = client.get(plan.get_absolute_url()).content.decode()

    for code in (family.code, case.code):
        assert code in page
    for name in (LABEL, case.title, step.text):
        assert name not in page


@pytest.mark.parametrize(("days", "who"), [(0, "mediator"), (1, "colleague")])
def test_the_sheet_tells_of_cases_to_whoever_sees_the_family(
    client, request, mediator, colleague, coordinator, case, handed_over, days, who
):
    plan = handed_over(0)

    with in_days(days):
        for person in (mediator, colleague, coordinator):
            client.force_login(person)
            page = client.get(plan.get_absolute_url()).content.decode()
            assert (case.code in page) == (person == request.getfixturevalue(who))
            assert case.family.code in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_sheet_takes_a_constant_number_of_queries(
    client, municipality, mediator, handed_over, number, django_assert_num_queries
):
    for _ in range(number):
        family = FamilyFactory(municipality=municipality, mediator=mediator)
        case = CaseFactory(family=family, mediator=mediator)
        NextStepFactory(
            mediator=mediator, municipality=municipality, family=family, case=case
        )
    plan = handed_over(0)
    client.force_login(mediator)

    with django_assert_num_queries(16):
        client.get(plan.get_absolute_url())

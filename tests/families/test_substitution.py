"""A colleague covers the families of a mediator who is away."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.utils import timezone

from cases.models import NextStep
from families.models import Family, FamilyAssignment, Substitution
from families.services import substitutions
from families.services.consents import Told
from families.services.families import take_on
from mediators.models import Role
from privacy.models import AuditEntry, Verb
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    NextStepFactory,
    SubstitutionFactory,
    UserFactory,
    VisitFactory,
)

URL = "/gimenes/aizvietosana/"
TODAY = timezone.localdate()
LABEL = "Kārkliņu ģimene"


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(municipality=municipality, mediator=mediator, label=LABEL)


@pytest.fixture
def arranged(municipality, mediator, colleague, family):
    """The colleague covers from tomorrow for three days."""

    def arrange(first=1, last=3):
        substitution = Substitution(
            absent=mediator,
            substitute=colleague,
            municipality=municipality,
            starts_on=TODAY + timedelta(days=first),
            ends_on=TODAY + timedelta(days=last),
            reason=Substitution.Reason.ILLNESS,
        )
        return substitutions.arrange(substitution, by=mediator)

    return arrange


@pytest.fixture
def answers(colleague):
    def answers(first=0, last=7, **changes):
        return {
            "substitute": str(colleague.pk),
            "starts_on": (TODAY + timedelta(days=first)).isoformat(),
            "ends_on": (TODAY + timedelta(days=last)).isoformat(),
            "reason": "holiday",
        } | changes

    return answers


def post_key(user, municipality):
    return f"{municipality.prefix}.{user.pk}"


@pytest.mark.parametrize(
    ("days", "status"), [(0, 404), (1, 200), (2, 200), (3, 200), (4, 404)]
)
def test_the_dates_alone_open_and_close_the_families(
    client, colleague, family, arranged, days, status
):
    arranged()
    case = CaseFactory(family=family)

    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        client.force_login(colleague)
        assert client.get(family.get_absolute_url()).status_code == status
        assert client.get(case.get_absolute_url()).status_code == status


def test_a_mediator_arranges_her_own_substitution(
    client, mediator, colleague, family, answers
):
    client.force_login(mediator)

    response = client.post(URL, answers())

    substitution = Substitution.objects.get()
    assert response.status_code == 302
    assert (substitution.absent, substitution.made_by) == (mediator, mediator)
    assert list(Family.objects.visible_to(colleague)) == [family]
    [entry] = AuditEntry.objects.filter(verb=Verb.CREATE)
    assert entry.object_id == str(substitution.pk)
    assert entry.detail == {
        "absent": str(mediator.pk),
        "substitute": str(colleague.pk),
        "families": 1,
    }


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DEPUTY_COORDINATOR])
def test_who_coordinates_arranges_it_for_a_mediator_and_sees_no_name(
    client, municipality, mediator, colleague, family, answers, role
):
    coordinator = UserFactory(role=role, municipality=municipality)
    client.force_login(coordinator)

    client.post(URL, answers(post=post_key(mediator, municipality)))
    page = client.get(URL).content.decode()

    assert Substitution.objects.get().absent == mediator
    assert list(Family.objects.visible_to(colleague)) == [family]
    assert not Family.objects.visible_to(coordinator).exists()
    assert "1 ģimene" in page
    assert LABEL not in page


def test_nobody_takes_the_families_of_a_colleague_for_themselves(
    client, municipality, mediator, colleague, family, answers
):
    AppointmentFactory(user=colleague, role=Role.COORDINATOR, municipality=municipality)
    client.force_login(colleague)

    response = client.post(URL, answers(post=post_key(mediator, municipality)))

    assert response.status_code == 422
    assert "substitute" in response.context["form"].errors
    assert not Family.objects.visible_to(colleague).exists()


def test_only_mediators_of_the_own_municipality_can_be_chosen(
    client, municipality, mediator, coordinator, colleague, outsider, answers
):
    place = outsider.factory_municipality
    client.force_login(coordinator)
    for forged in (
        answers(post=post_key(outsider, place)),
        answers(post=post_key(mediator, place)),
        answers(post=post_key(mediator, municipality), substitute=str(outsider.pk)),
        answers(post=post_key(mediator, municipality), substitute=str(coordinator.pk)),
        answers(post=post_key(mediator, municipality), substitute=str(mediator.pk)),
        answers(post=""),
    ):
        assert client.post(URL, forged).status_code == 422
    client.force_login(mediator)
    assert client.post(URL, answers(substitute=str(mediator.pk))).status_code == 422
    assert not Substitution.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first": -1}, "starts_on"),
        ({"first": 400, "last": 410}, "starts_on"),
        ({"first": 5, "last": 4}, "ends_on"),
        ({"last": 93}, "ends_on"),
        ({"starts_on": "rīt"}, "starts_on"),
        ({"starts_on": "\x00"}, "starts_on"),
        ({"ends_on": ""}, "ends_on"),
        ({"reason": ""}, "reason"),
        ({"reason": "divorce"}, "reason"),
        ({"substitute": ""}, "substitute"),
        ({"substitute": "x"}, "substitute"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(
    client, mediator, family, answers, changes, field
):
    client.force_login(mediator)

    response = client.post(URL, answers(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Substitution.objects.exists()


def test_nobody_is_covered_twice_on_a_day(client, mediator, arranged, answers):
    arranged(1, 3)
    client.force_login(mediator)

    clash = client.post(URL, answers(3, 5))
    beside = client.post(URL, answers(4, 5))

    assert clash.status_code == 422
    assert "jau aizvieto" in clash.content.decode()
    assert beside.status_code == 302
    assert Substitution.objects.count() == 2


def test_nobody_covers_who_is_away_herself(
    client, municipality, mediator, colleague, family, answers
):
    SubstitutionFactory(absent=colleague, municipality=municipality)
    client.force_login(mediator)

    response = client.post(URL, answers())

    assert response.status_code == 422
    assert "prombūtnē" in response.content.decode()


def test_the_substitute_has_to_be_appointed_on_all_the_days(
    client, mediator, colleague, answers
):
    colleague.appointments.update(ends_on=TODAY + timedelta(days=3))
    client.force_login(mediator)

    response = client.post(URL, answers())

    assert list(response.context["form"].errors) == ["substitute"]


def test_pressing_twice_arranges_once(client, mediator, family, answers):
    client.force_login(mediator)
    key = client.get(URL).context["form"]["client_uuid"].value()

    for _press in range(2):
        assert client.post(URL, answers(client_uuid=str(key))).status_code == 302

    assert Substitution.objects.count() == 1
    assert FamilyAssignment.objects.filter(kind="substitution").count() == 1


def test_only_open_families_of_her_own_in_that_municipality_are_covered(
    municipality, mediator, colleague, family, outsider, arranged
):
    shared = FamilyFactory(municipality=municipality, mediator=outsider)
    FamilyAssignmentFactory(family=shared, mediator=mediator, kind="shared")
    FamilyFactory(municipality=municipality, mediator=mediator, closed_on=TODAY)
    elsewhere = outsider.factory_municipality
    FamilyFactory(municipality=elsewhere, mediator=mediator)

    arranged(0)

    assert list(Family.objects.visible_to(colleague)) == [family]


def test_a_family_taken_on_in_the_meantime_is_covered_too(
    municipality, mediator, colleague, arranged
):
    arranged(0)

    new = take_on(
        FamilyFactory.build(municipality=municipality, label="Ozoli", code=""),
        by=mediator,
        told=Told.LATER,
        manner="oral",
        language="lv",
    )

    assert new in Family.objects.visible_to(colleague)


def test_ending_early_takes_one_tap_and_works_at_once(
    client, mediator, colleague, family, arranged
):
    substitution = arranged(0)
    client.force_login(mediator)

    response = client.post(f"{URL}{substitution.pk}/beigt/")

    substitution.refresh_from_db()
    assert response.status_code == 302
    assert substitution.ended_early_on == TODAY
    assert not Family.objects.visible_to(colleague).exists()
    assert AuditEntry.objects.filter(verb=Verb.CLOSE).count() == 1
    assert client.post(f"{URL}{substitution.pk}/beigt/").status_code == 404


def test_the_substitute_and_strangers_cannot_end_it(
    client, colleague, outsider, arranged
):
    substitution = arranged(0)

    for person in (colleague, outsider):
        client.force_login(person)
        assert client.post(f"{URL}{substitution.pk}/beigt/").status_code == 404


def test_the_day_of_the_substitute_holds_the_steps_of_the_absent(
    client, municipality, mediator, colleague, family, arranged
):
    step = NextStepFactory(mediator=mediator, municipality=municipality, family=family)
    NextStepFactory(mediator=mediator, municipality=municipality, text="Bez ģimenes")
    arranged(0)
    client.force_login(colleague)

    response = client.get("/sodien/")

    [row] = response.context["now"].rows
    page = response.content.decode()
    assert (row.step, row.instead_of) == (step, mediator)
    assert "Aizvietojot: Sanita Vītola" in page
    assert client.post(f"/soli/{step.pk}/izdarits/").status_code == 302
    step.refresh_from_db()
    assert (step.status, step.mediator) == ("done", mediator)


def test_both_are_told_on_the_day_and_nobody_else(
    client, mediator, colleague, outsider, arranged
):
    substitution = arranged(0)
    for person, told in ((mediator, 1), (colleague, 1), (outsider, 0)):
        client.force_login(person)
        assert len(client.get("/sodien/").context["substitutions"]) == told
    substitutions.end(substitution, by=mediator)
    for person in (mediator, colleague):
        client.force_login(person)
        assert len(client.get("/sodien/").context["substitutions"]) == 0


def test_what_the_substitute_promised_stays_with_the_family(
    municipality, mediator, colleague, family, arranged
):
    substitution = arranged(0)
    step = NextStepFactory(mediator=colleague, municipality=municipality, family=family)
    assert list(NextStep.objects.visible_to(mediator)) == [step]
    assert list(NextStep.objects.visible_to(colleague)) == [step]

    substitutions.end(substitution, by=mediator)

    assert list(NextStep.objects.visible_to(mediator)) == [step]
    assert not NextStep.objects.visible_to(colleague).exists()


def test_what_the_substitute_logs_is_her_own(
    municipality, mediator, colleague, family, arranged
):
    substitution = arranged(0)
    visit = VisitFactory(mediator=colleague, municipality=municipality, family=family)

    substitutions.end(substitution, by=mediator)

    assert list(type(visit).objects.logged_by(colleague)) == [visit]
    assert not type(visit).objects.editable_by(mediator).exists()


def test_a_colleague_who_shares_a_family_keeps_her_steps_to_herself(
    municipality, mediator, colleague, family
):
    FamilyAssignmentFactory(family=family, mediator=colleague, kind="shared")
    hers = NextStepFactory(mediator=colleague, municipality=municipality, family=family)
    mine = NextStepFactory(mediator=mediator, municipality=municipality, family=family)

    assert list(NextStep.objects.visible_to(mediator)) == [mine]
    assert list(NextStep.objects.visible_to(colleague)) == [hers]


@pytest.mark.parametrize(
    ("who", "is_told"),
    [("mediator", True), ("coordinator", True), ("colleague", False)],
)
def test_the_reason_is_not_told_to_the_substitute(
    client, request, coordinator, arranged, who, is_told
):
    arranged(0)
    client.force_login(request.getfixturevalue(who))

    page = client.get(URL).content.decode()

    rows = page.partition('id="standing"')[2].partition('id="new"')[0]
    assert ("slimība" in rows) == is_told


def test_without_a_colleague_the_page_says_so(client, mediator):
    client.force_login(mediator)

    page = client.get(URL)

    assert not page.context["form"].is_possible
    assert "citi mediatori nestrādā" in page.content.decode()


def test_a_substitution_of_the_database_is_in_order(mediator, municipality):
    with pytest.raises(IntegrityError):
        SubstitutionFactory(
            absent=mediator, substitute=mediator, municipality=municipality
        )

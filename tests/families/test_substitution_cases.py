"""Whose a case is that somebody opens for a family of a colleague."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import Substitution
from families.services import substitutions
from tests.factories import FamilyAssignmentFactory, FamilyFactory, SubstitutionFactory


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(municipality=municipality, mediator=mediator)


def test_a_case_that_the_substitute_opened_goes_on_with_the_mediator_of_the_family(
    client, mediator, colleague, family, municipality
):
    substitution = substitutions.arrange(
        Substitution(
            absent=mediator,
            substitute=colleague,
            municipality=municipality,
            starts_on=timezone.localdate(),
            ends_on=timezone.localdate() + timedelta(days=3),
            reason=Substitution.Reason.ILLNESS,
        ),
        by=mediator,
    )
    facts = {"area": "housing", "title": "Īres parāds"}
    client.force_login(colleague)
    client.post("/lietas/jauna/", facts | {"family": family.code})
    case = family.cases.get()
    page = case.get_absolute_url()
    assert client.get(page).status_code == 200

    substitutions.end(substitution, by=mediator)

    assert client.get(page).status_code == 404
    assert client.post(f"{page}labot/", facts).status_code == 404
    client.force_login(mediator)
    assert case.mediator == mediator
    assert client.get(page).status_code == 200
    changed = client.post(f"{page}labot/", facts | {"title": "Īres līgums"})
    entry = {
        "client_uuid": str(uuid.uuid4()),
        "family": family.code,
        "case": case.code,
        "kind": "home_visit",
        "visited_on": timezone.localdate().isoformat(),
        "minutes": "30",
        "areas": ["housing"],
        "next_step_on": "none",
    }
    logged = client.post("/ieraksti/jauns/", entry)
    assert (changed.status_code, logged.status_code) == (302, 302)
    assert case.visits.get().mediator == mediator


def test_a_colleague_who_shares_a_family_opens_cases_of_her_own(
    client, colleague, family
):
    FamilyAssignmentFactory(family=family, mediator=colleague, kind="shared")
    client.force_login(colleague)

    client.post(
        "/lietas/jauna/",
        {"family": family.code, "area": "housing", "title": "Īres parāds"},
    )

    assert family.cases.get().mediator == colleague


@pytest.mark.parametrize(
    ("first", "last", "is_current", "may_end"),
    [
        (-7, -1, False, False),
        (-7, 0, True, True),
        (0, 7, True, True),
        (1, 7, False, True),
    ],
)
def test_a_substitution_holds_for_its_days_and_is_ended_before_the_last_is_over(
    mediator, colleague, municipality, first, last, is_current, may_end
):
    def day(number):
        return timezone.localdate() + timedelta(days=number)

    SubstitutionFactory(
        absent=mediator,
        substitute=colleague,
        municipality=municipality,
        starts_on=day(first),
        ends_on=day(last),
    )

    rows = Substitution.objects
    assert rows.current().exists() is is_current
    assert rows.current(on=day(first)).exists()
    assert rows.editable_by(mediator).exists() is may_end
    assert not rows.editable_by(colleague).exists()

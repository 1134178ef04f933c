"""A mediator who knows a family privately: told with one tap, given to another mediator."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from families.models import ConflictOfInterest, Family, FamilyAssignment, HandOver
from families.services import conflicts, hand_overs, substitutions
from privacy.models import AuditEntry, Verb
from tests.factories import (
    ConflictOfInterestFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    NextStepFactory,
    SubstitutionFactory,
)

LABEL = "Kārkliņu ģimene"
TODAY = timezone.localdate()


def tomorrow():
    return time_machine.travel(timezone.now() + timedelta(days=1), tick=False)


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(municipality=municipality, mediator=mediator, label=LABEL)


@pytest.fixture
def other(municipality, mediator):
    """A family of hers that she does not know."""
    return FamilyFactory(municipality=municipality, mediator=mediator)


@pytest.fixture
def conflict(family, mediator):
    return conflicts.report(family, "relative", by=mediator)


def give(client, conflict, colleague, **more):
    return client.post(
        f"/gimenes/nodosana/viena/{conflict.pk}/",
        {"successor": colleague.pk, "client_uuid": uuid.uuid4(), **more},
    )


def test_a_mediator_says_it_and_her_page_shows_it(client, mediator, family):
    client.force_login(mediator)
    url = f"{family.get_absolute_url()}pazistama/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"kind": ""}).status_code == 422

    client.post(url, {"kind": "relative"})
    # Saying it again is saying it once, another kind replaces it
    client.post(url, {"kind": "relative"})
    client.post(url, {"kind": "neighbour"})

    [conflict] = ConflictOfInterest.objects.standing()
    assert (conflict.family, conflict.kind) == (family, "neighbour")
    page = client.get(family.get_absolute_url()).content.decode()
    assert "kaimiņi" in page
    entry = AuditEntry.objects.filter(verb=Verb.CREATE).last()
    assert entry.detail == {"family": family.code, "kind": "neighbour"}


def test_it_can_be_taken_back_by_whoever_said_it(
    client, mediator, coordinator, conflict
):
    url = f"{conflict.family.get_absolute_url()}pazistama/atsaukt/"
    client.force_login(coordinator)
    assert client.post(url).status_code == 404

    client.force_login(mediator)
    client.post(url)
    assert not ConflictOfInterest.objects.standing().exists()


def test_the_question_is_asked_when_a_family_is_taken_on(client, mediator):
    client.force_login(mediator)
    given = {"label": LABEL, "adults": 1, "children": 0, "told": "later"}

    client.post("/gimenes/jauna/", given | {"known_as": "friend"})
    client.post("/gimenes/jauna/", given | {"label": "Cita", "known_as": "no"})
    client.post("/gimenes/jauna/", given | {"label": "Trešā"})

    [conflict] = ConflictOfInterest.objects.all()
    assert (conflict.family.label, conflict.kind) == (LABEL, "friend")


def test_the_coordinator_sees_the_code_and_gives_the_family_to_another(
    client, mediator, colleague, coordinator, municipality, conflict, other
):
    family = conflict.family
    step = NextStepFactory(mediator=mediator, municipality=municipality, family=family)
    about_none = NextStepFactory(mediator=mediator, municipality=municipality)
    client.force_login(coordinator)
    page = client.get("/gimenes/aizvietosana/").content.decode()
    assert family.code in page
    assert LABEL not in page
    assert f"/gimenes/nodosana/viena/{conflict.pk}/" in page

    assert client.get(f"/gimenes/nodosana/viena/{conflict.pk}/").status_code == 200
    assert give(client, conflict, colleague).status_code == 302

    assert family in Family.objects.visible_to(mediator)
    with tomorrow():
        assert list(Family.objects.visible_to(mediator)) == [other]
        assert list(Family.objects.visible_to(colleague)) == [family]
    # Nothing waits any more, and a second time there is nothing to give
    assert not ConflictOfInterest.objects.coordinated_by(coordinator).exists()
    assert give(client, conflict, colleague).status_code == 404
    with tomorrow():
        hand_overs.move(family.hand_overs.get(), by=None)
    step.refresh_from_db()
    about_none.refresh_from_db()
    assert (step.mediator, about_none.mediator) == (colleague, mediator)


def test_who_covers_for_the_mediator_does_not_keep_the_family(
    municipality, mediator, colleague, coordinator, conflict, other
):
    absence = SubstitutionFactory.build(
        absent=mediator,
        substitute=colleague,
        municipality=municipality,
        made_by=mediator,
    )
    substitutions.arrange(absence, by=mediator)
    conflicts.reassign(conflict, HandOver(successor=colleague), by=coordinator)

    with tomorrow():
        covered = FamilyAssignment.objects.current().filter(substitution=absence)
        assert [row.family for row in covered] == [other]


def test_a_colleague_who_knows_a_family_gets_it_only_after_a_warning(
    client, mediator, colleague, municipality, family
):
    ConflictOfInterestFactory(family=family, mediator=colleague)
    client.force_login(mediator)
    given = {
        "substitute": colleague.pk,
        "starts_on": TODAY,
        "ends_on": TODAY,
        "reason": "holiday",
        "successor": colleague.pk,
        "last_day": TODAY,
    }
    for url in ("/gimenes/aizvietosana/", "/gimenes/nodosana/"):
        refused = client.post(url, given | {"client_uuid": uuid.uuid4()})
        assert refused.status_code == 422
        page = refused.content.decode()
        assert f"{family.code} (radinieki)" in page
        assert 'name="confirm_conflict"' in page

        given |= {"client_uuid": uuid.uuid4(), "confirm_conflict": "on"}
        assert client.post(url, given).status_code == 302
        del given["confirm_conflict"]


def test_reassigning_warns_of_the_colleague_as_well(
    client, colleague, coordinator, conflict
):
    ConflictOfInterestFactory(family=conflict.family, mediator=colleague)
    client.force_login(coordinator)

    refused = give(client, conflict, colleague)

    assert refused.status_code == 422
    assert 'name="confirm_conflict"' in refused.content.decode()
    assert give(client, conflict, colleague, confirm_conflict="on").status_code == 302


def test_a_colleague_who_shares_the_family_does_not_see_what_the_mediator_said(
    client, colleague, conflict
):
    FamilyAssignmentFactory(
        family=conflict.family,
        mediator=colleague,
        kind=FamilyAssignment.Kind.SHARED,
    )
    client.force_login(colleague)

    page = client.get(conflict.family.get_absolute_url()).content.decode()

    assert "radinieki" not in page
    assert not ConflictOfInterest.objects.visible_to(colleague).exists()
    assert not ConflictOfInterest.objects.editable_by(colleague).exists()


@pytest.mark.parametrize(
    "change", [{}, {"closed_on": TODAY}], ids=["open family", "closed family"]
)
def test_no_other_mediator_is_looked_for_where_the_work_has_ended(
    coordinator, conflict, family, change
):
    Family.objects.filter(pk=family.pk).update(**change)

    waiting = ConflictOfInterest.objects.coordinated_by(coordinator)

    assert waiting.exists() is not bool(change)

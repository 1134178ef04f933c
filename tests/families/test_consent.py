from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.models import Consent
from families.services.consents import consent_states
from privacy.models import AuditEntry, Verb
from tests.factories import ConsentFactory, FamilyFactory

TODAY = timezone.localdate


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(municipality=municipality, mediator=mediator)


@pytest.fixture
def page(client, mediator, family):
    client.force_login(mediator)
    return f"/gimenes/{family.code}/piekrisana/"


def answers(**changes):
    return {
        "purposes": ["informed", "keep"],
        "manner": "oral",
        "language": "rom",
        "given_on": TODAY().isoformat(),
    } | changes


def in_force(family):
    rows = family.consents.in_force().values_list("purpose", flat=True)
    return sorted(rows)


def test_a_consent_says_what_how_when_and_in_which_language(
    client, mediator, family, page
):
    until = TODAY() + timedelta(days=365)

    response = client.post(page, answers(valid_until=until.isoformat()))

    assert response["Location"] == family.get_absolute_url()
    keep = family.consents.get(purpose="keep")
    assert (keep.manner, keep.language, keep.given_on, keep.valid_until) == (
        "oral",
        "rom",
        TODAY(),
        until,
    )
    assert keep.recorded_by == mediator
    entry = AuditEntry.objects.get(verb=Verb.CONSENT)
    assert entry.detail == {"purposes": ["informed", "keep"]}


def test_who_agrees_was_told(client, family, page):
    client.post(page, answers(purposes=["share"]))

    assert in_force(family) == ["informed", "share"]


def test_the_same_consent_sent_twice_is_one(client, family, page):
    client.post(page, answers())
    client.post(page, answers())

    assert in_force(family) == ["informed", "keep"]
    assert AuditEntry.objects.filter(verb=Verb.CONSENT).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purposes": []}, "purposes"),
        ({"purposes": ["everything"]}, "purposes"),
        ({"manner": ""}, "manner"),
        ({"language": "xx"}, "language"),
        ({"given_on": "2999-01-01"}, "given_on"),
        ({"given_on": "vakar"}, "given_on"),
        ({"given_on": ""}, "given_on"),
        ({"valid_until": "2020-01-01"}, "valid_until"),
    ],
)
def test_a_wrong_answer_records_nothing(client, family, page, changes, field):
    response = client.post(page, answers(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert in_force(family) == []


def test_withdrawing_takes_two_taps_and_ends_today(client, family, page):
    ConsentFactory(family=family, purpose="keep")

    question = client.get(f"{page}keep/atsaukt/")
    assert question.status_code == 200
    assert in_force(family) == ["keep"]

    client.post(f"{page}keep/atsaukt/")
    assert in_force(family) == []
    assert family.consents.get().withdrawn_on == TODAY()
    entry = AuditEntry.objects.get(verb=Verb.WITHDRAW)
    assert entry.object_id == str(family.pk)


def test_without_kept_data_nothing_is_shared_and_no_story_told(client, family, page):
    for purpose in Consent.Purpose:
        ConsentFactory(family=family, purpose=purpose)

    client.post(f"{page}keep/atsaukt/")

    assert in_force(family) == ["informed"]


def test_a_single_purpose_is_withdrawn_alone(client, family, page):
    for purpose in ("keep", "share"):
        ConsentFactory(family=family, purpose=purpose)

    client.post(f"{page}share/atsaukt/")

    assert in_force(family) == ["keep"]


def test_a_second_tap_on_withdraw_changes_nothing_more(client, family, page):
    ConsentFactory(family=family, purpose="keep")

    for _ in range(2):
        assert client.post(f"{page}keep/atsaukt/").status_code == 302

    assert AuditEntry.objects.filter(verb=Verb.WITHDRAW).count() == 1


@pytest.mark.parametrize("purpose", ["informed", "nothing"])
def test_what_was_told_cannot_be_taken_back(client, page, purpose):
    assert client.post(f"{page}{purpose}/atsaukt/").status_code == 404


def test_a_family_may_agree_again_on_the_day_it_withdrew(client, family, page):
    client.post(page, answers())
    client.post(f"{page}keep/atsaukt/")

    client.post(page, answers())

    assert in_force(family) == ["informed", "keep"]
    assert all(state.is_in_force for state in consent_states(family))


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "is_in_force"),
        ({"valid_until": date(2999, 1, 1)}, "is_in_force"),
        ({"valid_until": date(2021, 1, 1)}, "is_over"),
        ({"withdrawn_on": date(2021, 1, 1)}, "is_withdrawn"),
    ],
)
def test_the_page_names_the_state_of_a_consent(db, family, fields, state):
    ConsentFactory(family=family, purpose="keep", **fields)

    [informed, keep] = consent_states(family)

    assert informed.consent is None
    states = ("is_in_force", "is_over", "is_withdrawn")
    assert [name for name in states if getattr(keep, name)] == [state]


def test_a_consent_that_ends_within_a_month_is_pointed_out(family):
    for days, purpose in [(30, "keep"), (31, "share")]:
        ConsentFactory(
            family=family,
            purpose=purpose,
            valid_until=TODAY() + timedelta(days=days),
        )

    states = {state.purpose: state.ends_soon for state in consent_states(family)}

    assert states == {"informed": False, "keep": True, "share": False}

"""Sharing a case with the coordinators: only as agreed, and only for a time."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import CaseShare
from families import words
from mediators.models import Role
from privacy.models import AuditEntry, Verb
from tests.cases.answers import codes
from tests.factories import (
    CaseShareFactory,
    ConsentFactory,
    MunicipalityFactory,
    NextStepFactory,
    ReferralFactory,
    UserFactory,
    VisitFactory,
)


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def share(client, mediator, case):
    client.force_login(mediator)

    def post(**changes):
        typed = {
            "agreed": "on",
            "reason": "Vajadzīgs pašvaldības lēmums",
            "ends_on": in_days(30).isoformat(),
        } | changes
        return client.post(f"/lietas/{case.code}/dalities/", typed)

    return post


def page_for(client, reader, case):
    client.force_login(reader)
    return client.get(f"/lietas/{case.code}/kopigota/")


def test_a_case_is_shared_with_reason_and_end(share, case, mediator):
    response = share()

    stored = CaseShare.objects.get()
    assert response.url == case.get_absolute_url()
    assert (stored.case, stored.by, stored.ends_on) == (case, mediator, in_days(30))
    assert (stored.agreed_on, stored.shows_label) == (timezone.localdate(), False)
    assert AuditEntry.objects.get(verb=Verb.CREATE).detail == {
        "case": case.code,
        "ends_on": in_days(30).isoformat(),
        "shows_label": False,
    }


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"agreed": ""}, {"agreed": ["required"]}),
        ({"reason": ""}, {"reason": ["required"]}),
        ({"reason": "010190-12345"}, {"reason": ["personal_code"]}),
        ({"ends_on": ""}, {"ends_on": ["required"]}),
        ({"ends_on": in_days(-1).isoformat()}, {"ends_on": ["past"]}),
        ({"ends_on": in_days(91).isoformat()}, {"ends_on": ["too_long"]}),
        ({"reason": "Kārkliņu ģimenei vajag lēmumu"}, {"reason": ["name"]}),
    ],
)
def test_what_does_not_make_sense_shares_nothing(share, changes, expected):
    response = share(**changes)

    assert response.status_code == 422
    assert codes(response) == expected
    assert not CaseShare.objects.exists()


def test_a_name_in_the_title_has_to_go_first(share, case):
    case.title = "Kārkliņu parāds"
    case.save()

    assert codes(share()) == {"__all__": ["name"]}
    assert share(shows_label="on").status_code == 302


def test_no_name_is_written_into_the_title_while_it_is_shared(client, mediator, case):
    CaseShareFactory(case=case)
    client.force_login(mediator)
    typed = {"area": "housing", "title": "Īres parāds", "goal": "Kārkliņi maksā laikus"}

    response = client.post(f"/lietas/{case.code}/labot/", typed)
    assert codes(response) == {"goal": ["name"]}

    CaseShare.objects.update(shows_label=True)
    assert client.post(f"/lietas/{case.code}/labot/", typed).status_code == 302


def test_the_form_says_what_will_be_read_and_offers_thirty_days(client, mediator, case):
    case.goal = "Mācās katru nedēļu"
    case.save()
    client.force_login(mediator)

    response = client.get(f"/lietas/{case.code}/dalities/")

    assert response.context["form"]["ends_on"].value() == in_days(30)
    for text in (case.title, case.goal):
        assert text in response.content.decode()


def test_ninety_days_are_the_longest(share):
    share(ends_on=in_days(90).isoformat())

    assert CaseShare.objects.exists()


def test_a_case_is_shared_once_at_a_time(share, case):
    share()

    assert share().url == case.get_absolute_url()
    assert CaseShare.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseShareFactory(case=case)


def test_a_share_that_ran_out_makes_room_for_another(share, case):
    CaseShareFactory(case=case, starts_on=in_days(-40), ends_on=in_days(-1))

    share()

    assert CaseShare.objects.active().get().ends_on == in_days(30)


# Reading


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DEPUTY_COORDINATOR])
def test_coordinators_read_the_case_without_texts_and_names(
    client, municipality, mediator, family, case, teacher, role
):
    case.goal = "Mācās katru nedēļu"
    case.save()
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        contact=teacher,
        institution=teacher.institution,
        note="Slepena piezīme",
    )
    NextStepFactory(
        mediator=mediator, municipality=municipality, case=case, text="Slepens solis"
    )
    ReferralFactory(case=case, text="Slepens lūgums")
    ReferralFactory(
        case=case,
        text="Slepens lūgums",
        note="Slepena atbilde",
        answer="refused",
        answered_on=timezone.localdate(),
    )
    CaseShareFactory(case=case)
    reader = UserFactory(role=role, municipality=municipality)

    page = page_for(client, reader, case).content.decode()

    for told in (case.title, case.goal, case.code, teacher.institution.name):
        assert told in page
    for hidden in ("Slepen", family.label, "Kārkliņ", "/ieraksti/", "/gimenes/UPC"):
        assert hidden not in page


def test_the_name_is_read_only_where_that_was_agreed(client, coordinator, family, case):
    CaseShareFactory(case=case, shows_label=True)

    assert family.label in page_for(client, coordinator, case).content.decode()


def test_reading_is_audited_on_the_case(client, coordinator, case):
    share = CaseShareFactory(case=case)

    page_for(client, coordinator, case)

    entry = AuditEntry.objects.get(verb=Verb.READ, object_id=str(case.pk))
    assert (entry.actor, entry.detail) == (coordinator.pk, {"share": str(share.pk)})


def test_a_case_that_is_not_shared_does_not_exist(client, coordinator, case):
    assert page_for(client, coordinator, case).status_code == 404


def test_coordinators_elsewhere_see_nothing(client, case):
    CaseShareFactory(case=case)
    elsewhere = UserFactory(role=Role.COORDINATOR, municipality=MunicipalityFactory())

    assert page_for(client, elsewhere, case).status_code == 404


def test_on_the_last_day_it_is_read_and_then_no_more(client, coordinator, case):
    CaseShareFactory(case=case, ends_on=in_days(3))

    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert page_for(client, coordinator, case).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert page_for(client, coordinator, case).status_code == 404


def test_one_tap_ends_it_at_once(client, mediator, coordinator, case):
    share = CaseShareFactory(case=case)
    client.force_login(mediator)

    for _twice in range(2):
        response = client.post(f"/lietas/{case.code}/beigt-dalities/")
        assert response.url == case.get_absolute_url()

    assert page_for(client, coordinator, case).status_code == 404
    assert (
        AuditEntry.objects.filter(verb=Verb.CLOSE, object_id=str(share.pk)).count() == 1
    )


def test_the_page_of_the_case_says_that_it_is_shared(client, mediator, case):
    CaseShareFactory(case=case)
    client.force_login(mediator)

    page = client.get(case.get_absolute_url()).content.decode()

    assert f"/lietas/{case.code}/beigt-dalities/" in page
    assert f"/lietas/{case.code}/dalities/" not in page


# After the family has withdrawn


@pytest.mark.parametrize("purpose", ["keep", "share"])
def test_withdrawing_the_consent_ends_sharing_at_once_and_for_good(
    client, mediator, coordinator, family, case, purpose
):
    share = CaseShareFactory(case=case)
    ConsentFactory(family=family, purpose=purpose)
    client.force_login(mediator)

    client.post(f"/gimenes/{family.code}/piekrisana/{purpose}/atsaukt/")

    assert page_for(client, coordinator, case).status_code == 404
    ended = AuditEntry.objects.get(verb=Verb.CLOSE, object_id=str(share.pk))
    assert ended.detail == {"case": case.code, "because": "consent"}
    ConsentFactory(family=family, purpose=purpose)
    assert page_for(client, coordinator, case).status_code == 404


def test_a_consent_to_a_story_has_nothing_to_do_with_sharing(
    client, mediator, coordinator, family, case
):
    CaseShareFactory(case=case)
    ConsentFactory(family=family, purpose="story")
    client.force_login(mediator)

    client.post(f"/gimenes/{family.code}/piekrisana/story/atsaukt/")

    assert page_for(client, coordinator, case).status_code == 200


@pytest.mark.parametrize("purpose", ["keep", "share"])
def test_a_share_that_nobody_stopped_is_not_read_without_its_consent(
    client, coordinator, family, case, purpose
):
    CaseShareFactory(case=case)
    consent = ConsentFactory(family=family, purpose=purpose)
    assert page_for(client, coordinator, case).status_code == 200

    consent.withdrawn_on = timezone.localdate()
    consent.save()

    assert page_for(client, coordinator, case).status_code == 404
    client.force_login(coordinator)
    assert case.title not in client.get("/parskats/").content.decode()


def test_the_mediator_reads_that_sharing_has_ended(client, mediator, family, case):
    CaseShareFactory(case=case)
    ConsentFactory(family=family, purpose="share")
    client.force_login(mediator)

    client.post(f"/gimenes/{family.code}/piekrisana/share/atsaukt/")

    page = client.get(case.get_absolute_url())
    assert page.context["share"] is None
    assert words.why_no_share(family) in page.content.decode()
    assert f"/lietas/{case.code}/dalities/" not in page.content.decode()


def test_nothing_is_shared_of_a_family_that_has_withdrawn(share, family, case):
    ConsentFactory(family=family, purpose="share", withdrawn_on=timezone.localdate())

    assert codes(share()) == {"__all__": ["consent"]}
    assert not CaseShare.objects.exists()
    ConsentFactory(family=family, purpose="share")
    assert share().status_code == 302

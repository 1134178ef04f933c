"""Asking institutions: whom, what, with which names, and what their answer changes."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import CaseStatus, Referral
from cases.services import cases, referrals
from municipalities.models import Vocabulary
from privacy.models import AuditEntry, Verb
from tests.cases.answers import codes
from tests.factories import (
    CaseFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    ReferralFactory,
    TermFactory,
)

NOON = "2026-11-12 12:00+02:00"


@pytest.fixture
def request_term(db):
    return TermFactory(
        vocabulary=Vocabulary.REFERRAL_REQUEST,
        code="EDU_TALK",
        label_lv="Kopīga saruna ar vecākiem",
        label_en="A talk together",
    )


@pytest.fixture
def answer(client, mediator):
    client.force_login(mediator)

    def post(referral, **changes):
        typed = {"answer": "accepted", "answered_on": timezone.localdate()} | changes
        return client.post(f"/nosutijumi/{referral.pk}/atbilde/", typed)

    return post


# Sending


def test_sending_puts_the_case_on_hold_until_the_tenth_working_day(
    send, case, mediator, teacher
):
    with time_machine.travel(NOON):
        response = send(due_on="")

    referral = Referral.objects.get()
    assert response.url == case.get_absolute_url()
    assert (referral.institution, referral.contact) == (teacher.institution, teacher)
    assert (referral.sent_on, referral.due_on) == (
        date(2026, 11, 12),
        date(2026, 11, 27),
    )
    assert (referral.by, referral.names_shared) == (mediator, False)
    case.refresh_from_db()
    assert case.status == CaseStatus.WAITING
    assert [event.status for event in case.events.all()] == [CaseStatus.WAITING]


def test_sending_is_audited_without_words(send, case):
    send()

    entry = AuditEntry.objects.get(verb=Verb.SEND)
    assert entry.detail == {
        "case": case.code,
        "institution": str(Referral.objects.get().institution_id),
        "names_shared": False,
    }


def test_an_institution_can_be_asked_without_knowing_anybody_there(send, school):
    send(to="", to_other=str(school.pk))

    referral = Referral.objects.get()
    assert (referral.institution, referral.contact) == (school, None)


def test_a_usual_request_needs_no_words(send, request_term):
    send(request=request_term.pk, text="")

    assert Referral.objects.get().request == request_term


def test_the_form_offers_the_requests_of_the_area_and_of_any(
    client, mediator, case, request_term
):
    anything = TermFactory(vocabulary=Vocabulary.REFERRAL_REQUEST, code="ANY_INFO")
    TermFactory(vocabulary=Vocabulary.REFERRAL_REQUEST, code="HOU_QUEUE")
    client.force_login(mediator)

    form = client.get(f"/lietas/{case.code}/nosutit/").context["form"]

    assert set(form.fields["request"].queryset) == {request_term, anything}


def test_the_form_opens_with_the_usual_days(client, mediator, case):
    client.force_login(mediator)

    with time_machine.travel(NOON):
        form = client.get(f"/lietas/{case.code}/nosutit/").context["form"]
        assert (form["sent_on"].value(), form["due_on"].value()) == (
            date(2026, 11, 12),
            date(2026, 11, 27),
        )


def test_pressing_twice_asks_once(send):
    key = str(uuid.uuid4())

    assert send(client_uuid=key).url == send(client_uuid=key).url
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"to": ""}, {"to": ["required"]}),
        ({"to": str(uuid.uuid4())}, {"to": ["invalid_choice"]}),
        ({"text": ""}, {"request": ["required"]}),
        ({"text": "x" * 301}, {"text": ["max_length"]}),
        ({"text": "Jānis 010190-12345"}, {"text": ["personal_code"]}),
        ({"sent_on": ""}, {"sent_on": ["required"]}),
        ({"sent_on": "2999-01-01"}, {"sent_on": ["year"]}),
        ({"request": "referral_request.NOPE"}, {"request": ["invalid_choice"]}),
    ],
)
def test_what_does_not_make_sense_is_named_and_nothing_is_sent(
    send, case, changes, expected
):
    response = send(**changes)

    assert response.status_code == 422
    assert codes(response) == expected
    assert not Referral.objects.exists()
    case.refresh_from_db()
    assert case.status == CaseStatus.NEW


def test_an_answer_is_not_due_before_sending(send):
    yesterday = timezone.localdate() - timedelta(days=1)

    assert "due_on" in codes(send(due_on=yesterday.isoformat()))


def test_an_institution_of_another_municipality_cannot_be_chosen(send, municipality):
    foreign = InstitutionFactory()

    assert codes(send(to=str(foreign.pk))) == {"to": ["invalid_choice"]}


def test_a_closed_case_is_not_sent_anywhere(send, case, mediator):
    cases.close(case, by=mediator, outcome="solved")

    assert send().url == case.get_absolute_url()
    assert not Referral.objects.exists()


# Answers


def test_one_tap_writes_the_answer_down_and_takes_the_case_up_again(
    send, answer, case, mediator
):
    send()
    referral = Referral.objects.get()

    assert answer(referral).url == case.get_absolute_url()

    referral.refresh_from_db()
    case.refresh_from_db()
    assert (referral.answer, referral.answered_on) == (
        "accepted",
        timezone.localdate(),
    )
    assert case.status == CaseStatus.ACTIVE
    assert [event.status for event in case.events.all()] == ["active", "waiting"]
    detail = AuditEntry.objects.get(verb=Verb.UPDATE, object_id=str(referral.pk)).detail
    assert detail["answer"] == "accepted"


def test_the_case_waits_on_while_another_institution_is_asked(answer, case):
    case.status = CaseStatus.WAITING
    case.save()
    first, _second = ReferralFactory(case=case), ReferralFactory(case=case)

    answer(first)

    case.refresh_from_db()
    assert case.status == CaseStatus.WAITING


def test_an_answer_is_corrected_without_moving_the_case(answer, case, mediator):
    today = timezone.localdate()
    referral = ReferralFactory(case=case, answer="refused", answered_on=today)
    case.status = CaseStatus.WAITING
    case.save()

    answer(referral, answer="none", note="Zvanīju divreiz")

    referral.refresh_from_db()
    case.refresh_from_db()
    assert (referral.answer, referral.note) == ("none", "Zvanīju divreiz")
    assert case.status == CaseStatus.WAITING


def test_of_two_who_answer_at_once_the_first_is_kept(case, mediator):
    referral = ReferralFactory(case=case)
    stale = Referral.objects.get()
    today = timezone.localdate()
    referrals.answer(referral, by=mediator, answer="accepted", answered_on=today)

    with pytest.raises(referrals.AlreadyAnswered):
        referrals.answer(stale, by=mediator, answer="refused", answered_on=today)

    assert Referral.objects.get().answer == "accepted"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"answer": ""}, {"answer": ["required"]}),
        ({"answer": "perhaps"}, {"answer": ["invalid_choice"]}),
        ({"answered_on": ""}, {"answered_on": ["required"]}),
        ({"answered_on": "2999-01-01"}, {"answered_on": ["year"]}),
        ({"answered_on": "2020-01-01"}, {"answered_on": ["early"]}),
        ({"note": "010190-12345"}, {"note": ["personal_code"]}),
    ],
)
def test_a_wrong_answer_keeps_the_referral_open(answer, case, changes, expected):
    referral = ReferralFactory(case=case)

    response = answer(referral, **changes)

    assert response.status_code == 422
    assert codes(response) == expected
    assert Referral.objects.get().is_open


def test_a_referral_of_others_does_not_exist(client, case, colleague, outsider):
    referral = ReferralFactory(case=case)
    for stranger in (colleague, outsider):
        client.force_login(stranger)
        for method in (client.get, client.post):
            address = f"/nosutijumi/{referral.pk}/atbilde/"
            assert method(address, {"answer": "accepted"}).status_code == 404


# What the database holds, and who is late


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "accepted"},
        {"answered_on": date(2026, 11, 12)},
        {"answer": "perhaps", "answered_on": date(2026, 11, 12)},
        {"answer": "refused", "answered_on": date(2026, 11, 11)},
        {"due_on": date(2026, 11, 11)},
    ],
)
def test_the_database_refuses_what_cannot_be(db, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReferralFactory(sent_on=date(2026, 11, 12), **fields)


def test_ten_working_days_are_not_late_eleven_are(db):
    today = date(2026, 11, 27)
    late = ReferralFactory(sent_on=date(2026, 11, 11))
    ReferralFactory(sent_on=date(2026, 11, 12))
    ReferralFactory(
        sent_on=date(2026, 11, 2), answer="none", answered_on=date(2026, 11, 20)
    )
    closed = CaseFactory(
        opened_on=today, status="closed", outcome="stopped", closed_on=today
    )
    ReferralFactory(case=closed, sent_on=date(2026, 11, 2))

    assert list(Referral.objects.unanswered_after(10, today)) == [late]


def test_the_days_of_waiting_are_working_days(db):
    with time_machine.travel(NOON):
        referral = ReferralFactory(sent_on=date(2026, 11, 6))
        assert (referral.days_waiting, referral.is_late) == (4, False)


def test_institutions_and_their_people_are_offered_in_the_latvian_order(
    client, mediator, municipality, case
):
    client.force_login(mediator)
    for name in ("Zīļu skola", "Čiekuru skola", "Cauņu skola"):
        school = InstitutionFactory(name=name, municipality=municipality)
    for name in ("Žanete Ozola", "Ārija Zīle", "Anna Egle"):
        InstitutionContactFactory(institution=school, name=name, post="")

    page = client.get(f"/lietas/{case.code}/nosutit/").context["form"]["to"]
    groups = page.field.widget.inputs["other"][1].choices[1:]

    names = ["Cauņu skola", "Čiekuru skola", "Zīļu skola"]
    assert [name for name, _people in groups if name in names] == names
    people = [
        name
        for office, rows in groups
        if office == school.name
        for _key, name in rows[1:]
    ]
    assert people == ["Anna Egle", "Ārija Zīle", "Žanete Ozola"]

"""The coordinator's overview: who is late, and the last sign of a mediator's phone."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs

import pytest
import time_machine
from allauth.usersessions.models import UserSession

from tests.factories import (
    CaseFactory,
    FamilyFactory,
    InstitutionFactory,
    NextStepFactory,
    ReferralFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


def test_late_institutions_are_named_with_codes_only(overview, municipality, mediator):
    family = FamilyFactory(municipality=municipality, label="Kārkliņu ģimene")
    case = CaseFactory(family=family, mediator=mediator, title="Skolas kavējumi")
    slow = InstitutionFactory(municipality=municipality, name="Dzīvokļu daļa")
    for day in (date(2026, 10, 20), date(2026, 10, 21)):
        ReferralFactory(case=case, institution=slow, sent_on=day, text="Lūgums")
    quick = InstitutionFactory(municipality=municipality, name="Bibliotēka")
    ReferralFactory(case=case, institution=quick, sent_on=date(2026, 11, 10))
    ReferralFactory(sent_on=date(2026, 10, 1))

    response = overview()

    [row] = response.context["late"]
    assert (row.institution, row.codes, row.days) == (slow.name, (case.code,), 17)
    text = " ".join(response.content.decode().split())
    assert f"2 referrals without an answer: {case.code}" in text
    for hidden in ("Kārkliņu", "Skolas kavējumi", "Lūgums", "Bibliotēka"):
        assert hidden not in text


def test_a_reminder_is_drafted_in_latvian_without_a_name_or_a_code(
    overview, municipality, mediator
):
    family = FamilyFactory(municipality=municipality, label="Kārkliņu ģimene")
    case = CaseFactory(family=family, mediator=mediator, title="Skolas kavējumi")
    slow = InstitutionFactory(
        municipality=municipality,
        name="Dzīvokļu daļa",
        email="dzivokli@upesciems.example",
    )
    for day in (date(2026, 10, 20), date(2026, 10, 21)):
        ReferralFactory(case=case, institution=slow, sent_on=day)

    [row] = overview().context["late"]

    address, _mark, query = row.reminder.partition("?")
    mail = parse_qs(query)
    assert address == "mailto:dzivokli%40upesciems.example"
    assert mail["subject"] == ["Atbilde uz nosūtījumu"]
    [body] = mail["body"]
    assert "uz 2 nosūtījumiem" in body
    assert "20.10.2026., 21.10.2026." in body
    for hidden in ("Kārkliņu", "Skolas kavējumi", case.code, family.code):
        assert hidden not in body


def test_overdue_steps_and_the_last_sign_of_a_phone_are_told(
    overview, municipality, mediator, client
):
    NextStepFactory(
        mediator=mediator, municipality=municipality, due_on=date(2026, 11, 11)
    )
    NextStepFactory(
        mediator=mediator, municipality=municipality, due_on=date(2026, 11, 12)
    )
    for hour in (6, 9):
        UserSession.objects.create(
            user=mediator,
            session_key=f"key-{hour}",
            ip="127.0.0.1",
            user_agent="",
            last_seen_at=datetime(2026, 11, 12, hour, 5, tzinfo=UTC),
        )

    [row] = overview().context["rows"]

    assert row.overdue_steps == 1
    assert row.seen_at == datetime(2026, 11, 12, 9, 5, tzinfo=UTC)

"""The coordinator's overview: who is late, and the last sign of a mediator's phone."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.urls import reverse

from reports.workflow import Status
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    InstitutionFactory,
    MonthlyReportFactory,
    NextStepFactory,
    ReferralFactory,
    SurveyLinkFactory,
    SurveyRoundFactory,
)


def text_of(response):
    return " ".join(response.content.decode().split()).replace(
        "\N{NO-BREAK SPACE}", " "
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
    assert "Last contact with the server: today at 11:05" in text_of(overview())


@pytest.mark.parametrize(
    ("last_login", "told"),
    [
        (None, "No contact with the server yet."),
        (
            datetime(2026, 11, 10, 7, 30, tzinfo=UTC),
            "Last contact with the server: 10 November at 09:30",
        ),
    ],
)
def test_of_who_is_not_signed_in_the_last_signing_in_is_told(
    overview, mediator, last_login, told
):
    mediator.last_login = last_login
    mediator.save()

    assert told in text_of(overview())


@pytest.mark.parametrize(
    ("opens_on", "announced_at", "state", "next_date"),
    [
        (date(2026, 12, 7), None, "Being prepared", "announced by 23 November."),
        (date(2026, 11, 20), None, "Being prepared", "It waits to be announced."),
        (
            date(2026, 11, 20),
            datetime(2026, 11, 2, tzinfo=UTC),
            "Announced",
            "It opens on 20 November.",
        ),
        (
            date(2026, 11, 9),
            datetime(2026, 10, 20, tzinfo=UTC),
            "Open",
            "Answers are taken until 23 November.",
        ),
        (
            date(2026, 10, 19),
            datetime(2026, 10, 1, tzinfo=UTC),
            "Over",
            "It ended on 2 November.",
        ),
    ],
)
def test_the_survey_tells_its_state_and_its_next_date(
    overview, municipality, opens_on, announced_at, state, next_date
):
    survey = SurveyRoundFactory(opens_on=opens_on, announced_at=announced_at)
    SurveyLinkFactory(round=survey, municipality=municipality)
    SurveyLinkFactory(round=SurveyRoundFactory())

    response = overview()

    assert response.context["survey"] == survey
    told = text_of(response).partition('id="survey"')[2].partition("</ul>")[0]
    assert f"{state}</span>" in told
    assert next_date in told
    assert survey.get_absolute_url() in told


def test_a_survey_that_is_to_come_is_told_before_one_that_is_over(
    overview, municipality
):
    rounds = [
        SurveyRoundFactory(over=True),
        SurveyRoundFactory(opens_on=date(2026, 11, 30)),
        SurveyRoundFactory(opens_on=date(2027, 5, 3)),
    ]
    for one in rounds:
        SurveyLinkFactory(round=one, municipality=municipality)

    assert overview().context["survey"] == rounds[1]


def test_where_no_survey_is_known_the_page_says_so(overview):
    SurveyLinkFactory(round=SurveyRoundFactory())

    assert "No survey is planned in your municipality." in text_of(overview())


def test_the_calendar_tells_when_reports_are_due_and_of_the_meeting(
    overview, municipality, mediator
):
    for month in (date(2026, 9, 1), date(2026, 10, 1)):
        report = MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=month,
            status=Status.SENT,
        )
    address = reverse("reports:meeting", args=report.url_args)

    def calendar():
        text = text_of(overview())
        return text.partition('id="calendar"')[2].partition("</ul>")[0]

    before = calendar()
    for day in (3, 11):
        report.meetings.create(
            held_on=date(2026, 11, day), post="Vicemērs", by=mediator
        )
    after = calendar()

    assert "The next report is due" in before
    assert "7 December" in before
    assert "October 2026 report" in before
    assert "no meeting is written down yet" in before
    assert address in before
    assert "11 November" in after
    assert address not in after

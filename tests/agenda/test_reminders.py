"""What the day asks for beside the steps: consents and reports."""

from datetime import date, timedelta

import pytest
from time_machine import travel

from tests.factories import (
    CaseFactory,
    ConsentFactory,
    FamilyFactory,
    MonthlyReportFactory,
    ReferralFactory,
)

TODAY = date(2026, 11, 3)


@pytest.fixture(autouse=True)
def _third_of_november():
    with travel("2026-11-03 12:00+02:00"):
        yield


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(
        municipality=municipality,
        mediator=mediator,
        label="Liepu ģimene",
        started_on=TODAY - timedelta(days=100),
    )


@pytest.fixture
def found(client, mediator):
    """The reminders of the page, by the part of the day in which they stand."""

    def get(about=""):
        client.force_login(mediator)
        context = client.get("/sodien/").context
        return {
            (name, row.reminder.subject, str(row.reminder.text), row.due)
            for name in ("late", "now", "soon")
            for row in context[name].rows
            if row.reminder and about in row.reminder.url
        }

    return get


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (30, {("soon", "Liepu ģimene", "Piekrišana beidzas", "3.\N{NBSP}dec.")}),
        (0, {("now", "Liepu ģimene", "Piekrišana beidzas", "šodien")}),
        (-1, {("late", "Liepu ģimene", "Piekrišana ir beigusies", "kopš pirmdienas")}),
        (31, set()),
    ],
)
def test_a_consent_that_ends_within_30_days_is_to_be_renewed(
    found, family, days, expected
):
    ConsentFactory(family=family, valid_until=TODAY + timedelta(days=days))

    assert found("piekrisana") == expected


def test_a_family_without_consent_is_to_be_asked_within_two_weeks(found, family):
    new = family
    new.started_on = TODAY - timedelta(days=10)
    new.save()

    assert found("piekrisana") == {
        ("soon", "Liepu ģimene", "Piekrišanas vēl nav", "sestdien")
    }


def test_who_agreed_for_good_or_took_it_back_is_not_asked(
    found, municipality, mediator
):
    for withdrawn_on in (None, TODAY):
        family = FamilyFactory(municipality=municipality, mediator=mediator)
        ConsentFactory(family=family, withdrawn_on=withdrawn_on)
    FamilyFactory(municipality=municipality, mediator=mediator, closed_on=TODAY)

    assert found("piekrisana") == set()


def test_families_of_others_are_not_mine_to_ask(
    found, municipality, colleague, outsider
):
    FamilyFactory(municipality=municipality, mediator=colleague)

    assert found("piekrisana") == set()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-30 12:00+02:00", set()),
        ("2026-11-01 12:00+02:00", {("soon", "ceturtdien")}),
        ("2026-11-05 12:00+02:00", {("now", "šodien")}),
        ("2026-11-06 12:00+02:00", {("late", "kopš ceturtdienas")}),
    ],
)
def test_the_report_of_last_month_is_due_by_the_fifth(found, day, expected):
    with travel(day):
        rows = {
            (part, due)
            for part, title, _text, due in found("atskaites")
            if title == "Oktobra atskaite"
        }

    assert rows == expected


def test_a_report_that_is_handed_in_is_not_asked_for(found, mediator, municipality):
    MonthlyReportFactory(
        mediator=mediator, municipality=municipality, status="submitted"
    )

    assert found("atskaites") == set()


def test_an_institution_that_keeps_the_family_waiting_is_asked_again(
    found, family, mediator
):
    ConsentFactory(family=family, recorded_by=mediator, purpose="keep")
    case = CaseFactory(family=family, mediator=mediator)
    referral = ReferralFactory(
        case=case, sent_on=date(2026, 10, 12), due_on=date(2026, 10, 26)
    )
    ReferralFactory(case=case, sent_on=date(2026, 10, 28), due_on=date(2026, 11, 11))

    assert found("/lietas/") == {
        (
            "late",
            "Liepu ģimene",
            f"Uzzināt atbildi: {referral.institution}",
            "kopš 26. oktobra",
        )
    }

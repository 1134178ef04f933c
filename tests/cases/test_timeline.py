"""One line of time: everything that happened in a case, the newest first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import CaseStatus
from cases.services import cases
from tests.factories import CaseShareFactory, ReferralFactory, VisitFactory


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def line(client, mediator, case):
    """The moments of the case's page, by the names of their partials."""
    client.force_login(mediator)

    def moments(**query):
        timeline = client.get(case.get_absolute_url(), query).context["timeline"]
        return [moment.what for moment in timeline.moments], timeline

    return moments


@pytest.fixture
def full_case(case, mediator, municipality, family):
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        visited_on=ago(9),
    )
    ReferralFactory(case=case, sent_on=ago(7), answer="refused", answered_on=ago(5))
    CaseShareFactory(
        case=case,
        starts_on=ago(4),
        stopped_at=timezone.now() - timedelta(days=2),
    )
    cases.set_status(case, CaseStatus.ACTIVE, by=mediator)
    return case


def test_everything_stands_in_one_line_the_newest_first(line, full_case):
    assert line()[0] == ["status", "share_over", "shared", "answer", "sent", "visit"]


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("ieraksti", ["visit"]),
        ("nosutijumi", ["answer", "sent"]),
        ("statuss", ["status"]),
        ("dalisanas", ["share_over", "shared"]),
    ],
)
def test_the_address_chooses_one_kind(line, full_case, about, found):
    assert line(laiks=about)[0] == found


@pytest.mark.parametrize("about", ["nonsense", "\x00", "x" * 5000])
def test_a_kind_that_does_not_exist_chooses_nothing(line, full_case, about):
    assert len(line(laiks=about)[0]) == 6


def test_an_open_referral_stands_above_the_line_until_it_is_answered(
    client, line, case
):
    referral = ReferralFactory(case=case)

    moments, timeline = line()
    page = client.get(case.get_absolute_url()).content.decode()

    assert (moments, timeline.open_referrals) == ([], [referral])
    assert "timeline__open" in page
    assert page.count(f'action="/nosutijumi/{referral.pk}/atbilde/"') == 1
    assert line(laiks="ieraksti")[1].open_referrals == []


def test_a_case_on_hold_without_a_referral_says_so(line, case, mediator):
    cases.set_status(case, CaseStatus.WAITING, by=mediator)

    assert line()[1].waiting.status == CaseStatus.WAITING

    ReferralFactory(case=case)
    assert line()[1].waiting is None


def test_people_are_named_once_those_of_the_latest_first(
    client, mediator, municipality, family, case, teacher
):
    asked = ReferralFactory(case=case, contact=teacher, institution=teacher.institution)
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=case,
        contact=teacher,
        institution=teacher.institution,
        visited_on=ago(1),
    )
    teacher.phone = "+371 320 00007"
    teacher.save()
    client.force_login(mediator)

    response = client.get(case.get_absolute_url())

    assert response.context["people"] == [asked.contact]
    assert 'href="tel:+37132000007"' in response.content.decode()

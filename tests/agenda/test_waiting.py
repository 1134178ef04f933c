"""What waits beside reports stands on the first page of whoever is next."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from mediators.models import Role
from reports.workflow import Status
from tests.factories import (
    AdviceFactory,
    CaseFactory,
    FamilyFactory,
    GroupDecisionFactory,
    InstitutionFactory,
    MonthlyReportFactory,
    StoryAgreementFactory,
    StoryFactory,
    UserFactory,
)

TODAY = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def _fifth_of_november():
    with travel("2026-11-05 12:00+02:00"):
        yield


@pytest.fixture
def asked(municipality, mediator):
    """Asks two working days ago, of whomever the test says."""

    def ask(whom, **facts):
        return AdviceFactory(
            case=CaseFactory(
                mediator=mediator,
                family=FamilyFactory(municipality=municipality, mediator=mediator),
            ),
            asked=whom,
            asked_at=timezone.now() - timedelta(days=2),
            **facts,
        )

    return ask


def lines(response):
    return {(one.title, one.side, one.url) for one in response.context["waits"]}


def badges(page):
    """Labels of the menu with their numbers."""
    return {
        str(link.label): link.count for link in page.context["frame"].more if link.count
    }


def test_an_overview_tells_of_questions_stories_and_late_tasks(
    client, coordinator, municipality, asked
):
    asked("coordinator")
    # One is read by the coordinator next, the other is in her hands already
    StoryFactory(municipality=municipality, status="written")
    StoryFactory(municipality=municipality, status="editing")
    office = InstitutionFactory(municipality=municipality, name="Sociālais dienests")
    for day in (TODAY - timedelta(days=1), TODAY):
        GroupDecisionFactory(
            meeting__municipality=municipality, institution=office, due_on=day
        )
    client.force_login(coordinator)

    page = client.get("/parskats/")

    assert lines(page) == {
        ("1 jautājums gaida jūsu padomu", "gaida 2 darba dienas", "/padomi/"),
        ("Jūs gaida 2 stāsti", "", "/stasti/"),
        (
            "Sociālais dienests",
            "termiņš bija 04.11.2026.",
            f"/pasvaldibas/{municipality.slug}/",
        ),
    }
    assert page.context["waiting_count"] == 4
    assert "Nekas negaida" not in page.content.decode()
    assert badges(page) == {"Stāsti": 2, "Padomi": 1}


@pytest.mark.parametrize(
    ("role", "whom"), [(Role.LEAD_MEDIATOR, "lead"), (Role.PROJECT_STAFF, "expert")]
)
def test_results_tell_of_questions_to_who_reads_them(client, asked, role, whom):
    asked(whom)
    client.force_login(UserFactory(role=role))

    page = client.get("/rezultati/")

    words = " ".join(page.content.decode().split())
    assert "1 jautājums gaida jūsu padomu" in words
    assert "gaida 2 darba dienas" in words
    assert badges(page) == {"Padomi": 1}


def test_another_coordinators_first_page_is_empty(client, asked, municipality):
    asked("coordinator")
    GroupDecisionFactory(
        meeting__municipality=municipality, due_on=TODAY - timedelta(days=1)
    )
    StoryFactory(municipality=municipality, status="written")
    other = UserFactory(role=Role.COORDINATOR)
    client.force_login(other)

    assert lines(client.get("/parskats/")) == set()


def test_today_tells_for_three_working_days_that_a_question_was_answered(
    client, mediator, coordinator, asked
):
    asked("coordinator")
    advice = asked(
        "coordinator",
        answer="Zvaniet dienestam.",
        answered_by=coordinator,
        answered_at=timezone.now(),
    )

    def read():
        client.force_login(mediator)
        rows = client.get("/sodien/").context["now"].rows
        return [row.reminder.url for row in rows if "atbildēja" in row.reminder.text]

    assert read() == [advice.get_absolute_url()]
    with travel("2026-11-10 12:00+02:00"):
        assert read() == [advice.get_absolute_url()]
    with travel("2026-11-11 12:00+02:00"):
        assert read() == []


def test_a_story_asks_the_mediator_until_the_family_agreed_and_then_the_staff(
    client, mediator, coordinator, municipality
):
    story = StoryFactory(municipality=municipality, mediator=mediator, status="editing")
    story.propose(by=coordinator, read_mark=story.mark)
    staff = UserFactory(role=Role.PROJECT_STAFF)

    def asked_on_today():
        client.force_login(mediator)
        rows = client.get("/sodien/").context["now"].rows
        return [
            row.reminder.text
            for row in rows
            if row.reminder.url == story.get_absolute_url()
        ]

    def waits_for_staff():
        client.force_login(staff)
        return badges(client.get("/rezultati/")).get("Stāsti", 0)

    assert asked_on_today() == ["Stāsts gaida jūsu apstiprinājumu"]
    story.approve(by=mediator, read_mark=story.mark, names_mediator=False)
    assert asked_on_today() == ["Stāsts gaida ģimenes piekrišanu"]
    assert waits_for_staff() == 0
    StoryAgreementFactory(story=story, recorded_by=mediator)
    assert (asked_on_today(), waits_for_staff()) == ([], 1)


def test_of_many_reports_that_wait_the_first_are_named_and_the_others_counted(
    client, coordinator, municipality, mediator, monkeypatch
):
    monkeypatch.setattr("agenda.overview.WAITING_SHOWN", 2)
    monkeypatch.setattr("reports.views.overview.WAITING_ON_A_PAGE", 3)
    for month in range(1, 6):
        for number, status in enumerate((Status.SUBMITTED, Status.APPROVED)):
            MonthlyReportFactory(
                municipality=municipality,
                mediator=mediator,
                month=date(2025 + number, month, 1),
                status=status,
            )
    client.force_login(coordinator)

    page = client.get("/parskats/")

    assert [len(page.context[name]) for name in ("waiting", "unsent")] == [2, 2]
    assert page.context["waiting_count"] == 10
    assert "vēl 3 atskaites gaida" in page.text.lower()
    assert "vēl nav nosūtītas 3 apstiprinātas atskaites" in page.text.lower()

    first = client.get("/atskaites/")
    assert len(first.context["waiting"]) == 3
    assert "?page=2" in first.text
    assert len(client.get("/atskaites/?page=2").context["waiting"]) == 2

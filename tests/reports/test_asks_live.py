"""Asks after the approval: a board, answers of the contact person, the next report."""

from datetime import date

import pytest

from reports.models import Ask
from reports.services import delivery, review
from reports.snapshot import Snapshot
from tests.factories import AskFactory, InstitutionFactory, MonthlyReportFactory
from tests.fetched import fetched
from tests.reports.october import log_october, submitted

pytestmark = pytest.mark.usefixtures("undrawn")

BOARD = "/lugumi/"


@pytest.fixture
def approved(client, mediator, coordinator):
    """With one ask; the coordinator is signed in."""
    log_october(mediator)
    report = submitted(mediator)
    Ask.objects.all().delete()
    AskFactory(report=report, text="Telpa sarunām", due_on=date(2026, 11, 20))
    review.approve(report, by=coordinator)
    client.force_login(coordinator)
    return report


@pytest.fixture
def ask(approved):
    return approved.asks.get()


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-12 10:00 +0200")


def text(client, address):
    return client.get(address).content.decode()


def test_an_ask_gets_its_code_when_its_report_is_approved(approved, ask):
    assert ask.code == "UPC-G001"
    [row] = Snapshot.from_json(approved.versions.get().snapshot).asks
    assert row.code == "UPC-G001"


def test_a_second_version_of_a_report_leaves_the_codes(
    approved, ask, mediator, coordinator
):
    review.reopen(approved, by=coordinator, reason="Trūkst")
    review.submit(approved, by=mediator)
    review.approve(approved, by=coordinator)

    assert approved.asks.get().code == ask.code


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("coordinator", 200),
        ("mediator", 200),
        ("project_staff", 200),
        ("colleague", 404),
        ("outsider", 404),
    ],
)
def test_the_board_shows_each_person_what_their_reports_ask(
    client, ask, request, who, status
):
    client.force_login(request.getfixturevalue(who))

    assert client.get(ask.get_absolute_url()).status_code == status
    assert ("Telpa sarunām" in text(client, BOARD)) == (status == 200)


def test_many_open_asks_stand_on_several_pages_the_new_ones_first(
    client, approved, monkeypatch
):
    monkeypatch.setattr("reports.views.asks.A_PAGE", 4)
    for number in range(2, 8):
        AskFactory(
            report=approved,
            code=f"UPC-G{number:03}",
            text=f"Lūgums {number}",
            due_on=date(2026, 11, 20 + number),
            status=Ask.Status.NEW if number % 2 else Ask.Status.IN_WORK,
        )
    AskFactory(
        report=approved,
        code="UPC-G099",
        text="Jau izlemts",
        status=Ask.Status.FULFILLED,
        decided_on=date(2026, 11, 10),
        outcome="Ir",
    )

    with fetched(Ask) as rows:
        first = text(client, BOARD)
    second = text(client, f"{BOARD}?page=2")

    assert len(rows) == 4 + 1
    assert [f"Lūgums {n}" in first for n in range(2, 8)] == [0, 1, 0, 1, 0, 1]
    assert [f"Lūgums {n}" in second for n in range(2, 8)] == [1, 0, 1, 0, 1, 0]
    assert 'section-head__count">4<' in first
    assert 'section-head__count">3<' in second
    assert ("Jau izlemts" in first, "Jau izlemts" in second) == (True, False)
    assert 'href="?page=2"' in first


def test_an_ask_of_a_report_that_is_not_approved_is_not_on_the_board(
    client, mediator, coordinator
):
    AskFactory(report=MonthlyReportFactory(mediator=mediator), text="Vēl melnrakstā")
    client.force_login(mediator)

    assert "Vēl melnrakstā" not in text(client, BOARD)


def test_what_is_late_is_told(client, ask, coordinator, time_machine):
    assert "Kavējas" not in text(client, BOARD)
    time_machine.move_to("2026-11-21 10:00 +0200")
    client.force_login(coordinator)

    assert "Kavējas" in text(client, BOARD)


def go_on(client, ask, **changes):
    answers = {"status": "new", "owner": "", "due_on": "2026-11-20", "outcome": ""}
    return client.post(ask.get_absolute_url(), answers | changes)


def test_the_coordinator_says_how_it_goes_on(client, approved, ask, coordinator):
    school = InstitutionFactory(municipality=approved.municipality, name="Skola")

    go_on(client, ask, status="fulfilled", owner=str(school.pk), outcome="Otrdienās")

    ask.refresh_from_db()
    assert (ask.status, ask.owner, ask.outcome) == ("fulfilled", school, "Otrdienās")
    assert ask.decided_on == date(2026, 11, 12)
    [event] = ask.events.all()
    assert (event.by, event.status, event.words) == (
        coordinator,
        "fulfilled",
        "Otrdienās",
    )
    assert "Otrdienās" in text(client, ask.get_absolute_url())


def test_an_ask_that_goes_on_again_is_not_decided_any_more(client, ask):
    go_on(client, ask, status="declined")
    go_on(client, ask, status="in_work")

    ask.refresh_from_db()
    assert (ask.status, ask.decided_on) == ("in_work", None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"status": "lost"}, "status"),
        ({"outcome": "010190-12345"}, "outcome"),
        ({"due_on": "rīt"}, "due_on"),
    ],
)
def test_a_wrong_answer_is_refused_and_the_rest_stays(client, ask, changes, field):
    response = go_on(client, ask, **{"outcome": "Otrdienās"} | changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    ask.refresh_from_db()
    assert ask.outcome == ""


def test_an_institution_of_another_place_takes_nothing(client, ask):
    stranger = InstitutionFactory()

    assert go_on(client, ask, owner=str(stranger.pk)).status_code == 422


@pytest.mark.parametrize("who", ["mediator", "project_staff"])
def test_who_only_reads_changes_nothing(client, ask, request, who):
    client.force_login(request.getfixturevalue(who))

    assert go_on(client, ask, status="fulfilled").status_code == 404
    assert '<form method="post" id="form"' not in text(client, ask.get_absolute_url())


# What the contact person answers


@pytest.fixture
def link(approved, contact, coordinator, post, run_tasks):
    """The address in the mail to the contact person."""
    delivery.request_delivery(approved, by=coordinator)
    run_tasks()
    [mail] = post.mails
    body = mail.get_body(("plain",)).get_content()
    return "/s/" + body.partition("/s/")[2].split()[0]


def test_one_tap_answers_and_another_changes_the_answer(client, ask, link):
    client.logout()
    assert "Telpa sarunām" in text(client, link)

    for answer in ("talk", "support", "support"):
        response = client.post(f"{link}lugumi/{ask.code}/", {"answer": answer})
        assert response.url == f"{link}#atbildes"

    assert [event.answer for event in ask.events.all()] == ["talk", "support"]
    page = text(client, link)
    assert page.count('aria-pressed="true"') == 1


def test_coordinator_and_mediator_read_who_answered(
    client, ask, link, contact, mediator
):
    client.post(f"{link}lugumi/{ask.code}/", {"answer": "cannot"})

    for _reader in ("coordinator", "mediator"):
        page = text(client, ask.get_absolute_url())
        assert "Nevaru" in page
        assert contact.name in page
        client.force_login(mediator)


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_an_answer_that_is_none_is_not_stored(client, ask, link, answer):
    client.post(f"{link}lugumi/{ask.code}/", {"answer": answer})

    assert not ask.events.exists()


def test_opening_the_address_of_an_answer_answers_nothing(client, ask, link):
    assert client.get(f"{link}lugumi/{ask.code}/").status_code == 302
    assert not ask.events.exists()


def test_a_link_answers_only_the_asks_of_its_report(client, link, mediator):
    other = AskFactory(
        report=MonthlyReportFactory(mediator=mediator, month=date(2026, 9, 1)),
        code="UPC-G099",
    )

    response = client.post(f"{link}lugumi/{other.code}/", {"answer": "support"})

    assert response.status_code == 404
    assert not other.events.exists()


def test_a_link_that_is_over_answers_nothing(client, ask, link, time_machine):
    time_machine.move_to("2026-12-12 10:00 +0200")

    response = client.post(f"{link}lugumi/{ask.code}/", {"answer": "support"})

    assert response.status_code == 410
    assert not ask.events.exists()


# The next report


def test_the_next_report_tells_what_became_of_earlier_asks(
    client, approved, ask, mediator, coordinator
):
    go_on(client, ask, status="in_work", outcome="Meklē telpu")
    october_long_ago = AskFactory(
        report=MonthlyReportFactory(
            mediator=mediator,
            municipality=approved.municipality,
            month=date(2026, 9, 1),
            status="approved",
        ),
        code="UPC-G050",
        text="Sen izlemts",
        status="fulfilled",
        decided_on=date(2026, 10, 5),
    )
    november = MonthlyReportFactory(
        mediator=mediator,
        municipality=approved.municipality,
        month=date(2026, 11, 1),
    )

    told = list(Ask.objects.told_in(november))

    assert told == [ask]
    october_long_ago.decided_on = date(2026, 11, 3)
    october_long_ago.save()
    assert list(Ask.objects.told_in(november)) == [october_long_ago, ask]

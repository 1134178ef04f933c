"""Letters of the morning: who hears what on which day, without a name, and once."""

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from mediators.models import Role
from reports.letters import readers, sentences
from reports.models import Letter
from reports.services import letters, review
from tests.factories import (
    AdviceFactory,
    AskFactory,
    MonthlyReportFactory,
    StoryFactory,
    UserFactory,
)
from tests.reports.october import MONTH, NAMES, log_october, submitted

# November 2026: the 5th is a Thursday, the 18th a public holiday
BEFORE, DUE, AFTER = "2026-11-03", "2026-11-05", "2026-11-06"
MONDAY = "2026-11-09"


def on(day, clock="07:59"):
    return time_machine.travel(f"{day}T{clock}:00+02:00", tick=False)


def said_to(user, day):
    """The sentences of a morning, with ordinary spaces."""
    with on(day):
        found = sentences(user, date.fromisoformat(day))
    return [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in found]


@pytest.fixture(autouse=True)
def appointed_long_ago(mediator, coordinator):
    for person in (mediator, coordinator):
        person.appointments.update(starts_on=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-02", []),
        (BEFORE, ["Oktobra atskaite jāiesniedz līdz 5"]),
        (DUE, []),
        (AFTER, ["Oktobra atskaiti vajadzēja iesniegt līdz 5"]),
        (MONDAY, []),
    ],
)
def test_a_mediator_hears_before_and_after_the_report_is_due(mediator, day, words):
    said = said_to(mediator, day)

    assert [sentence.partition(".")[0] for sentence in said] == words


def test_a_report_that_is_handed_in_asks_for_nothing(mediator):
    MonthlyReportFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        month=MONTH,
        status="submitted",
    )

    assert said_to(mediator, BEFORE) == []


def test_a_mediator_hears_that_a_report_came_back(mediator, coordinator):
    with on("2026-11-11", "10:00"):
        report = submitted(mediator)
        report.comments.create(section="hardest", author=coordinator, text="Kad?")
        review.return_for_correction(report, by=coordinator)

    assert said_to(mediator, "2026-11-12") == [
        "Oktobra atskaite ir atgriezta. Atbildiet līdz 16. novembrim."
    ]


def test_a_coordinator_hears_what_was_handed_in_and_on_mondays_of_everything(
    mediator, coordinator
):
    with on(AFTER, "15:00"):
        report = submitted(mediator)
    AskFactory(report=report, due_on=date(2026, 11, 11))
    AskFactory(report=report, due_on=date(2026, 11, 2))

    assert said_to(coordinator, MONDAY) == [
        "Pārskatīšanu gaida 1 atskaite, pirmā – līdz 13. novembrim.",
        "Šonedēļ termiņš ir 1 lūgumam pašvaldībai.",
        "Termiņš ir pagājis 1 lūgumam pašvaldībai.",
    ]
    assert said_to(coordinator, "2026-11-10") == []


def test_a_coordinator_hears_on_monday_how_many_reports_are_missing(
    mediator, coordinator
):
    assert said_to(coordinator, MONDAY) == [
        "Vēl nav iesniegta 1 pagājušā mēneša atskaite."
    ]


def mornings():
    return DBTaskResult.objects.filter(task_path=letters.morning.module_path)


def test_the_morning_sends_each_letter_once_and_waits_for_the_next(
    mediator, coordinator, run_tasks
):
    with on("2026-11-02"):
        call_command("schedule")
        call_command("schedule")
    assert mornings().count() == 1

    for clock in ("07:59", "08:00", "08:30"):
        with on(BEFORE, clock):
            run_tasks()
            assert len(mail.outbox) == (clock != "07:59")
    with on(BEFORE, "09:00"):
        letters.morning.func()
        run_tasks()

    [message] = mail.outbox
    assert message.to == [mediator.email]
    assert "Oktobra atskaite jāiesniedz līdz" in message.body
    waiting = mornings().get(status="READY")
    assert waiting.run_after.isoformat() == "2026-11-04T06:00:00+00:00"


@pytest.mark.parametrize(
    "clocks",
    [
        # Two hours back in the morning, right again
        [(BEFORE, "08:00"), (BEFORE, "06:01"), (BEFORE, "08:01")],
        # Two hours ahead in the morning, and over midnight
        [(BEFORE, "08:00"), (BEFORE, "06:05"), (BEFORE, "08:00"), (BEFORE, "10:00")],
        [("2026-11-04", "00:30"), (BEFORE, "22:31"), ("2026-11-04", "00:31")],
    ],
)
def test_a_clock_that_jumps_over_a_morning_writes_no_letter_twice(
    mediator, coordinator, run_tasks, clocks
):
    with on("2026-11-02"):
        call_command("schedule")
    with on(BEFORE, "08:00"):
        run_tasks()
    told = len(mail.outbox)
    assert told

    for day, clock in clocks:
        with on(day, clock):
            run_tasks()

    assert len(mail.outbox) == told
    assert mornings().filter(status="READY").count() == 1


def test_no_letter_names_a_family_or_a_mediator(mediator, coordinator, run_tasks):
    log_october(mediator)
    with on(AFTER, "15:00"):
        submitted(mediator)

    with on(MONDAY):
        letters.morning.func()
        run_tasks()

    [message] = mail.outbox
    names = [*NAMES, mediator.first_name, mediator.last_name]
    assert not [name for name in names if name in message.body + message.subject]


def test_who_wants_no_letters_or_has_left_gets_none(mediator, coordinator, run_tasks):
    mediator.receives_letters = False
    mediator.save()
    coordinator.appointments.update(ends_on=date(2026, 10, 31))

    for day in (BEFORE, MONDAY):
        with on(day):
            letters.morning.func()
            run_tasks()

    assert mail.outbox == []


def test_a_letter_that_has_nothing_to_say_any_more_is_not_sent(mediator, run_tasks):
    with on(BEFORE):
        letters.morning.func()
        submitted(mediator)
        run_tasks()

    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_one_letter_that_cannot_be_written_keeps_nobody_elses_back(
    mediator, colleague, run_tasks, monkeypatch
):
    colleague.appointments.update(starts_on=date(2026, 1, 1))

    def written(user, today):
        if user == mediator:
            raise ArithmeticError("What nobody thought of")
        return sentences(user, today)

    monkeypatch.setattr(letters, "sentences", written)
    with on(BEFORE):
        letters.morning.func()
        run_tasks()

    assert [message.to for message in mail.outbox] == [[colleague.email]]


def test_a_mail_server_that_does_not_answer_is_asked_three_times(
    mediator, run_tasks, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with on(BEFORE):
        letters.morning.func()

    for clock in ("08:01", "08:20", "08:40", "09:00"):
        with on(BEFORE, clock):
            run_tasks()

    letter = Letter.objects.get()
    assert (letter.attempts, letter.sent_at) == (3, None)


def test_a_story_that_waits_is_told_once_and_each_monday(
    mediator, coordinator, municipality
):
    story = StoryFactory(municipality=municipality, mediator=mediator, status="editing")
    with on("2026-11-10", "10:00"):
        story.propose(by=coordinator, read_mark=story.mark)

    assert said_to(mediator, "2026-11-11") == ["Jūs gaida 1 stāsts."]
    assert said_to(mediator, "2026-11-12") == []
    assert said_to(mediator, "2026-11-16") == ["Jūs gaida 1 stāsts."]


def test_staff_hear_of_questions_to_the_regional_expert(mediator, municipality):
    staff = UserFactory(role=Role.PROJECT_STAFF)
    with on("2026-11-10", "10:00"):
        AdviceFactory(
            case__mediator=mediator, case__municipality=municipality, asked="expert"
        )

    assert said_to(staff, "2026-11-11") == ["1 jautājums gaida jūsu padomu."]
    assert staff in readers(date(2026, 11, 11))

"""Handing in, returning and approving: what happens beside the change of status."""

from datetime import date

import pytest

from cases.models import ClosedMonth, Visit, VisitFamily
from mediators.models import Role
from privacy.models import AuditEntry
from reports.models import Ask, Comment, MonthlyReport
from reports.services import review
from reports.workflow import Action, ActionNotAllowed, Status
from tests.factories import (
    AppointmentFactory,
    FamilyFactory,
    MonthlyReportFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.october import MONTH, draft, log_october, submitted


@pytest.fixture
def october(mediator):
    log_october(mediator)


def comment(report, author, section="hardest", **kwargs):
    return Comment.objects.create(
        report=report, section=section, author=author, text="Kad?", **kwargs
    )


def is_closed(report):
    return ClosedMonth.objects.covers(
        mediator=report.mediator,
        municipality=report.municipality,
        day=date(2026, 10, 31),
    )


def deeds():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


def test_handing_in_closes_the_month_and_keeps_the_figures(october, mediator):
    report = submitted(mediator)

    assert report.status == Status.SUBMITTED
    assert is_closed(report)
    assert report.figures["values"]["entries"] == 5
    assert deeds() == ["submit"]


def test_figures_of_a_report_that_was_handed_in_do_not_change(october, mediator):
    report = submitted(mediator)
    before = review.figures_for(report)

    VisitFactory(
        mediator=mediator,
        municipality=report.municipality,
        visited_on=date(2026, 10, 30),
    )
    Visit.objects.filter(visited_on=date(2026, 10, 5)).update(minutes=600)
    VisitFamily.objects.all().delete()
    report.refresh_from_db()

    assert review.figures_for(report) == before


def test_figures_of_a_draft_are_counted_from_the_log(october, mediator):
    report = draft(mediator)
    VisitFactory(
        mediator=mediator,
        municipality=report.municipality,
        visited_on=date(2026, 10, 30),
    )

    assert review.figures_for(report).values["entries"] == 6


@pytest.mark.parametrize("key", ["directions", "hardest", "positive", "plans"])
def test_a_part_that_has_to_be_written_is_not_left_out(october, mediator, key):
    report = draft(mediator, **{key: " \n"})

    with pytest.raises(ActionNotAllowed):
        review.submit(report, by=mediator)

    report.refresh_from_db()
    assert report.status == Status.DRAFT
    assert not is_closed(report)
    assert not report.events.exists()


def test_innovation_and_asks_may_stay_empty(october, mediator):
    report = submitted(mediator, asks=0, innovation="")

    assert report.status == Status.SUBMITTED


def test_a_month_without_entries_may_be_handed_in_without_words(mediator):
    report = MonthlyReportFactory(
        mediator=mediator, municipality=mediator.factory_municipality
    )

    review.submit(report, by=mediator)

    assert report.status == Status.SUBMITTED


@pytest.mark.parametrize(
    "text",
    [
        "Visgrūtāk gāja Kārkliņu ģimenei.",
        "Zvanīju uz 26123456.",
        "Biju Skolas ielā 7.",
        "Kods ir 010190-12345.",
    ],
)
def test_a_report_that_names_a_family_is_not_handed_in(october, mediator, text):
    report = draft(mediator, hardest=text)

    with pytest.raises(ActionNotAllowed):
        review.submit(report, by=mediator)

    report.refresh_from_db()
    assert report.status == Status.DRAFT


def test_an_ask_that_names_a_family_is_not_handed_in(october, mediator):
    report = draft(mediator)
    Ask.objects.create(report=report, kind=Ask.Kind.ROOM, text="Telpa Kārkliņiem")

    with pytest.raises(ActionNotAllowed):
        review.submit(report, by=mediator)


def test_names_of_families_of_the_past_count_too_and_those_of_strangers_do_not(
    october, mediator, outsider
):
    past = FamilyFactory(
        municipality=mediator.factory_municipality, label="Strautmaņu ģimene"
    )
    past.assignments.create(
        mediator=mediator, starts_on=date(2021, 1, 1), ends_on=date(2022, 1, 1)
    )
    strangers = draft(mediator, hardest="Palīdzēju svešinieku bērniem.")
    review.submit(strangers, by=mediator)
    strangers.status = Status.RETURNED
    strangers.save()
    section = strangers.sections.get(key="hardest")
    section.text = "Strautmanis aizgāja."
    section.save()

    with pytest.raises(ActionNotAllowed):
        review.submit(strangers, by=mediator)


def test_mediator_coordinator_and_officials_may_be_named(
    october, mediator, coordinator
):
    report = submitted(
        mediator,
        hardest="Paldies Ilzei Kronbergai, Ingai Paraudziņai un man, Sanitai Vītolai.",
    )

    assert report.status == Status.SUBMITTED


def test_returning_needs_a_question(october, mediator, coordinator):
    report = submitted(mediator)

    with pytest.raises(ActionNotAllowed):
        review.return_for_correction(report, by=coordinator)

    report.refresh_from_db()
    assert report.status == Status.SUBMITTED
    assert is_closed(report)


def test_an_answered_question_is_no_reason_to_return(october, mediator, coordinator):
    report = submitted(mediator)
    comment(report, coordinator, is_open=False)

    with pytest.raises(ActionNotAllowed):
        review.return_for_correction(report, by=coordinator)


def test_returning_opens_the_month(october, mediator, coordinator):
    report = submitted(mediator)
    comment(report, coordinator)

    review.return_for_correction(report, by=coordinator)

    assert report.status == Status.RETURNED
    assert not is_closed(report)
    assert deeds() == ["submit", "return"]


def test_returning_opens_no_month_of_somebody_else(
    october, mediator, colleague, coordinator
):
    report = submitted(mediator)
    ClosedMonth.objects.create(
        mediator=colleague, municipality=report.municipality, month=MONTH
    )
    comment(report, coordinator)

    review.return_for_correction(report, by=coordinator)

    assert [row.mediator for row in ClosedMonth.objects.all()] == [colleague]


def test_handing_in_again_answers_the_questions_and_counts_anew(
    october, mediator, coordinator
):
    report = submitted(mediator)
    report.sections.update(is_accepted=True)
    comment(report, coordinator)
    review.return_for_correction(report, by=coordinator)
    VisitFactory(
        mediator=mediator,
        municipality=report.municipality,
        visited_on=date(2026, 10, 30),
    )

    review.submit(report, by=mediator)

    assert report.figures["values"]["entries"] == 6
    assert report.comments.filter(is_open=True).count() == 1
    # New numbers want to be looked at again, unchanged words do not.
    assert not report.sections.get(key="figures").is_accepted
    assert report.sections.get(key="plans").is_accepted


def test_unchanged_figures_stay_accepted(october, mediator, coordinator):
    report = submitted(mediator)
    report.sections.update(is_accepted=True)
    comment(report, coordinator)
    review.return_for_correction(report, by=coordinator)

    review.submit(report, by=mediator)

    assert report.sections.get(key="figures").is_accepted


def test_approving_freezes_a_version_and_queues_its_pdf(
    october, mediator, coordinator, run_tasks
):
    report = submitted(mediator)

    version = review.approve(report, by=coordinator)

    assert report.status == Status.APPROVED
    assert (version.number, version.approved_by) == (1, coordinator)
    assert is_closed(report)
    assert deeds() == ["submit", "approve"]
    run_tasks()
    version.refresh_from_db()
    assert version.has_pdf


def test_what_fails_after_the_status_leaves_no_trace(october, mediator, coordinator):
    report = submitted(mediator)
    MonthlyReport.objects.update(figures={"values": "spoilt"})
    report.refresh_from_db()

    with pytest.raises(KeyError):
        review.approve(report, by=coordinator)

    report.refresh_from_db()
    assert report.status == Status.SUBMITTED
    assert [event.action for event in report.events.all()] == [Action.SUBMIT]
    assert deeds() == ["submit"]


def test_whoever_loses_is_told_who_won_even_without_comments(
    october, municipality, mediator, coordinator
):
    report = submitted(mediator)
    also_open = MonthlyReport.objects.get(pk=report.pk)
    review.approve(report, by=coordinator)
    deputy = UserFactory(role=Role.DEPUTY_COORDINATOR, municipality=municipality)

    with pytest.raises(ActionNotAllowed, match="Ilze Kronberga"):
        review.return_for_correction(also_open, by=deputy)


def test_one_coordinator_is_named_as_the_reviewer(municipality, mediator, coordinator):
    report = MonthlyReportFactory(mediator=mediator, municipality=municipality)

    assert review.reviewer_of(report) == coordinator


@pytest.mark.parametrize("count", [0, 2])
def test_without_a_single_coordinator_nobody_is_named(municipality, mediator, count):
    for _number in range(count):
        UserFactory(role=Role.COORDINATOR, municipality=municipality)
    UserFactory(role=Role.DEPUTY_COORDINATOR, municipality=municipality)
    gone = UserFactory()
    AppointmentFactory(
        user=gone,
        role=Role.COORDINATOR,
        municipality=municipality,
        ends_on=date(2021, 1, 1),
    )
    report = MonthlyReportFactory(mediator=mediator, municipality=municipality)

    assert review.reviewer_of(report) is None

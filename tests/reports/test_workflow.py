"""The life of a monthly report: role × action × status, and who acts for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mediators.models import COORDINATING, MUNICIPAL, Role
from reports.models import MonthlyReport
from reports.workflow import FINAL, Action, ActionNotAllowed, Status
from tests.factories import (
    AppointmentFactory,
    MonthlyReportFactory,
    UserFactory,
)

ALLOWED = {
    # (role, action): {from: to}
    (Role.MEDIATOR, Action.SUBMIT): {
        Status.DRAFT: Status.SUBMITTED,
        Status.RETURNED: Status.SUBMITTED,
    },
    (Role.MEDIATOR, Action.WITHDRAW): {Status.SUBMITTED: Status.DRAFT},
    **{
        (role, action): moves
        # The lead mediator where nobody of the municipality coordinates
        for role in (*COORDINATING, Role.LEAD_MEDIATOR)
        for action, moves in {
            Action.RETURN: {Status.SUBMITTED: Status.RETURNED},
            Action.APPROVE: {Status.SUBMITTED: Status.APPROVED},
            Action.SEND: {Status.APPROVED: Status.SENT},
            Action.REOPEN: dict.fromkeys(FINAL, Status.RETURNED),
        }.items()
    },
    # No account confirms receipt: the contact person does, and needs no role.
    **{(role, Action.CONFIRM): {Status.SENT: Status.RECEIVED} for role in Role},
    (None, Action.CONFIRM): {Status.SENT: Status.RECEIVED},
}
PEOPLE = [None, *Role]


def report_for(user, role, status):
    """A report of the mediator, or one in the municipality of the other roles."""
    municipality = getattr(user, "factory_municipality", None)
    own = {"mediator": user} if role is Role.MEDIATOR else {}
    if municipality:
        own["municipality"] = municipality
    return MonthlyReportFactory(status=status, figures={}, **own)


def person(role, municipality):
    if role is None:
        return None
    return UserFactory(
        role=role, municipality=municipality if role in MUNICIPAL else None
    )


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", PEOPLE, ids=lambda role: role or "nobody")
def test_perform_follows_the_table(municipality, role, action, status):
    user = person(role, municipality)
    report = report_for(user, role, status)
    changes = {"figures": {}} if action is Action.SUBMIT else {}
    target = ALLOWED.get((role, action), {}).get(status)

    if target is None:
        with pytest.raises(ActionNotAllowed):
            report.perform(action, by=user, **changes)
        report.refresh_from_db()
        assert report.status == status
        assert not report.events.exists()
    else:
        report.perform(action, by=user, **changes)
        assert report.status == target
        [event] = report.events.all()
        assert (event.action, event.by) == (action, user)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("role", Role)
def test_offered_are_the_actions_that_perform_accepts(municipality, role, status):
    user = person(role, municipality)
    report = report_for(user, role, status)

    offered = report.actions_for(user)

    assert offered == [
        action
        for action in Action
        if action is not Action.CONFIRM and status in ALLOWED.get((role, action), {})
    ]


@pytest.mark.parametrize("action", [Action.RETURN, Action.APPROVE, Action.SEND])
@pytest.mark.parametrize("status", Status)
def test_nobody_decides_on_an_own_report(municipality, mediator, action, status):
    AppointmentFactory(user=mediator, role=Role.COORDINATOR, municipality=municipality)
    report = report_for(mediator, Role.MEDIATOR, status)

    assert not MonthlyReport.objects.reviewable_by(mediator).exists()
    assert not MonthlyReport.objects.deliverable_by(mediator).exists()
    assert action not in report.actions_for(mediator)
    with pytest.raises(ActionNotAllowed):
        report.perform(action, by=mediator)


@pytest.mark.parametrize("action", [Action.RETURN, Action.APPROVE, Action.SEND])
def test_a_coordinator_decides_in_the_own_municipality_only(outsider, action):
    stranger = UserFactory(
        role=Role.COORDINATOR, municipality=outsider.factory_municipality
    )
    status = Status.APPROVED if action is Action.SEND else Status.SUBMITTED

    with pytest.raises(ActionNotAllowed):
        MonthlyReportFactory(status=status).perform(action, by=stranger)


def test_a_colleague_does_not_hand_in_for_somebody_else(mediator, colleague):
    report = report_for(mediator, Role.MEDIATOR, Status.DRAFT)

    with pytest.raises(ActionNotAllowed):
        report.perform(Action.SUBMIT, by=colleague, figures={})


def test_the_second_of_two_learns_who_was_first_and_when(
    municipality, coordinator, time_machine
):
    time_machine.move_to("2026-11-12 09:40 +0200", tick=False)
    report = MonthlyReportFactory(municipality=municipality, status=Status.SUBMITTED)
    seen_by_another = MonthlyReport.objects.get(pk=report.pk)
    report.perform(Action.APPROVE, by=coordinator)
    deputy = UserFactory(role=Role.DEPUTY_COORDINATOR, municipality=municipality)

    with pytest.raises(ActionNotAllowed) as refused:
        seen_by_another.perform(Action.RETURN, by=deputy)

    for piece in ("Ilze Kronberga", "12.11.2026.", "9.40"):
        assert piece in str(refused.value)


def handed_in(mediator):
    report = report_for(mediator, Role.MEDIATOR, Status.DRAFT)
    report.perform(Action.SUBMIT, by=mediator, figures={})
    return report


@pytest.fixture
def submitted(mediator):
    return handed_in(mediator)


def test_a_step_leaves_its_reason_in_the_history(submitted, coordinator):
    submitted.perform(Action.RETURN, by=coordinator, comment="Trūkst divu vizīšu")

    assert submitted.events.last().comment == "Trūkst divu vizīšu"


@pytest.mark.parametrize(
    "steps", [[Action.RETURN], [Action.APPROVE, Action.REOPEN]], ids=str
)
def test_what_was_given_back_once_is_given_back_again_when_it_is_taken_back(
    submitted, mediator, coordinator, steps
):
    for step in steps:
        submitted.perform(step, by=coordinator)
    submitted.perform(Action.SUBMIT, by=mediator, figures={})

    submitted.perform(Action.WITHDRAW, by=mediator)

    assert submitted.status == Status.RETURNED
    assert MonthlyReport.objects.visible_to(coordinator).contains(submitted)


# The lead mediator in place of absent coordinators


def test_the_lead_mediator_does_not_decide_where_a_coordinator_will(
    submitted, lead_mediator, coordinator
):
    assert submitted.actions_for(lead_mediator) == []
    assert not MonthlyReport.objects.reviewable_by(lead_mediator).exists()


def test_the_lead_mediator_decides_when_a_review_is_overdue(
    submitted, lead_mediator, coordinator, colleague
):
    handed_in(colleague)
    submitted.events.update(at=timezone.now() - timedelta(days=20))

    assert list(MonthlyReport.objects.reviewable_by(lead_mediator)) == [submitted]
    assert submitted.actions_for(lead_mediator) == [Action.RETURN, Action.APPROVE]
    submitted.perform(Action.RETURN, by=lead_mediator)
    assert submitted.status == Status.RETURNED


def test_a_coordinator_who_wrote_the_report_is_nobody_to_decide_on_it(
    submitted, lead_mediator, mediator, municipality
):
    AppointmentFactory(user=mediator, role=Role.COORDINATOR, municipality=municipality)

    assert Action.APPROVE in submitted.actions_for(lead_mediator)


def test_mediators_of_the_place_and_coordinators_of_another_are_nobody_either(
    submitted, lead_mediator, colleague, outsider
):
    UserFactory(role=Role.COORDINATOR, municipality=outsider.factory_municipality)

    assert Action.APPROVE in submitted.actions_for(lead_mediator)


def test_a_lead_mediator_who_coordinates_too_decides_like_any_coordinator(
    submitted, lead_mediator, coordinator, municipality
):
    AppointmentFactory(
        user=lead_mediator, role=Role.COORDINATOR, municipality=municipality
    )
    reports = MonthlyReport.objects

    assert reports.reviewable_by(lead_mediator).contains(submitted)
    submitted.perform(Action.APPROVE, by=coordinator)
    assert reports.deliverable_by(lead_mediator).contains(submitted)


def test_the_lead_mediator_does_not_decide_on_an_own_report(
    lead_mediator, municipality
):
    AppointmentFactory(
        user=lead_mediator, role=Role.MEDIATOR, municipality=municipality
    )
    report = MonthlyReportFactory(municipality=municipality, mediator=lead_mediator)
    report.perform(Action.SUBMIT, by=lead_mediator, figures={})

    assert report.actions_for(lead_mediator) == [Action.WITHDRAW]


# One reader at a time


def test_a_review_belongs_to_who_began_it(submitted, coordinator, deputy):
    assert submitted.begin_review(coordinator)

    assert submitted.actions_for(coordinator) == [Action.RETURN, Action.APPROVE]
    assert not submitted.begin_review(deputy)
    assert submitted.actions_for(deputy) == []
    with pytest.raises(ActionNotAllowed, match=coordinator.full_name):
        submitted.perform(Action.APPROVE, by=deputy)
    assert submitted.begin_review(coordinator)


def test_who_begins_to_review_one_report_reviews_no_other(
    submitted, colleague, coordinator, deputy
):
    other = handed_in(colleague)

    submitted.begin_review(coordinator)

    other.refresh_from_db()
    assert other.reviewer is None
    assert submitted.actions_for(deputy) == []
    assert other.actions_for(deputy) == [Action.RETURN, Action.APPROVE]


def test_a_review_that_rests_may_be_taken_up_by_another(
    submitted, coordinator, deputy, time_machine
):
    time_machine.move_to("2026-11-12 09:00 +0200", tick=False)
    submitted.begin_review(coordinator)
    time_machine.move_to("2026-11-12 09:16 +0200", tick=False)

    assert submitted.begin_review(deputy)
    assert not submitted.begin_review(coordinator)


def test_a_review_is_taken_over_at_once_by_who_says_so(submitted, coordinator, deputy):
    submitted.begin_review(coordinator)

    submitted.take_over_review(deputy)

    submitted.perform(Action.APPROVE, by=deputy)
    assert (submitted.status, submitted.reviewer) == (Status.APPROVED, None)


def test_a_review_that_was_taken_over_rests_like_any_other(
    submitted, coordinator, deputy, time_machine
):
    def at(clock):
        time_machine.move_to(f"2026-11-12 {clock} +0200", tick=False)

    at("09:00")
    submitted.begin_review(coordinator)
    at("09:20")
    submitted.take_over_review(deputy)

    at("09:30")
    assert not submitted.begin_review(coordinator)
    at("09:36")
    assert submitted.begin_review(coordinator)


def test_nobody_begins_or_takes_over_a_review_that_is_not_theirs(
    submitted, coordinator, outsider, mediator
):
    stranger = UserFactory(
        role=Role.COORDINATOR, municipality=outsider.factory_municipality
    )
    for person in (stranger, mediator):
        assert not submitted.begin_review(person)
        submitted.take_over_review(person)
        assert submitted.reviewer is None


def test_a_report_is_taken_back_until_somebody_reads_it(
    submitted, mediator, coordinator
):
    assert submitted.actions_for(mediator) == [Action.WITHDRAW]
    submitted.begin_review(coordinator)

    assert submitted.actions_for(mediator) == []
    with pytest.raises(ActionNotAllowed, match=coordinator.full_name):
        submitted.perform(Action.WITHDRAW, by=mediator)

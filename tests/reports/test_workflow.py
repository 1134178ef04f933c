"""The life of a monthly report: role × action × status, and what happens at once."""

import pytest

from mediators.models import MUNICIPAL, Role
from reports.figures import month_figures
from reports.models import MonthlyReport
from reports.workflow import Action, ActionNotAllowed, Status
from tests.factories import (
    AppointmentFactory,
    ContactPersonFactory,
    MonthlyReportFactory,
    UserFactory,
)
from tests.parallel import in_parallel

ALLOWED = {
    # (role, action): {from: to}
    (Role.MEDIATOR, Action.SUBMIT): {
        Status.DRAFT: Status.SUBMITTED,
        Status.RETURNED: Status.SUBMITTED,
    },
    (Role.COORDINATOR, Action.RETURN): {Status.SUBMITTED: Status.RETURNED},
    (Role.COORDINATOR, Action.APPROVE): {Status.SUBMITTED: Status.APPROVED},
    (Role.COORDINATOR, Action.SEND): {Status.APPROVED: Status.SENT},
    (Role.DEPUTY_COORDINATOR, Action.RETURN): {Status.SUBMITTED: Status.RETURNED},
    (Role.DEPUTY_COORDINATOR, Action.APPROVE): {Status.SUBMITTED: Status.APPROVED},
    (Role.DEPUTY_COORDINATOR, Action.SEND): {Status.APPROVED: Status.SENT},
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
        assert (event.action, event.by, event.status) == (action, user, target)


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


DECIDE = """
from mediators.models import User
from reports.models import MonthlyReport
from reports.services import review
from reports.workflow import ActionNotAllowed


def act(email):
    report = MonthlyReport.objects.get()
    try:
        review.approve(report, by=User.objects.get(email=email))
    except ActionNotAllowed as reason:
        return {"told": str(reason)}
    return {"won": email, "events": report.events.count(), "versions": report.versions.count()}
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_eight_who_approve_at_once_one_wins_and_seven_are_told(
    municipality, mediator, tmp_path
):
    ContactPersonFactory(municipality=municipality)
    people = [
        UserFactory(
            role=Role.COORDINATOR,
            municipality=municipality,
            first_name="Vija",
            last_name=f"Paraudziņa{n}",
        )
        for n in range(8)
    ]
    report = MonthlyReportFactory(
        municipality=municipality, mediator=mediator, sections="Teksts."
    )
    figures = month_figures(mediator, municipality, report.month).as_json()
    report.perform(Action.SUBMIT, by=mediator, figures=figures)

    results = in_parallel(DECIDE, [person.email for person in people], tmp_path)

    [winner] = [result for result in results if "won" in result]
    name = next(p.full_name for p in people if p.email == winner["won"])
    # The submission and one approval.
    assert (winner["events"], winner["versions"]) == (2, 1)
    assert [name in r["told"] for r in results if "told" in r] == [True] * 7

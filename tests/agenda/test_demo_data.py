"""What the demo holds: every state of everything, and nobody real."""

import json
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from agenda.demo.loading import load_demo
from cases.models import (
    Case,
    CaseShare,
    CaseStatus,
    ClosedMonth,
    NextStep,
    Outcome,
    Referral,
    StepMove,
    SubGoal,
    Visit,
)
from data_protection.models import Breach, SubjectRequest
from families.models import (
    ConflictOfInterest,
    Consent,
    Family,
    FamilyAssignment,
    FamilyNeed,
    HandOver,
    NameGrant,
    NeedLevel,
    Residence,
    Substitution,
)
from families.models.residence import LEFT_ABROAD, RETURNED
from families.services.name_grants import State, as_asked
from mediators import demo
from mediators.models import (
    Appointment,
    Complaint,
    FactorReset,
    Role,
    SupervisionSession,
    User,
)
from mediators.supervision import care_for
from municipalities.models import ContactPerson, InstitutionContact, Municipality
from privacy.audit import check_chain
from privacy.models import AuditEntry, Verb
from privacy.name_check import Known, find
from reports.models import Ask, Comment, MonthlyReport, ReportSection, ReportVersion
from reports.workflow import Action, Status
from tests.agenda.demo import NOON, UNTIL, digest, load_log

pytestmark = [pytest.mark.slow, pytest.mark.once]


@pytest.fixture(scope="module")
def seeded(made_once):
    """The demo of the 22nd of November 2026, for the tests that only look at it."""
    with time_machine.travel(NOON):
        first = load_log().digest
        load_demo(UNTIL, seed=1, scale=1)
        yield first


@pytest.fixture
def demo_data(seeded, db):
    return seeded


@pytest.fixture
def sanita(demo_data):
    return User.objects.get(email="sanita.vitola@tilts.example")


def test_the_same_day_gives_the_same_demo(demo_data):
    assert digest() == demo_data


def test_what_officers_and_coordinators_watch_over_is_there(demo_data):
    """Each page of theirs shows something in every state that it tells apart."""
    grants = NameGrant.objects.all()
    with time_machine.travel(NOON):
        states = Counter(row.state for row in as_asked(grants))
        assert set(states) == set(State)
        assert [breach.clock_runs for breach in Breach.objects.open()] == [True]
        assert Breach.objects.open().get().hours_left > 0
    assert grants.exclude(revoked_at=None).count() == 1
    requests = SubjectRequest.objects.values_list("status", flat=True)
    assert set(requests) == set(SubjectRequest.Status)
    assert ConflictOfInterest.objects.waiting().count() == 1
    assert ConflictOfInterest.objects.exclude(withdrawn_at=None).count() == 1
    assert Complaint.objects.open().count() == 1
    assert FactorReset.objects.pending().count() == 1


# Places and people


def test_four_invented_municipalities_and_no_real_one_have_work(demo_data):
    worked_in = Municipality.objects.filter(families__isnull=False).distinct()

    assert {place.prefix for place in worked_in} == {"UPC", "KLM", "DZK", "VDM"}
    for rows in (Visit, Case, MonthlyReport, ContactPerson):
        places = rows.objects.values_list("municipality__atvk", flat=True)
        assert {code[:5] for code in places} == {"DEMO-"}


def test_every_role_is_there_and_one_municipality_has_two_mediators(demo_data):
    assert Counter(Appointment.objects.values_list("role", flat=True)) == {
        Role.MEDIATOR: 8,
        Role.COORDINATOR: 4,
        Role.DEPUTY_COORDINATOR: 1,
        Role.LEAD_MEDIATOR: 1,
        Role.PROJECT_STAFF: 2,
        Role.ADMINISTRATOR: 1,
        Role.DATA_PROTECTION_OFFICER: 1,
    }
    current = Appointment.objects.current(UNTIL)
    dzintarkrasts = current.filter(municipality__prefix="DZK")
    assert dzintarkrasts.filter(role=Role.MEDIATOR).count() == 2


def test_every_account_has_the_password_that_is_printed(demo_data):
    for account in demo.accounts():
        user = User.objects.get(email=account["email"])
        assert user.check_password(account["password"])
        assert user.email.endswith("@tilts.example")


def test_every_municipality_has_somebody_who_receives_its_reports(demo_data):
    people = ContactPerson.objects.values_list("municipality__prefix", "name")

    assert dict(people)["UPC"] == "Andris Zālītis"
    assert len(people) == 4


def test_the_sixty_families_have_consents_in_every_state(demo_data):
    keep = Consent.objects.filter(purpose=Consent.Purpose.KEEP)
    soon = UNTIL + timedelta(days=30)

    assert Family.objects.count() == 62
    assert keep.in_force(UNTIL).count() > 40
    assert keep.filter(valid_until__range=(UNTIL, soon)).exists()
    assert keep.exclude(withdrawn_on=None).count() >= 4
    assert Family.objects.filter(consents=None).exists()
    assert Family.objects.exclude(closed_on=None).exists()


def test_after_a_withdrawn_consent_nothing_is_logged(demo_data):
    for consent in Consent.objects.exclude(withdrawn_on=None):
        late = consent.family.visits.filter(visited_on__gt=consent.withdrawn_on)
        assert not late.exists()


def test_one_mediator_is_covered_and_one_took_the_families_of_another(demo_data):
    running = Substitution.objects.current(UNTIL).get()
    plan = HandOver.objects.get(successor__first_name="Kristaps")

    assert (running.absent.first_name, running.substitute.first_name) == (
        "Marija",
        "Kristaps",
    )
    assert Family.objects.filter(assignments__substitution=running).count() > 5
    assert plan.last_day < UNTIL
    [untold] = plan.assignments.current(UNTIL).not_introduced()
    assert untold.family.closed_on is None
    own = FamilyAssignment.objects.own().filter(ends_on=None)
    taken = HandOver.objects.get(successor__first_name="Sanita").assignments
    assert not taken.current(UNTIL).not_introduced().exists()
    assert own.count() == Family.objects.count()


# The log


def test_a_mediator_logs_35_to_45_entries_a_month(demo_data):
    entries = Counter(
        (email, f"{day:%Y-%m}")
        for email, day in Visit.objects.filter(
            visited_on__gte=date(2026, 2, 1)
        ).values_list("mediator__email", "visited_on")
    )
    whole = {key: n for key, n in entries.items() if key[1] != "2026-11"}

    assert len(whole) == 5 * 9
    assert 35 <= min(whole.values()) <= max(whole.values()) <= 45
    assert len(entries) == 5 * 10


def test_nothing_lies_in_the_future(demo_data):
    assert Visit.objects.latest("visited_on").visited_on <= UNTIL
    assert Visit.objects.latest("created_at").created_at < NOON
    events = MonthlyReport.events.rel.related_model.objects
    assert events.latest("at").at < NOON


def test_entries_fit_their_kind(demo_data):
    for visit in Visit.objects.prefetch_related("visit_families", "visit_areas"):
        assert visit.institution_id or not visit.kind_choice.needs_institution
        assert 1 <= len(visit.visit_areas.all()) <= 3
        assert bool(visit.visit_families.all()) != bool(visit.without)


def test_cases_are_in_every_status_and_ended_in_every_way(demo_data):
    assert set(Case.objects.values_list("status", flat=True)) == set(CaseStatus.values)
    outcomes = set(Case.objects.values_list("outcome", flat=True))
    assert outcomes == {"", *Outcome.values}


def test_institutions_are_asked_and_some_answer_late(demo_data):
    answers = set(Referral.objects.values_list("answer", flat=True))
    late = Referral.objects.unanswered_after(today=UNTIL)

    assert answers == {"", *Referral.Answer.values}
    assert 0 < late.count() < Referral.objects.open().count()
    waiting = Case.objects.filter(status=CaseStatus.WAITING)
    assert set(Referral.objects.open().values_list("case", flat=True)) == {
        case.pk for case in waiting
    }


def test_cases_have_stages_and_one_is_shared(demo_data, sanita):
    assert SubGoal.objects.filter(done_on=None).exists()
    assert SubGoal.objects.exclude(done_on=None).exists()
    [share] = CaseShare.objects.active()
    assert (share.by, share.shows_label) == (sanita, False)


def test_families_answer_in_every_way_but_being_away(demo_data):
    responses = set(Visit.objects.values_list("response", flat=True))

    assert responses == {"", *Visit.Response.values} - {Visit.Response.NOT_MET}
    assert Visit.objects.filter(is_coordinated=True).exists()
    done = Visit.objects.exclude(activity=None).values_list("activity", flat=True)
    assert 0.4 < len(done) / Visit.objects.count() < 0.8
    assert len(set(done)) > 10


def test_codes_go_on_where_the_demo_ended(demo_data, sanita):
    [place] = sanita.municipalities_as(Role.MEDIATOR)

    assert Family.next_code(place) == "UPC-023"
    for code in (Visit.next_code(place, UNTIL), Case.next_code(place)):
        known = Visit.objects if code.startswith("UPC-26") else Case.objects
        assert not known.filter(code=code).exists()
        last = f"{code[:-3]}{int(code[-3:]) - 1:03}"
        assert known.filter(code=last).exists()


def test_something_is_overdue_due_today_and_coming_up_for_every_mediator(demo_data):
    current = Appointment.objects.current(UNTIL)
    for appointment in current.filter(role=Role.MEDIATOR):
        steps = NextStep.objects.filter(mediator=appointment.user).open()
        assert steps.filter(due_on__lt=UNTIL).exists()
        assert steps.filter(due_on=UNTIL).exists()
        assert steps.filter(due_on__gt=UNTIL).exists()


def test_an_open_case_has_one_next_step_at_most(demo_data):
    steps = NextStep.objects.open().exclude(case=None)

    assert max(Counter(step.case_id for step in steps).values()) == 1


def test_steps_were_dropped_for_reasons_moved_and_planned_with_institutions(demo_data):
    dropped = NextStep.objects.filter(status=NextStep.Status.DROPPED)

    assert dropped.values("drop_reason").distinct().count() > 2
    assert StepMove.objects.exists()
    coming = NextStep.objects.open().filter(due_on__gt=UNTIL)
    planned = coming.exclude(institution=None)
    assert planned.exclude(due_at=None).count() >= 15


def test_supervision_is_coming_past_and_missing(demo_data, sanita):
    sessions = SupervisionSession.objects

    assert sessions.filter(mediator=sanita, held_on__gt=UNTIL).exists()
    assert sessions.filter(mediator=sanita, held_on__lt=UNTIL).exists()
    said = {
        care_for(appointment.user, UNTIL).is_long_ago
        for appointment in Appointment.objects.filter(role=Role.MEDIATOR)
    }
    assert said == {True, False}
    assert all(session.held_on.weekday() < 5 for session in sessions.all())


# Reports


def test_reports_of_the_last_month_stand_in_every_status(demo_data):
    reports = MonthlyReport.objects.filter(month=date(2026, 10, 1))

    assert set(reports.values_list("status", flat=True)) == {
        *(Status.DRAFT, Status.SUBMITTED, Status.RETURNED),
        *(Status.APPROVED, Status.SENT),
    }


def test_older_reports_were_received_and_their_months_are_closed(demo_data):
    older = MonthlyReport.objects.filter(month__lt=date(2026, 10, 1))

    assert Counter(older.values_list("status", flat=True)) == {Status.RECEIVED: 40}
    assert ClosedMonth.objects.filter(month__lt=date(2026, 10, 1)).count() == 40


def test_the_returned_report_waits_with_two_questions(sanita):
    report = sanita.reports.get(status=Status.RETURNED)

    assert report.comments.filter(is_open=True).count() == 2
    assert report.asks.count() == 3
    assert "UPC-009 un UPC-021" in report.section_map()["hardest"].text


def test_every_step_of_a_report_comes_after_the_one_before(demo_data):
    for report in MonthlyReport.objects.all():
        moments = [event.at for event in report.events.order_by("pk")]
        assert moments == sorted(moments)
        assert not moments or moments[0].date() > report.month


def test_a_snapshot_tells_the_time_of_its_approval(demo_data):
    for version in ReportVersion.objects.select_related("report"):
        at = version.report.events.filter(action=Action.APPROVE).last().at
        assert version.approved_at == at.replace(microsecond=0)
        snapshot = json.loads(version.snapshot)
        assert datetime.fromisoformat(snapshot["approved_at"]) == version.approved_at


def test_no_text_that_leaves_the_mediator_names_a_family(demo_data):
    known = [
        Known(
            family.code,
            family.label,
            family.phone,
            family.address,
            people=tuple(person.name for person in family.members.all()),
        )
        for family in Family.objects.prefetch_related("members")
    ]
    texts = [
        *(section.text for section in ReportSection.objects.all()),
        *(referral.text for referral in Referral.objects.all()),
        *(share.reason for share in CaseShare.objects.all()),
        *(ask.text for ask in Ask.objects.all()),
        *(comment.text for comment in Comment.objects.all()),
        *(report.coordinator_note for report in MonthlyReport.objects.all()),
        *(official.name for official in InstitutionContact.objects.all()),
        *(user.full_name for user in User.objects.all()),
    ]

    assert [hit for text in set(texts) for hit in find(text, known)] == []


def test_the_people_of_a_family_are_as_many_as_its_numbers_say(demo_data):
    listed = Family.objects.filter(members__isnull=False).distinct()

    assert listed.count() > 30
    for family in listed.prefetch_related("members__relation"):
        ages = [person.is_child for person in family.members.all()]
        assert (ages.count(False), ages.count(True)) == (family.adults, family.children)


def test_some_families_left_and_some_came_back(demo_data):
    period = (UNTIL - timedelta(days=300), UNTIL)

    rows = Residence.objects.with_previous().filter(since_on__range=period)
    assert rows.filter(LEFT_ABROAD).count() >= 5
    assert rows.filter(RETURNED).count() >= 3
    assert {need.level for need in FamilyNeed.objects.current()} == set(
        NeedLevel.values
    )


def test_the_load_is_audited_by_kind(demo_data):
    loads = AuditEntry.objects.filter(verb=Verb.LOAD)
    rows = {entry.object_type: entry.detail.get("rows") for entry in loads}

    assert rows["families.family"] == 62
    assert rows["reports.monthlyreport"] == MonthlyReport.objects.count()
    assert check_chain().holds


def test_a_second_run_says_so_and_changes_nothing(demo_data, settings, capsys):
    settings.DEMO = True
    before = AuditEntry.objects.count()

    call_command("seed_demo")

    assert capsys.readouterr().out.startswith("The demo data are loaded already.")
    assert AuditEntry.objects.count() == before

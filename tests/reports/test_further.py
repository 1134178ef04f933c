"""Asks, hours beside the contract and answers, against recounts in plain SQL."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from cases.models import Referral
from mediators.models import Appointment, Role
from municipalities.models import Municipality
from reports.further import further
from reports.models import Ask
from reports.periods import Period
from reports.reach import in_use, scope_of
from reports.working_days import contracted_hours
from tests.factories import (
    AskFactory,
    CaseFactory,
    FamilyFactory,
    InstitutionFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    ReferralFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.test_results_page import read_csv
from tests.reports.third_quarter import QUARTER, keep_log

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


def rows_of_sql(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def found(period=QUARTER):
    places = Municipality.objects.all()
    return further(scope_of(period, places), in_use(places, period), worked=Decimal(10))


def test_asks_are_counted_as_they_stand_today(municipality):
    report = MonthlyReportFactory(municipality=municipality, month=date(2026, 8, 1))
    earlier = MonthlyReportFactory(municipality=municipality, month=date(2026, 6, 1))
    decided = {"decided_on": date(2026, 9, 9)}
    for number, (of, status, due, more) in enumerate(
        [
            (report, Ask.Status.NEW, date(2026, 11, 12), {}),
            (report, Ask.Status.NEW, None, {}),
            (report, Ask.Status.IN_WORK, date(2026, 11, 11), {}),
            (report, Ask.Status.FULFILLED, date(2026, 9, 1), decided),
            (report, Ask.Status.DECLINED, None, decided),
            (earlier, Ask.Status.FULFILLED, None, decided),
        ]
    ):
        AskFactory(
            report=of, code=f"UPC-G{number:03}", status=status, due_on=due, **more
        )
    AskFactory(report=report, code=None, status=Ask.Status.NEW)  # not approved yet

    asks = found().asks

    assert asks.rows[0].counts == asks.total.counts == (1, 2, 1, 1)
    [[recounted]] = rows_of_sql(
        "SELECT COUNT(*) FROM reports_ask a JOIN reports_monthlyreport r "
        "ON r.id = a.report_id WHERE a.code IS NOT NULL "
        "AND r.month BETWEEN '2026-07-01' AND '2026-09-30'"
    )
    assert asks.total.total == recounted == 5
    assert list(asks.table())[1:] == [
        ["Upesciema novads", 1, 2, 1, 1, 5],
        ["Kopā", 1, 2, 1, 1, 5],
    ]


def test_hours_stand_beside_the_contract_of_each_desk(municipality):
    places = keep_log(municipality)
    sanita = Appointment.objects.get(municipality=places["UPC"], role=Role.MEDIATOR)
    Appointment.objects.filter(pk=sanita.pk).update(
        starts_on=date(2026, 8, 10),
        ends_on=date(2026, 9, 4),
        hours_per_day=Decimal("4"),
    )
    sanita.refresh_from_db()
    MonthlyReportFactory(
        municipality=places["UPC"], mediator=sanita.user, month=date(2026, 8, 1)
    )

    hours = found().hours

    recounted = rows_of_sql(
        "SELECT m.prefix, SUM(v.minutes) FROM cases_visit v "
        "JOIN municipalities_municipality m ON m.id = v.municipality_id "
        "WHERE v.visited_on BETWEEN '2026-07-01' AND '2026-09-30' GROUP BY m.prefix"
    )
    assert {row.place.prefix: row.worked for row in hours.rows} == {
        prefix: round(Decimal(minutes) / 60, 1) for prefix, minutes in recounted
    }
    by_month = sum(contracted_hours([sanita], month) for month in QUARTER.months)
    assert hours.rows[0].contracted == by_month == 80
    assert [row.desk for row in hours.rows] == ["UPC", ""]


def test_the_contract_asks_nothing_of_days_to_come(municipality):
    mediator = UserFactory(role=Role.MEDIATOR, municipality=municipality)
    mediator.appointments.update(starts_on=date(2026, 11, 2), hours_per_day=Decimal(8))

    november, december = Period.parse("2026-11"), Period.parse("2026-12")

    assert found(november).hours.contracted == 9 * 8  # 2 to 12 November
    assert found(december).hours.contracted == 0


def refer(kind, sent_on, answered_on, answer=Referral.Answer.ACCEPTED):
    place = Municipality.objects.get(prefix="UPC")
    return ReferralFactory(
        case=CaseFactory(family=FamilyFactory(municipality=place)),
        institution=InstitutionFactory(municipality=place, type=kind),
        sent_on=date.fromisoformat(sent_on),
        due_on=date(2026, 12, 1),
        answered_on=answered_on and date.fromisoformat(answered_on),
        answer=answer,
    )


def test_answers_are_told_by_the_median_of_working_days(municipality):
    school = TermFactory(vocabulary="institution_type", code="SCHOOL", label_lv="Skola")
    office = TermFactory(
        vocabulary="institution_type", code="OFFICE", label_lv="Birojs"
    )
    answered = [
        refer(school, "2026-08-03", "2026-08-04"),
        refer(school, "2026-08-07", "2026-08-10"),
        refer(school, "2026-06-30", "2026-07-31", Referral.Answer.REFUSED),
        refer(office, "2026-09-01", "2026-09-03"),
        refer(office, "2026-09-01", "2026-09-08"),
    ]
    refer(office, "2026-09-01", "2026-09-20", Referral.Answer.NONE)
    refer(office, "2026-09-01", None, "")
    refer(school, "2026-09-25", "2026-10-01")

    answers = found().answers

    assert [
        (row.label, row.median, row.in_time, row.later) for row in answers.rows
    ] == [
        ("Birojs", Decimal("3.5"), 2, 0),
        ("Skola", Decimal(1), 2, 1),
    ]
    assert sorted(day for row in answers.rows for day in row.days.elements()) == sorted(
        referral.days_to_answer for referral in answered
    )
    assert [row[1] for row in list(answers.table())[1:]] == ["", ""]  # too few to leave


def test_hours_of_all_together_are_those_at_the_top_of_the_page(client):
    """Twice twenty minutes are 0.3 hours for each and 0.7 for both."""
    for place in ("Upesciems", "Vidmale"):
        here = MunicipalityFactory(label_lv=place)
        mediator = UserFactory(role=Role.MEDIATOR, municipality=here)
        VisitFactory(
            mediator=mediator,
            municipality=here,
            visited_on=date(2026, 8, 3),
            minutes=20,
        )
    client.force_login(UserFactory(role=Role.PROJECT_STAFF, language="en"))

    page = client.get(reverse("reports:results"), {"period": "2026-Q3"})

    assert "Hours of work: 0.7 of the" in page.content.decode()


def test_the_lead_mediator_is_not_told_the_hours_of_colleagues(client, municipality):
    keep_log(municipality)
    client.force_login(UserFactory(role=Role.LEAD_MEDIATOR))
    url, period = reverse("reports:results"), {"period": "2026-Q3"}

    page = client.get(url, period)
    file = client.get(url, period | {"csv": "hours"})

    assert 'id="hours"' not in page.content.decode()
    assert file.status_code == 404


def test_a_coordinator_is_told_asks_and_hours_of_the_own_municipality(
    client, municipality
):
    places = keep_log(municipality)
    client.force_login(
        UserFactory(role=Role.COORDINATOR, municipality=places["VDM"], language="en")
    )
    url = reverse("reports:results-municipality", args=["vidmale"])

    page = client.get(url, {"period": "2026-Q3"}).content.decode()
    file = client.get(url, {"period": "2026-Q3", "csv": "hours"})

    assert 'id="hours"' in page
    assert [row[0] for row in read_csv(file)[1:]] == ["Vidmale"]


def test_of_many_mediators_a_page_tells_by_municipality_and_the_file_each(
    client, municipality, monkeypatch
):
    keep_log(municipality)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))
    url, period = reverse("reports:results"), {"period": "2026-Q3"}

    def asked(csv):
        return read_csv(client.get(url, period | {"csv": csv}))

    each = asked("hours"), asked("reports")
    for module in ("further", "progress"):
        monkeypatch.setattr(f"reports.{module}.MOST_ROWS", 1)
    page = (
        client.get(url, period).context["results"],
        further(
            scope_of(QUARTER, Municipality.objects.all()),
            in_use(Municipality.objects.all(), QUARTER),
            worked=Decimal(10),
        ),
    )

    assert (asked("hours"), asked("reports")) == each
    results, hours = page[0], page[1].hours
    assert sum(row.contracted for row in hours.by_place) == hours.contracted > 0
    assert sum(row.worked for row in hours.by_place) == results.hours
    tallies = [
        tally for _place, row in results.reports.progress.by_place for tally in row
    ]
    assert sum(tally.late for tally in tallies) == results.reports.progress.late
    html = client.get(url, period).content.decode()
    assert html.count("Mediatoru ir daudz") == 2


@pytest.mark.parametrize("count", [1, 3])
def test_it_takes_a_constant_number_of_queries(django_assert_num_queries, count):
    for _number in range(count):
        place = MunicipalityFactory()
        mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
        VisitFactory(mediator=mediator, municipality=place, visited_on=date(2026, 8, 1))
        ReferralFactory(
            case=CaseFactory(family=FamilyFactory(municipality=place)),
            institution=InstitutionFactory(type=TermFactory()),
            sent_on=date(2026, 8, 3),
            answered_on=date(2026, 8, 4),
            answer=Referral.Answer.ACCEPTED,
        )

    places = Municipality.objects.all()
    shown = in_use(places, QUARTER)

    # asks, answers, types, hours, contracts, desks
    with django_assert_num_queries(6):
        further(scope_of(QUARTER, places), shown, worked=Decimal(10))

"""Lists of reports: own months, what waits, and mediator by month."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mediators.models import Role
from privacy.models import AuditEntry
from reports import listing
from reports.models import MonthlyReport
from reports.progress import LATE
from reports.workflow import Action, Status
from tests.factories import (
    AppointmentFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    UserFactory,
    VisitFactory,
)
from tests.fetched import fetched

TODAY = date(2026, 11, 12)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-12 10:00 +0200", tick=False)


def begin(mediator, month):
    place = mediator.factory_municipality
    return reverse("reports:start", args=[place.prefix.lower(), f"{month:%Y-%m}"])


def test_this_month_and_the_last_are_offered_before_they_are_begun(mediator):
    months = listing.own_months(mediator)

    assert [(row.month, row.report) for row in months] == [
        (NOVEMBER, None),
        (OCTOBER, None),
    ]
    assert [row.is_late for row in months] == [False, True]


def test_a_month_with_entries_is_offered_however_old(mediator):
    VisitFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        visited_on=date(2026, 6, 17),
    )

    assert [row.month.month for row in listing.own_months(mediator)] == [11, 10, 6]


def test_no_month_before_the_appointment_is_offered(db):
    place = MunicipalityFactory()
    newcomer = UserFactory(municipality=place)
    AppointmentFactory(user=newcomer, starts_on=date(2026, 11, 9))

    assert [row.month for row in listing.own_months(newcomer)] == [NOVEMBER]


def test_a_mediator_in_two_municipalities_reports_to_both(mediator):
    second = MunicipalityFactory()
    AppointmentFactory(user=mediator, role=Role.MEDIATOR, municipality=second)

    places = [row.municipality for row in listing.own_months(mediator)]

    assert places == [mediator.factory_municipality, second] * 2


def test_looking_at_the_list_makes_no_report(client, mediator):
    client.force_login(mediator)

    response = client.get(reverse("reports:list"))

    assert response.status_code == 200
    assert not MonthlyReport.objects.exists()
    assert AuditEntry.objects.get().verb == "list"


def test_beginning_a_month_opens_its_page_and_a_second_press_the_same(client, mediator):
    client.force_login(mediator)

    first = client.post(begin(mediator, OCTOBER))
    second = client.post(begin(mediator, OCTOBER))

    report = MonthlyReport.objects.get()
    assert (first.url, second.url) == (report.get_absolute_url(),) * 2
    assert client.get(begin(mediator, OCTOBER)).status_code == 405


@pytest.mark.parametrize("month", [date(2026, 12, 1), date(2019, 12, 1)])
def test_months_to_come_and_before_the_appointment_are_not_begun(
    client, mediator, month
):
    client.force_login(mediator)

    assert client.post(begin(mediator, month)).status_code == 404
    assert not MonthlyReport.objects.exists()


def test_nobody_begins_a_report_in_a_foreign_municipality(client, mediator, outsider):
    client.force_login(mediator)

    assert client.post(begin(outsider, OCTOBER)).status_code == 404


def test_a_returned_report_is_late_three_working_days_after_its_return(
    mediator, coordinator, time_machine
):
    report = MonthlyReportFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        month=OCTOBER,
        status=Status.SUBMITTED,
    )
    report.perform(Action.RETURN, by=coordinator)

    def october():
        return next(r for r in listing.own_months(mediator) if r.month == OCTOBER)

    assert october().due_on == date(2026, 11, 17)
    assert not october().is_late
    time_machine.move_to("2026-11-18 08:00 +0200")
    assert october().is_late


def test_what_waits_longest_comes_first(
    coordinator, municipality, mediator, colleague, time_machine
):
    for person, moment in [
        (mediator, "2026-11-11 09:00 +0200"),
        (colleague, "2026-11-04 09:00 +0200"),
    ]:
        time_machine.move_to(moment)
        MonthlyReportFactory(mediator=person, municipality=municipality).perform(
            Action.SUBMIT, by=person, figures={}
        )
    time_machine.move_to("2026-11-12 10:00 +0200")

    rows = listing.waiting(coordinator)

    # Five working days; the 18th is a public holiday.
    assert [(row.report.mediator, row.days, row.due_on.day) for row in rows] == [
        (colleague, 8, 11),
        (mediator, 1, 19),
    ]


def test_a_coordinator_sees_what_waits_and_on_demand_everything(
    client, coordinator, municipality, mediator
):
    waits = MonthlyReportFactory(
        mediator=mediator, municipality=municipality, status=Status.SUBMITTED
    )
    done = MonthlyReportFactory(
        mediator=mediator,
        municipality=municipality,
        month=date(2026, 9, 1),
        status=Status.APPROVED,
    )
    client.force_login(coordinator)

    first = client.get(reverse("reports:list")).content.decode()
    everything = client.get(reverse("reports:list"), {"all": 1}).content.decode()

    waits, done = (
        reverse("reports:review", args=report.url_args) for report in (waits, done)
    )
    assert (waits in first, done in first) == (True, False)
    assert (waits in everything, done in everything) == (True, True)


def rows_of(reader, months):
    table = listing.MediatorTable(reader, months)
    return table.rows(table.desks)


def test_a_coordinator_learns_what_is_late_but_not_what_is_in_a_draft(
    coordinator, municipality, mediator
):
    MonthlyReportFactory(mediator=mediator, municipality=municipality, month=OCTOBER)

    [row] = rows_of(coordinator, [NOVEMBER, OCTOBER])

    assert [(cell.report, cell.is_late) for cell in row.cells] == [
        (None, False),
        (None, True),
    ]


def test_nobody_is_late_with_a_month_before_the_first_report_of_all(
    coordinator, project_staff, municipality, mediator, outsider
):
    MonthlyReportFactory(
        mediator=outsider, municipality=outsider.factory_municipality, month=OCTOBER
    )
    months = [OCTOBER, date(2026, 9, 1), date(2026, 8, 1)]

    [row] = rows_of(coordinator, months)
    [row_of_staff] = [
        row for row in rows_of(project_staff, months) if row.mediator == mediator
    ]

    assert [cell.is_late for cell in row.cells] == [True, False, False]
    assert [cell.state for cell in row_of_staff.cells] == [LATE, None, None]
    assert [one.month for one in listing.late(coordinator)] == [OCTOBER]


def test_mediators_of_other_places_are_not_in_a_coordinators_table(
    coordinator, mediator, outsider
):
    rows = rows_of(coordinator, [OCTOBER])

    assert [row.mediator for row in rows] == [mediator]


def test_staff_open_approved_reports_and_know_how_far_the_others_are(
    project_staff, mediator, outsider
):
    for person, status in [(mediator, Status.APPROVED), (outsider, Status.SUBMITTED)]:
        MonthlyReportFactory(
            mediator=person, municipality=person.factory_municipality, status=status
        )

    rows = rows_of(project_staff, [OCTOBER])

    cells = {row.mediator: row.cells[0] for row in rows}
    assert cells[mediator].report.status == Status.APPROVED
    assert cells[outsider].report is None
    assert cells[outsider].state.word == Status.SUBMITTED.label


def test_staff_are_told_whose_report_is_late(client, project_staff, mediator):
    for person in (mediator, project_staff):
        person.appointments.update(starts_on=OCTOBER)

    with time_machine.travel("2026-11-20T12:00+02:00", tick=False):
        client.force_login(project_staff)
        page = client.get(reverse("reports:list")).content.decode()

    assert "Kavējas" in page


def test_a_mediator_who_also_coordinates_has_both_lists(client, coordinator, mediator):
    elsewhere = MunicipalityFactory()
    AppointmentFactory(user=mediator, role=Role.COORDINATOR, municipality=elsewhere)
    client.force_login(mediator)

    context = client.get(reverse("reports:list")).context

    assert context["own_months"]
    assert context["waiting"] == []


@pytest.mark.parametrize(
    ("until", "shown"),
    [
        ("2026-04", date(2026, 4, 1)),
        ("2027-01", NOVEMBER),
        ("0001-01", date(2000, 1, 1)),
        ("nonsense", NOVEMBER),
        ("2026-13", NOVEMBER),
        ("\0", NOVEMBER),
    ],
)
def test_older_months_are_on_further_pages(client, coordinator, until, shown):
    client.force_login(coordinator)

    context = client.get(reverse("reports:list"), {"until": until}).context

    assert context["months"][0] == shown
    assert len(context["months"]) == 6


def test_of_many_mediators_a_page_is_read_and_the_others_are_on_further_pages(
    client, project_staff, municipality, monkeypatch
):
    monkeypatch.setattr("reports.views.overview.DESKS_ON_A_PAGE", 2)
    for name in ("Āriņa", "Bite", "Cīrule"):
        mediator = UserFactory(municipality=municipality, last_name=name)
        MonthlyReportFactory(
            mediator=mediator,
            municipality=municipality,
            month=OCTOBER,
            status=Status.APPROVED,
        )
    client.force_login(project_staff)

    with fetched(MonthlyReport) as reports:
        first = client.get(reverse("reports:list"))
    second = client.get(reverse("reports:list"), {"until": "2026-11", "page": 2})

    def names(response):
        return [row.mediator.last_name for row in response.context["rows"]]

    assert len(reports) == 2
    assert len(names(first)) == 2
    assert sorted(names(first) + names(second)) == ["Bite", "Cīrule", "Āriņa"]
    assert 'href="?until=2026-11&amp;page=2"' in first.content.decode()


def test_who_worked_before_these_months_is_not_looked_at(coordinator, municipality):
    for year in range(2016, 2024):
        AppointmentFactory(
            municipality=municipality,
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
        )

    with CaptureQueriesContext(connection) as queries:
        rows = rows_of(coordinator, [NOVEMBER, OCTOBER])

    assert rows == []
    [asked] = [q["sql"] for q in queries if "mediators_appointment" in q["sql"]][-1:]
    assert "ends_on" in asked.partition("WHERE")[2]


def test_old_months_are_looked_up_and_their_entries_not_read(mediator):
    place = mediator.factory_municipality
    for month in (3, 4, 6):
        for day in (1, 2, 3):
            VisitFactory(
                mediator=mediator, municipality=place, visited_on=date(2026, month, day)
            )
    MonthlyReportFactory(
        mediator=mediator,
        municipality=place,
        month=date(2026, 4, 1),
        status=Status.APPROVED,
    )

    with CaptureQueriesContext(connection) as queries:
        months = listing.own_months(mediator)

    assert [row.month.month for row in months] == [11, 10, 6, 4, 3]
    assert not any("DISTINCT" in query["sql"] for query in queries)


@pytest.mark.parametrize("query", [{}, {"all": 1}])
def test_a_list_takes_the_same_queries_for_one_report_and_for_four(
    client, coordinator, municipality, query
):
    client.force_login(coordinator)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(reverse("reports:list"), query)
        return len(captured)

    MonthlyReportFactory(municipality=municipality, status=Status.SUBMITTED)
    queries()
    one = queries()
    for _number in range(3):
        MonthlyReportFactory(municipality=municipality, status=Status.SUBMITTED)

    assert queries() == one


def test_own_months_take_the_same_queries_however_many(client, mediator):
    client.force_login(mediator)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("reports:list"))
        return len(captured)

    queries()
    none = queries()
    for month in (5, 6, 7):
        MonthlyReportFactory(
            mediator=mediator,
            municipality=mediator.factory_municipality,
            month=date(2026, month, 1),
        )

    assert queries() == none

"""The coordinator's calendar file: days of reports and meetings, and nobody's name."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from mediators.models import Role
from privacy.models import AuditEntry
from reports.models import ReportMeeting
from tests.factories import (
    AppointmentFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 2, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def events(client, coordinator, mediator):
    """``{uid: event}`` of the file, as the coordinator of the mediator gets it."""

    def fetch():
        client.force_login(coordinator)
        response = client.get(reverse("agenda:dashboard-calendar"))
        assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert 'attachment; filename="Tilts.ics"' in response["Content-Disposition"]
        calendar = Calendar.from_ical(response.content)
        return {str(event["uid"]): event for event in calendar.walk("VEVENT")}

    return fetch


def summary(event):
    return str(event["summary"]).replace("\N{NO-BREAK SPACE}", " ")


def day(event):
    return event["dtstart"].dt


def test_each_month_has_the_day_of_its_report_and_a_proposed_meeting(
    events, municipality
):
    found = events()

    report = found[f"report-2026-10-{municipality.slug}@tilts"]
    assert day(report) == date(2026, 11, 5)
    assert summary(report) == (f"Termiņš: 2026. gada oktobra atskaite, {municipality}")
    assert str(report["url"]).endswith("/atskaites/")
    meeting = found[f"meeting-2026-10-{municipality.slug}@tilts"]
    assert day(meeting) == date(2026, 11, 12)
    assert str(meeting["status"]) == "TENTATIVE"
    assert summary(meeting) == (
        f"Mēneša tikšanās: 2026. gada oktobra atskaite, {municipality}"
    )
    assert "priekšlikums" in str(meeting["description"])
    assert len(found) == 2 * 13
    assert {str(event["transp"]) for event in found.values()} == {"TRANSPARENT"}


def test_it_names_nobody(client, coordinator, mediator, events):
    events()

    text = client.get(reverse("agenda:dashboard-calendar")).content.decode()

    for person in (mediator, coordinator):
        assert person.last_name not in text
        assert person.email not in text


def test_what_is_over_and_who_was_met_is_left_out(
    events, municipality, mediator, coordinator
):
    report = MonthlyReportFactory(
        municipality=municipality, mediator=mediator, month=date(2026, 10, 1)
    )
    ReportMeeting.objects.create(
        report=report, held_on=date(2026, 11, 2), post="vietniece", by=coordinator
    )

    with time_machine.travel(datetime(2026, 11, 6, 8, tzinfo=UTC), tick=False):
        found = events()

    assert not [uid for uid in found if "2026-10" in uid]
    assert f"meeting-2026-11-{municipality.slug}@tilts" in found


def test_months_without_a_mediator_and_other_municipalities_have_no_day(
    events, municipality, mediator
):
    UserFactory(role=Role.MEDIATOR, municipality=MunicipalityFactory())
    mediator.appointments.update(ends_on=date(2026, 12, 3))

    months = {uid.split("-", 1)[1][:7] for uid in events()}

    assert months == {"2026-10", "2026-11", "2026-12"}


def test_somebody_who_coordinates_nothing_yet_gets_an_empty_calendar(client):
    person = UserFactory()
    AppointmentFactory(
        user=person, role=Role.COORDINATOR, municipality=MunicipalityFactory()
    )
    client.force_login(person)

    response = client.get(reverse("agenda:dashboard-calendar"))

    assert b"BEGIN:VEVENT" not in response.content


def test_each_file_is_written_down_and_the_overview_leads_to_it(
    client, events, coordinator, overview
):
    events()

    entry = AuditEntry.objects.filter(actor=coordinator.pk).latest("seq")
    assert (entry.verb, entry.detail["page"]) == ("list", "calendar")
    assert reverse("agenda:dashboard-calendar") in overview().content.decode()


def test_the_number_of_queries_does_not_depend_on_the_municipalities(
    client, coordinator, events, django_assert_num_queries, municipality
):
    events()
    with django_assert_num_queries(10) as few:
        client.get(reverse("agenda:dashboard-calendar"))
    for _number in range(3):
        place = MunicipalityFactory()
        AppointmentFactory(user=coordinator, role=Role.COORDINATOR, municipality=place)
        UserFactory(role=Role.MEDIATOR, municipality=place)

    with django_assert_num_queries(len(few)):
        client.get(reverse("agenda:dashboard-calendar"))

"""The plan in the calendar of the mediator's own phone: codes, and only while it is hers."""

import io
import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from icalendar import Calendar
from time_machine import travel

from cases.models import CalendarFeed
from privacy.log_filter import HideLinks
from privacy.models import AuditEntry, Verb
from privacy.tokens import hash_of
from tests.factories import CalendarFeedFactory, NextStepFactory

TODAY = date(2026, 11, 12)
TOKEN = "t" * 43


@pytest.fixture(autouse=True)
def _thursday_the_twelfth_of_november():
    with travel("2026-11-12 12:00+02:00", tick=False):
        yield


@pytest.fixture
def feed(mediator):
    return CalendarFeedFactory(mediator=mediator, token=TOKEN)


@pytest.fixture
def planned(mediator, municipality, family, teacher):
    def step(days=0, **fields):
        given = {
            "family": family,
            "institution": teacher.institution,
            "contact": teacher,
            "kind": "institution_meeting",
            "mediator": mediator,
        }
        return NextStepFactory(
            municipality=municipality,
            text="Saruna par Kārkliņu Jāni",
            due_on=TODAY + timedelta(days=days),
            **(given | fields),
        )

    return step


def fetch(client, token=TOKEN):
    return client.get(f"/kalendars/{token}.ics")


def events(client):
    calendar = Calendar.from_ical(fetch(client).content)
    return {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_a_meeting_stands_with_kind_institution_and_code_and_nothing_else(
    client, feed, planned, teacher
):
    step = planned(due_at=time(14))

    response = fetch(client)

    [event] = Calendar.from_ical(response.content).walk("VEVENT")
    assert event["uid"] == f"{step.pk}@tilts"
    assert event["summary"] == "Tikšanās iestādē, Upesciema pamatskola, UPC-001"
    assert event["url"].endswith(f"/soli/{step.pk}/parcelt/")
    text = response.content.decode().replace("\r\n ", "")
    for secret in ("Kārkliņu", "Jāni", teacher.name, "Vītola"):
        assert secret not in text


def test_a_step_that_was_done_leads_to_the_day(client, feed, planned):
    step = planned(status="done")

    [event] = Calendar.from_ical(fetch(client).content).walk("VEVENT")

    assert event["uid"] == f"{step.pk}@tilts"
    assert event["url"].endswith("/sodien/")


def test_an_hour_is_that_of_riga_and_a_day_without_hour_is_whole(client, feed, planned):
    noon = planned(due_at=time(14))
    some_time = planned(1, family=None)

    found = events(client)

    begins = found[f"{noon.pk}@tilts"]["dtstart"]
    assert begins.params["TZID"] == "Europe/Riga"
    assert begins.dt.astimezone(UTC) == datetime(2026, 11, 12, 12, tzinfo=UTC)
    ends = found[f"{noon.pk}@tilts"]["dtend"].dt
    assert ends - begins.dt == timedelta(hours=1)
    whole = found[f"{some_time.pk}@tilts"]
    assert (whole["dtstart"].dt, whole["dtend"].dt) == (
        date(2026, 11, 13),
        date(2026, 11, 14),
    )
    assert whole["summary"] == "Tikšanās iestādē, Upesciema pamatskola"


def test_the_calendar_explains_its_time_zone_and_its_name(client, feed, planned):
    planned(due_at=time(14))

    calendar = Calendar.from_ical(fetch(client).content)

    zone = calendar.walk("VTIMEZONE")[0]
    assert str(zone["tzid"]) == "Europe/Riga"
    changes = {f"{rule['dtstart'].dt:%Y-%m}" for rule in zone.subcomponents}
    assert changes <= {"2026-10", "2027-03"}
    assert calendar["x-wr-calname"] == "Tilts"
    assert calendar["prodid"]
    assert calendar.errors == []


def test_the_same_step_keeps_its_id_and_says_when_it_changed(client, feed, planned):
    step = planned()
    before = events(client)
    with travel("2026-11-12 13:00+02:00", tick=False):
        step.due_on = TODAY + timedelta(days=7)
        step.save()
        after = events(client)

    uid = f"{step.pk}@tilts"
    assert before.keys() == after.keys() == {uid}
    assert after[uid]["last-modified"].dt == datetime(2026, 11, 12, 11, tzinfo=UTC)
    assert before[uid]["last-modified"].dt == datetime(2026, 11, 12, 10, tzinfo=UTC)
    assert after[uid]["dtstart"].dt == date(2026, 11, 19)


def test_it_holds_a_month_back_and_half_a_year_ahead(client, feed, planned, colleague):
    shown = [planned(days) for days in (-30, 180)]
    shown.append(planned(0, status="done"))
    for days in (-31, 181):
        planned(days)
    planned(0, status="dropped", drop_reason="other")
    planned(0, mediator=colleague)

    assert events(client).keys() == {f"{step.pk}@tilts" for step in shown}


def test_an_empty_plan_is_an_empty_calendar(client, feed):
    assert events(client) == {}


def test_nothing_keeps_a_copy_and_no_search_engine_lists_it(client, feed):
    response = fetch(client)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "no-referrer"


def test_every_reading_is_written_down(client, feed):
    fetch(client)

    entry = AuditEntry.objects.get(verb=Verb.LINK_VIEW)
    assert (entry.actor, entry.object_id) == (None, str(feed.pk))
    feed.refresh_from_db()
    assert feed.fetched_at == datetime(2026, 11, 12, 10, tzinfo=UTC)


def revoked(feed):
    CalendarFeed.objects.update(revoked_at=datetime(2026, 11, 1, tzinfo=UTC))


def appointment_over(feed):
    feed.mediator.appointments.update(ends_on=TODAY - timedelta(days=1))


def account_off(feed):
    feed.mediator.is_active = False
    feed.mediator.save()


@pytest.mark.parametrize("end", [revoked, appointment_over, account_off])
def test_an_address_that_ended_is_one_that_never_was(client, feed, end):
    assert fetch(client).status_code == 200
    end(feed)

    ended, unknown = fetch(client), fetch(client, "x" * 43)

    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert ended.content == unknown.content
    assert AuditEntry.objects.filter(verb=Verb.LINK_VIEW).count() == 1


def test_the_address_is_shown_once_and_only_its_hash_is_kept(client, mediator, planned):
    planned()
    client.force_login(mediator)

    page = client.post("/iestatijumi/kalendars/")

    path = page.context["address"].partition("/kalendars/")[2]
    token = path.removesuffix(".ics")
    assert len(token) == 43
    assert f'value="{page.context["address"]}"' in page.content.decode()
    assert CalendarFeed.objects.get().token_sha256 == hash_of(token)
    assert fetch(client, token).status_code == 200
    assert token not in client.get("/iestatijumi/").content.decode()
    entry = AuditEntry.objects.get(verb=Verb.CREATE)
    assert entry.object_type == "cases.calendarfeed"
    assert token not in str(entry.detail)


def test_a_new_address_ends_the_old_one(client, mediator, feed):
    client.force_login(mediator)

    client.post("/iestatijumi/kalendars/")

    assert fetch(client).status_code == 404
    assert CalendarFeed.objects.in_use().count() == 1


def test_the_calendar_is_switched_off_by_its_owner_alone(
    client, mediator, colleague, feed
):
    client.force_login(colleague)
    client.post("/iestatijumi/kalendars/izslegt/")
    assert fetch(client).status_code == 200

    client.force_login(mediator)
    client.post("/iestatijumi/kalendars/izslegt/")
    assert fetch(client).status_code == 404
    assert AuditEntry.objects.get(verb=Verb.WITHDRAW).actor == mediator.pk


def test_two_calendars_of_one_person_are_never_in_use(mediator, feed):
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeedFactory(mediator=mediator)


def test_the_settings_say_since_when_and_when_last_read(client, mediator, feed):
    fetch(client)
    client.force_login(mediator)

    page = client.get("/iestatijumi/").content.decode()

    assert "12.\N{NBSP}novembris" in page
    assert "12.00" in page
    assert "Izslēgt" in page


def test_only_mediators_are_offered_a_calendar(client, coordinator):
    client.force_login(coordinator)

    assert "/kalendars/" not in client.get("/iestatijumi/").content.decode()


def test_the_logs_do_not_show_the_secret(client, feed):
    [console] = [
        handler
        for handler in logging.root.handlers
        if any(isinstance(wanted, HideLinks) for wanted in handler.filters)
    ]
    before, lines = console.setStream(io.StringIO()), console.stream
    try:
        fetch(client, "y" * 43)
        logging.getLogger("django.server").info(
            '"%s" %s %s', f"GET /kalendars/{TOKEN}.ics HTTP/1.1", "200", "5316"
        )
    finally:
        lines = console.setStream(before)

    assert "/kalendars/…" in lines.getvalue()
    assert TOKEN not in lines.getvalue()
    assert "y" * 43 not in lines.getvalue()

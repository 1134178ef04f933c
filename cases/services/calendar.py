"""The plan of a mediator as a calendar: codes, institutions and kinds, never a name or text."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cases.models import CalendarFeed, NextStep
from mediators.models import User
from privacy import audit
from privacy.tokens import hash_of, new_token

BACK = timedelta(days=30)
AHEAD = timedelta(days=180)
LASTS = timedelta(hours=1)
"""How long a meeting with an hour is shown; nobody says when it ends."""
READ_AGAIN = timedelta(hours=1)


@transaction.atomic
def make_feed(*, by):
    """A new address in place of the old one; returns its secret, which is kept nowhere."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    _revoke(by)
    token = new_token()
    feed = CalendarFeed.objects.create(mediator=by, token_sha256=hash_of(token))
    audit.record(by, audit.Verb.CREATE, feed)
    return token


@transaction.atomic
def revoke_feed(*, by):
    """The address leads nowhere from now on."""
    _revoke(by)


def _revoke(mediator):
    for feed in CalendarFeed.objects.visible_to(mediator).in_use():
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        audit.record(mediator, audit.Verb.WITHDRAW, feed)


@transaction.atomic
def read_feed(feed):
    """The calendar as bytes; that a phone has read it is written down."""
    feed.fetched_at = timezone.now()
    feed.save(update_fields=["fetched_at"])
    with translation.override(feed.mediator.language):
        content = _calendar(feed.mediator).to_ical()
    audit.record(None, audit.Verb.LINK_VIEW, feed)
    return content


def new_calendar():
    """A calendar without events, as each one of Tilts begins."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tilts//Tilts//LV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Tilts")
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    return calendar


def day_event(uid, day, summary, address):
    """A whole day that keeps nobody from another appointment; ``address`` is where it is done."""
    event = Event()
    event.add("uid", uid)
    event.add("summary", summary)
    event.add("dtstamp", timezone.now())
    event.add("url", address)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _calendar(mediator):
    calendar = new_calendar()
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    today = timezone.localdate()
    for step in _steps(mediator, today):
        calendar.add_component(_event(step))
    # Otherwise every change of the clock since 1981
    calendar.add_missing_timezones(
        first_date=today - BACK, last_date=today + AHEAD + timedelta(days=1)
    )
    return calendar


def _steps(mediator, today):
    """What was not dropped, a month back and half a year ahead."""
    steps = NextStep.objects.visible_to(mediator).exclude(
        status=NextStep.Status.DROPPED
    )
    days = (today - BACK, today + AHEAD)
    return steps.filter(due_on__range=days).with_subject().by_time()


def _event(step):
    event = Event()
    event.add("uid", f"{step.pk}@tilts")
    event.add("summary", _summary(step))
    event.add("dtstamp", step.updated_at)
    event.add("last-modified", step.updated_at)
    event.add("class", "PRIVATE")
    event.add("url", settings.SITE_URL + _address_of(step))
    begins, ends = _span(step)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    if not step.due_at:
        event.add("transp", "TRANSPARENT")
    return event


def _address_of(step):
    """An open step can be moved; of one that is done there is the day's page."""
    if step.status == NextStep.Status.OPEN:
        return reverse("cases:step-move", args=[step.pk])
    return reverse("agenda:today")


def _summary(step):
    """“Tikšanās iestādē, Upesciema pamatskola, UPC-009”."""
    parts = [
        step.get_kind_display() or _("Next step"),
        step.institution and step.institution.name,
        step.family and step.family.code,
    ]
    return ", ".join(part for part in parts if part)


def _span(step):
    """A whole day, or an hour of the clock in Riga."""
    if not step.due_at:
        return step.due_on, step.due_on + timedelta(days=1)
    zone = timezone.get_default_timezone()
    begins = datetime.combine(step.due_on, step.due_at, zone)
    return begins, begins + LASTS

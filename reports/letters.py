"""What a letter of the morning says: months, dates and counts, no name and no number of a case.

A mediator hears two working days before a report is due, on the first one after, and
when it was given back. A coordinator hears when a report was handed in, and on the first
working day of each week what waits, what is late and which asks are due. Questions for
advice and stories are told to whoever is next, when they come and each week.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.models import Advice
from interface.latvian import long_date_dative, month_genitive
from mediators.models import COORDINATING, Appointment, Role, User
from municipalities.working_days import working_day_before, working_days_after
from reports import listing
from reports.models import Ask
from reports.periods import months_earlier
from reports.progress import progress
from reports.workflow import HANDED_IN, Status
from stories.models import Story

DAYS_BEFORE = 2
WEEK = timedelta(days=7)


def readers(today):
    """Everybody who may get a letter: who mediates, coordinates, leads or directs today."""
    roles = (Role.MEDIATOR, *COORDINATING, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)
    appointed = Appointment.objects.current(today).filter(role__in=roles)
    return User.objects.filter(
        pk__in=appointed.values("user"), is_active=True, receives_letters=True
    )


def sentences(user, today):
    """What waits for a person on a working day, in the language that is active."""
    return [
        *_to_write(user, today),
        *_to_review(user, today),
        *_about_advice(user, today),
        *_about_stories(user, today),
    ]


def _is_told_on(today, days):
    """What came on these days is told on the next working day, and again each week."""
    since = working_day_before(today)
    begins_week = since.isocalendar().week != today.isocalendar().week
    return bool(days) and (begins_week or any(since <= day < today for day in days))


def _about_advice(user, today) -> Iterator[str]:
    """That a question waits, told once and each Monday; that an answer came, told once."""
    since = working_day_before(today)
    asked = Advice.objects.waiting_for(user).values_list("asked_at", flat=True)
    days = [timezone.localdate(moment) for moment in asked]
    if _is_told_on(today, days):
        yield ngettext(
            "%(count)d question waits for your advice.",
            "%(count)d questions wait for your advice.",
            len(days),
        ) % {"count": len(days)}
    answered = Advice.objects.visible_to(user).filter(
        by=user, answered_at__date__gte=since, answered_at__date__lt=today
    )
    if count := answered.count():
        yield ngettext(
            "%(count)d question of yours was answered.",
            "%(count)d questions of yours were answered.",
            count,
        ) % {"count": count}


def _about_stories(user, today) -> Iterator[str]:
    """That a story waits, told once and each week; no word of it."""
    waiting = Story.objects.waiting_for(user).order_by()
    moments = waiting.annotate(last=Max("events__at")).values_list("last", flat=True)
    days = [timezone.localdate(moment) for moment in moments if moment]
    if _is_told_on(today, days):
        yield ngettext(
            "%(count)d story waits for you.",
            "%(count)d stories wait for you.",
            len(days),
        ) % {"count": len(days)}


def _to_write(user, today) -> Iterator[str]:
    since = working_day_before(today)
    for row in listing.own_months(user):
        if not row.is_open or row.month >= today.replace(day=1):
            continue
        report, month = row.report, capfirst(month_genitive(row.month))
        facts = {"month": month, "date": long_date_dative(row.due_on)}
        returned = report and report.status == Status.RETURNED and report.returned_at
        if returned and since <= timezone.localdate(returned) < today:
            yield _("%(month)s report was returned. Answer by %(date)s.") % facts
        elif working_days_after(today, DAYS_BEFORE) == row.due_on:
            yield _("%(month)s report is due by %(date)s.") % facts
        elif working_days_after(row.due_on, 1) == today:
            yield (
                _(
                    "%(month)s report was due by %(date)s. It can still be handed in; "
                    "if something stands in the way, call your coordinator."
                )
                % facts
            )


def _to_review(user, today) -> Iterator[str]:
    since = working_day_before(today)
    waiting = listing.waiting(user)
    is_new = any(since <= row.since < today for row in waiting)
    begins_week = since.isocalendar().week != today.isocalendar().week
    if waiting and (is_new or begins_week):
        yield ngettext(
            "%(count)d report waits for review, the first by %(date)s.",
            "%(count)d reports wait for review, the first by %(date)s.",
            len(waiting),
        ) % {
            "count": len(waiting),
            "date": long_date_dative(min(row.due_on for row in waiting)),
        }
    if begins_week:
        yield from _of_the_week(user, today)


def _of_the_week(user, today):
    places = user.municipalities_as(*COORDINATING)
    late = progress(places, [months_earlier(today.replace(day=1), 1)]).late
    if late:
        yield ngettext(
            "%(count)d report of last month has not been handed in yet.",
            "%(count)d reports of last month have not been handed in yet.",
            late,
        ) % {"count": late}
    asks = Ask.objects.open().filter(
        report__municipality__in=places, report__status__in=HANDED_IN
    )
    overdue = asks.filter(due_on__lt=today).count()
    due = asks.filter(due_on__gte=today, due_on__lt=today + WEEK).count()
    if due:
        yield ngettext(
            "%(count)d ask to the municipality is due this week.",
            "%(count)d asks to the municipality are due this week.",
            due,
        ) % {"count": due}
    if overdue:
        yield ngettext(
            "%(count)d ask to the municipality is overdue.",
            "%(count)d asks to the municipality are overdue.",
            overdue,
        ) % {"count": overdue}

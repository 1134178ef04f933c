"""The numbers of groups: events, attendances, different people, institutions.

People and attendances are two numbers and never one: whoever comes to four sessions is
four attendances and one person. No monthly report tells of events, so whether a month is
approved decides nothing here.
"""

from dataclasses import replace

from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import OF_PEOPLE, OF_SESSIONS, Event, Headcount
from reports.counting import Indicator, Source, Unit


def _narrowed(scope, rows, prefix=""):
    rows = rows.filter(**{f"{prefix}held_on__lte": timezone.localdate()})
    return replace(scope, approved_only=False).narrow(
        rows, days="held_on", prefix=prefix, area=f"{prefix}area"
    )


EVENTS = Source(
    what="events, sessions and series, by their first day",
    rows=lambda scope: _narrowed(scope, Event.objects.all()),
    municipality="municipality",
    day="held_on",
)
COUNTS = Source(
    what="counts of events, sessions and series, by their first day",
    rows=lambda scope: _narrowed(
        scope, Headcount.objects.with_only_sessions(), "event__"
    ),
    municipality="event__municipality",
    day="event__held_on",
)

GATHERED = (
    Indicator(
        "events",
        "I17",
        _("Events and sessions of groups"),
        _("Events and sessions that took place in the period."),
        Unit.EVENTS,
        EVENTS,
        Count("pk", filter=Q(is_series=False)),
    ),
    Indicator(
        "attendances",
        "I17A",
        _("Attendances of events"),
        _("All who came to the events and sessions; somebody counts at each anew."),
        Unit.ATTENDANCES,
        COUNTS,
        Sum("count", filter=OF_SESSIONS),
    ),
    Indicator(
        "participants",
        "I17P",
        _("Participants of events"),
        _(
            "Different people of each series, counted on its first day, and of each other "
            "event. A series for which nobody told how many people they were is left out. "
            "Somebody who took part in two of them counts twice."
        ),
        Unit.PARTICIPANTS,
        COUNTS,
        Sum("count", filter=OF_PEOPLE),
    ),
    Indicator(
        "represented",
        "I17I",
        _("Institutions at events"),
        _(
            "Different institutions represented at each series, counted on its first day, "
            "and at each other event. Of two series an institution counts twice."
        ),
        Unit.INSTITUTIONS,
        EVENTS,
        Sum("institutions_number", filter=Q(series=None)),
    ),
)

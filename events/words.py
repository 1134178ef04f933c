"""The numbers of an event in words, as the sources print them: “58 dalībnieki no 39 iestādēm”."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from interface.latvian import number

SESSION = "SESSION"


def participants(count):
    return ngettext("%(number)s participant", "%(number)s participants", count) % {
        "number": number(count)
    }


def attendances(count):
    return ngettext("%(number)s attendance", "%(number)s attendances", count) % {
        "number": number(count)
    }


def attendances_in(count, event):
    """“196 attendances in 11 sessions in 4 centres”; of seminars “on 8 occasions”."""
    if event.kind.code == SESSION:
        words = ngettext(
            "%(attendances)s in %(number)s session",
            "%(attendances)s in %(number)s sessions",
            event.session_count,
        )
    else:
        words = ngettext(
            "%(attendances)s on %(number)s occasion",
            "%(attendances)s on %(number)s occasions",
            event.session_count,
        )
    words %= {"attendances": attendances(count), "number": number(event.session_count)}
    if event.centre_count > 1:
        words = f"{words} {in_centres(event.centre_count)}"
    return words


def in_centres(count):
    return ngettext("in %(number)s centre", "in %(number)s centres", count) % {
        "number": number(count)
    }


def from_institutions(count):
    return ngettext(
        "from %(number)s institution", "from %(number)s institutions", count
    ) % {"number": number(count)}


def institutions_represented(count):
    return ngettext(
        "%(number)s institution represented",
        "%(number)s institutions represented",
        count,
    ) % {"number": number(count)}


def people_of(event):
    """How many different people, or None where nobody told it of a series of several."""
    if not event.is_series:
        return event.people_told or 0
    if event.people_told is not None:
        return event.people_told
    return event.attendances if event.session_count == 1 else None


def numbers_of(event):
    """“58 participants from 39 institutions”, of a series also its attendances.

    ``event`` comes from ``with_numbers``. A session of a series counts attendances, because
    its people are told of the whole. People and attendances stand apart, and are never
    added. “From” is said only where enough professionals are counted to come from as many
    institutions; else the institutions stand apart too.
    """
    parts, institutions = [], event.institutions_number
    if event.series_id:
        parts.append(attendances(event.attendances))
    elif (people := people_of(event)) is not None:
        parts.append(participants(people))
    if parts and 0 < institutions <= event.professionals:
        parts[0] = f"{parts[0]} {from_institutions(institutions)}"
    elif institutions:
        parts.append(institutions_represented(institutions))
    if event.is_series and event.session_count:
        parts.append(attendances_in(event.attendances, event))
    return ", ".join(parts) or _("No session yet.")


def people_fit(event):
    """Whether the different people told of a series can be true beside its sessions.

    They are no more than all attendances, and no fewer than came to one session.
    """
    if not event.is_series or event.people_told is None or not event.session_count:
        return True
    largest = max(row.attendances for row in event.sessions.held().with_numbers())
    return largest <= event.people_told <= event.attendances

"""The numbers of an event in words, as the sources print them: “58 dalībnieki no 39 iestādēm”."""

from django.utils.translation import ngettext


def participants(count):
    return ngettext("%(count)d participant", "%(count)d participants", count) % {
        "count": count
    }


def attendances(count):
    return ngettext("%(count)d attendance", "%(count)d attendances", count) % {
        "count": count
    }


def attendances_in(count, sessions):
    """“196 attendances in 11 sessions”."""
    return ngettext(
        "%(attendances)s in %(sessions)d session",
        "%(attendances)s in %(sessions)d sessions",
        sessions,
    ) % {"attendances": attendances(count), "sessions": sessions}


def from_institutions(count):
    return ngettext(
        "from %(count)d institution", "from %(count)d institutions", count
    ) % {"count": count}


def people_of(event):
    """How many different people, or None where nobody told it of a series of several."""
    if not event.is_series:
        return event.people_told or 0
    if event.people_told is not None:
        return event.people_told
    return event.attendances if event.session_count == 1 else None


def numbers_of(event):
    """“58 participants from 39 institutions”, of a series also its attendances.

    ``event`` comes from ``with_numbers``. People and attendances stand apart, and are
    never added.
    """
    parts, people = [], people_of(event)
    if people is not None:
        words = participants(people)
        if event.institutions_number:
            words = f"{words} {from_institutions(event.institutions_number)}"
        parts.append(words)
    elif event.institutions_number:
        parts.append(from_institutions(event.institutions_number))
    if event.is_series:
        parts.append(attendances_in(event.attendances, event.session_count))
    return ", ".join(parts)


def people_fit(event):
    """Whether the different people told of a series can be true beside its sessions.

    They are no more than all attendances, and no fewer than came to one session.
    """
    if not event.is_series or event.people_told is None or not event.session_count:
        return True
    largest = max(row.attendances for row in event.sessions.with_numbers())
    return largest <= event.people_told <= event.attendances

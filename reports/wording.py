"""What the first page says: the same words in the PDF, on the link page and in the mail.

Call it inside ``translation.override``: numbers choose their forms and months their
cases in the language that is active. A sentence is one text for the translator.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from interface import charts
from interface.latvian import (
    long_date_dative,
    long_date_locative,
    month_accusative,
    month_locative,
    month_name,
    number,
)

PLANS = 3
AREAS = 6
EXCERPT = 200
"""Characters of the best result and of the hardest on the first page."""
PLAN_EXCERPT = 90
"""Characters of each plan on the first page: three lines of a third of its width."""

LONGEST_NAME = 50
"""Characters of an institution's name, so that a plan stays one line."""


class KeyFigure(NamedTuple):
    """One of the four big numbers with what it counts, a comparison and six months."""

    value: str
    label: str
    note: str
    chart: SafeString


@dataclass(frozen=True)
class FrontPage:
    """The first page in the order of reading."""

    lead: SafeString
    figures: tuple[KeyFigure, ...]
    areas_title: str
    areas_chart: SafeString
    has_more_areas: bool
    best: str
    hardest: str
    plans: tuple[str, ...]


def front_page(snapshot):
    return FrontPage(
        lead=lead(snapshot),
        figures=tuple(key_figures(snapshot)),
        areas_title=takeaway(snapshot),
        areas_chart=charts.bars(
            [(row.label, row.entries) for row in snapshot.areas[:AREAS]],
            title=_("Log entries by area"),
        ),
        has_more_areas=len(snapshot.areas) > AREAS,
        best=excerpt(snapshot.text("positive")),
        hardest=excerpt(snapshot.text("hardest")),
        plans=tuple(
            Truncator(plan).chars(PLAN_EXCERPT) for plan in plans(snapshot)[:PLANS]
        ),
    )


def plans(snapshot):
    return next((part.lines for part in snapshot.sections if part.key == "plans"), [])


def planned_line(step):
    """“Tikšanās iestādē: Upesciema pamatskola, UPC-009, 12. novembrī”, without a name."""
    return _("%(kind)s: %(about)s, %(date)s") % {
        "kind": step.get_kind_display() or pgettext("next step", "Planned step"),
        "about": ", ".join(
            filter(
                None,
                [
                    Truncator(step.institution.name).chars(LONGEST_NAME),
                    step.family and step.family.code,
                ],
            )
        ),
        "date": long_date_locative(step.due_on),
    }


def excerpt(text):
    """Whole sentences from the beginning, as many as fit; a long first one is cut."""
    taken = ""
    for sentence in re.findall(r".+?(?:[.!?…]+(?=\s|$)|$)", " ".join(text.split())):
        if taken and len(taken) + len(sentence) > EXCERPT:
            break
        taken += sentence
    return Truncator(taken.strip()).chars(EXCERPT)


def lead(snapshot):
    """“Oktobrī mediatore strādāja ar 17 ģimenēm un palīdzēja atrisināt 5 jautājumus.”"""
    sentences = [_strong(_deeds(snapshot)), _decisions(len(snapshot.asks))]
    return format_html("{} <b>{}</b>", *sentences) if sentences[1] else sentences[0]


def _strong(sentence):
    """The words between asterisks in bold; the sentences hold numbers, no free text."""
    return mark_safe(re.sub(r"\*(.+?)\*", r"<b>\1</b>", sentence))  # noqa: S308


def _deeds(snapshot):
    families = snapshot.count("families")
    solved = snapshot.count("solved_cases")
    if not snapshot.count("entries"):
        sentence = _("In %(month)s the log holds no entry.")
    elif not families:
        sentence = _("In %(month)s the log holds %(entries)s, none about a family.")
    elif solved:
        sentence = _said_of(
            snapshot.mediator,
            pgettext(
                "feminine",
                "In %(month)s the mediator worked with *%(families)s* "
                "and helped to solve *%(solved)s*.",
            ),
            pgettext(
                "masculine",
                "In %(month)s the mediator worked with *%(families)s* "
                "and helped to solve *%(solved)s*.",
            ),
        )
    else:
        sentence = _said_of(
            snapshot.mediator,
            pgettext(
                "feminine", "In %(month)s the mediator worked with *%(families)s*."
            ),
            pgettext(
                "masculine", "In %(month)s the mediator worked with *%(families)s*."
            ),
        )
    return capfirst(
        sentence
        % {
            "month": month_locative(snapshot.first_day),
            "families": _worked_with(families),
            "solved": _solved(solved),
            "entries": _entries(snapshot.count("entries")),
        }
    )


def _said_of(person, feminine, masculine):
    return masculine if person.is_masculine else feminine


def _worked_with(count):
    return npgettext("worked with", "%(count)d family", "%(count)d families", count) % {
        "count": count
    }


def _solved(count):
    return npgettext(
        "helped to solve", "%(count)d matter", "%(count)d matters", count
    ) % {"count": count}


def _entries(count):
    return npgettext("holds", "%(count)d entry", "%(count)d entries", count) % {
        "count": count
    }


def _decisions(asks):
    """Small numbers are written as words, with their own endings."""
    return {
        0: "",
        1: _("A decision of the municipality is needed in one matter."),
        2: _("Decisions of the municipality are needed in two matters."),
        3: _("Decisions of the municipality are needed in three matters."),
    }[asks]


def takeaway(snapshot):
    """The finding of the chart: “Visbiežāk izglītība: 19 no 42 ierakstiem”."""
    if not snapshot.areas:
        return _("No log entries in this month")
    most = snapshot.areas[0].entries
    first = [row.label for row in snapshot.areas if row.entries == most]
    if len(first) > 2:
        return _("Log entries by area")
    entries = snapshot.count("entries")
    of_entries = npgettext(
        "out of", "of %(count)d entry", "of %(count)d entries", entries
    ) % {"count": entries}
    names = [label[:1].lower() + label[1:] for label in first]
    if len(names) == 2:
        sentence = _("Most often %(area)s and %(other)s: %(most)d each %(of_entries)s")
    else:
        sentence = _("Most often %(area)s: %(most)d %(of_entries)s")
    return sentence % {
        "area": names[0],
        "other": names[-1],
        "most": most,
        "of_entries": of_entries,
    }


def key_figures(snapshot):
    """Families, entries, hours and solved cases."""
    count = snapshot.count
    families, entries = count("families"), count("entries")
    hours, solved = count("hours"), count("solved_cases")
    yield KeyFigure(
        number(families),
        npgettext("figure", "family", "families", families),
        _before(snapshot, "families"),
        _six_months(snapshot, "families", _("Families")),
    )
    yield KeyFigure(
        number(entries),
        _("visits, meetings, calls"),
        _before(snapshot, "entries"),
        _six_months(snapshot, "entries", _("Log entries")),
    )
    yield KeyFigure(
        number(hours),
        npgettext("figure", "working hour", "working hours", _whole(hours)),
        _("%(contracted)s by contract, %(before)s")
        % {
            "contracted": number(snapshot.contracted_hours),
            "before": _before(snapshot, "hours"),
        },
        _six_months(snapshot, "hours", _("Working hours")),
    )
    yield KeyFigure(
        number(solved),
        npgettext("figure", "solved case", "solved cases", solved),
        _still_open(count("open_cases")),
        _six_months(snapshot, "solved_cases", _("Solved cases")),
    )


def _whole(value):
    """The number that chooses the form of the noun; with decimals it is the plural."""
    return int(value) if value == int(value) else 2


def _before(snapshot, key):
    """“septembrī 14”."""
    return pgettext("the month before", "%(value)s in %(month)s") % {
        "month": month_locative(snapshot.previous.first_day),
        "value": number(snapshot.previous.number(key)),
    }


def _still_open(count):
    return npgettext(
        "figure", "%(count)d case still open", "%(count)d cases still open", count
    ) % {"count": count}


def _six_months(snapshot, key, name):
    title = _("%(figure)s by month, %(first)s to %(last)s") % {
        "figure": name,
        "first": month_name(snapshot.trend[0].first_day),
        "last": month_name(snapshot.trend[-1].first_day),
    }
    return charts.mini_columns([row.number(key) for row in snapshot.trend], title=title)


def mail_subject(snapshot, *, is_reminder=False):
    """“Romu mediatores atskaite par oktobri: vajadzīgi 3 lēmumi”."""
    subject = _subject(snapshot)
    if snapshot.version > 1:
        subject = _("%(subject)s (version %(number)d)") % {
            "subject": subject,
            "number": snapshot.version,
        }
    if is_reminder:
        return _("Reminder: %(subject)s") % {"subject": subject}
    return subject


def _subject(snapshot):
    subject = _said_of(
        snapshot.mediator,
        pgettext("feminine", "The Roma mediator's report on %(month)s"),
        pgettext("masculine", "The Roma mediator's report on %(month)s"),
    ) % {"month": month_accusative(snapshot.first_day)}
    asks = len(snapshot.asks)
    if not asks:
        return subject
    return npgettext(
        "subject",
        "%(subject)s: %(count)d decision needed",
        "%(subject)s: %(count)d decisions needed",
        asks,
    ) % {"subject": subject, "count": asks}


def mail_sentences(snapshot, pages):
    """What happened, what is asked by when, how long it is to read."""
    if snapshot.version > 1:
        yield _("The report was corrected; this version replaces the earlier one.")
    families = snapshot.count("families")
    sentence = _said_of(
        snapshot.mediator,
        pgettext(
            "feminine",
            "The Roma mediator of %(place)s worked with %(families)s in %(month)s.",
        ),
        pgettext(
            "masculine",
            "The Roma mediator of %(place)s worked with %(families)s in %(month)s.",
        ),
    )
    if not families:
        sentence = _said_of(
            snapshot.mediator,
            pgettext(
                "feminine",
                "The report of the Roma mediator of %(place)s on %(month)s is ready.",
            ),
            pgettext(
                "masculine",
                "The report of the Roma mediator of %(place)s on %(month)s is ready.",
            ),
        )
    month = month_locative if families else month_accusative
    yield sentence % {
        "place": snapshot.place.genitive,
        "families": _worked_with(families),
        "month": month(snapshot.first_day),
    }
    yield _your_decisions(snapshot)
    yield npgettext(
        "report",
        "The report has %(count)d page, the main things are on the first.",
        "The report has %(count)d pages, the main things are on the first.",
        pages,
    ) % {"count": pages}


def _your_decisions(snapshot):
    asks = len(snapshot.asks)
    if not asks:
        return _("This month no decision of the municipality is needed.")
    sentence = {
        1: _("Your decision is needed in one matter"),
        2: _("Your decision is needed in two matters"),
        3: _("Your decision is needed in three matters"),
    }[asks]
    days = [ask.due_day for ask in snapshot.asks if ask.due_day]
    if not days:
        return f"{sentence}."
    first = (
        _("%(sentence)s, by %(date)s.")
        if asks == 1
        else _("%(sentence)s, the first by %(date)s.")
    )
    return first % {"sentence": sentence, "date": long_date_dative(min(days))}

"""What a chart shows, said in one sentence above it.

A sentence never says more than the numbers: few cases are counted, not called a
share, and a month that is not over is not compared.
"""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from cases.models import Area
from interface.latvian import is_latvian, number

MANY = 20
"""From so many on, a share says more than the count."""

AREA_IN = {
    Area.EDUCATION: pgettext_lazy("most of the work is in …", "education"),
    Area.SOCIAL: pgettext_lazy("most of the work is in …", "social matters"),
    Area.HOUSING: pgettext_lazy("most of the work is in …", "housing"),
    Area.HEALTH: pgettext_lazy("most of the work is in …", "health"),
    Area.EMPLOYMENT: pgettext_lazy("most of the work is in …", "employment"),
    Area.DOCUMENTS: pgettext_lazy("most of the work is in …", "documents"),
    Area.RIGHTS: pgettext_lazy("most of the work is in …", "legal rights"),
    Area.CULTURE: pgettext_lazy(
        "most of the work is in …", "culture and participation"
    ),
    Area.CHILDREN: pgettext_lazy(
        "most of the work is in …", "children's rights and family"
    ),
    Area.DISCRIMINATION: pgettext_lazy(
        "most of the work is in …", "anti-discrimination"
    ),
    Area.SAFETY: pgettext_lazy(
        "most of the work is in …", "public order and prevention"
    ),
    Area.MOBILITY: pgettext_lazy(
        "most of the work is in …", "leaving and returning from abroad"
    ),
    Area.ORGANISATION: pgettext_lazy("most of the work is in …", "work organisation"),
    Area.OTHER: pgettext_lazy("most of the work is in …", "other areas"),
}
"""Areas as they stand in the sentence; in Latvian in the locative."""


def regions(count):
    return ngettext("Work in %(count)s region", "Work in %(count)s regions", count) % {
        "count": count
    }


def place_in(place):
    """“Upesciema novadā”, to begin a clause with."""
    return place.locative_lv if is_latvian() else f"in {place.label_en}"


def compared(values, *, ends_with_work=False):
    """Positions of the two months that a direction is read from, or None.

    ``values``: of whole months. The first is the first that had any: work that had not
    begun has not grown. ``ends_with_work`` leaves out noughts at the end: a month that
    waits for its approval has not shrunk to nothing.
    """
    worked = [position for position, value in enumerate(values) if value]
    if not worked:
        return None
    last = worked[-1] if ends_with_work else len(values) - 1
    return (worked[0], last) if last > worked[0] else None


def families(rows):
    """Whether the number of families grows.

    ``rows``: (place, the first value and the last one, of months that are compared).
    """
    up = [place for place, first, last in rows if last > first]
    down = [place for place, first, last in rows if last < first]
    if not rows:
        return _("Families by month")
    if len(rows) == 1:
        return _direction_of_one(up, down)
    if up and len(down) == 1:
        return ngettext(
            "The number of families grows in %(count)s municipality and falls %(place)s",
            "The number of families grows in %(count)s municipalities and falls %(place)s",
            len(up),
        ) % {"count": len(up), "place": place_in(down[0])}
    if up and down:
        return _(
            "The number of families grows in some municipalities and falls in others"
        )
    if up:
        return ngettext(
            "The number of families grows in %(count)s municipality",
            "The number of families grows in %(count)s municipalities",
            len(up),
        ) % {"count": len(up)}
    if down:
        return ngettext(
            "The number of families falls in %(count)s municipality",
            "The number of families falls in %(count)s municipalities",
            len(down),
        ) % {"count": len(down)}
    return _("The number of families stays the same")


def _direction_of_one(up, down):
    if up:
        return _("The number of families grows")
    if down:
        return _("The number of families falls")
    return _("The number of families stays the same")


def areas(rows):
    """The area with most entries, and the second if it has at least half as many.

    ``rows``: (area, entries), the largest first.
    """
    if not rows:
        return _("Work by area")
    (first, most), *others = rows
    if others and 2 * others[0][1] >= most:
        return _("Most of the work is in %(area)s and in %(other)s") % {
            "area": AREA_IN[first],
            "other": AREA_IN[others[0][0]],
        }
    return _("Most of the work is in %(area)s") % {"area": AREA_IN[first]}


def cases(solved, total):
    """The share of solved cases in words, or the count when there are few."""
    if not total:
        return _("Cases by outcome")
    share = solved / total
    if total < MANY or share < 0.45:
        return _("Solved cases: %(solved)s of %(total)s") % {
            "solved": solved,
            "total": total,
        }
    if share < 0.5:
        return _("Almost half of the cases are solved")
    if share < 0.52:
        return _("Half of the cases are solved")
    if share < 2 / 3:
        return _("More than half of the cases are solved")
    return _("More than two thirds of the cases are solved")


def reports(progress):
    """How many reports are missing today."""
    if progress.late:
        return ngettext(
            "%(count)s report is late", "%(count)s reports are late", progress.late
        ) % {"count": progress.late}
    if progress.due:
        return _("All reports that were due are handed in")
    return _("No report is due yet")


def targets(on_course, total):
    """How many targets of the year are reached as far as the day allows."""
    if not total:
        return _("Targets of the year")
    return _("Targets on course: %(count)s of %(total)s") % {
        "count": on_course,
        "total": total,
    }


def asks(fulfilled, total):
    """How many of the asks the municipalities fulfilled."""
    if not total:
        return _("Asks to municipalities")
    return _("Fulfilled asks to municipalities: %(fulfilled)s of %(total)s") % {
        "fulfilled": fulfilled,
        "total": total,
    }


def hours(worked, contracted):
    """The hours of all together, beside those of the contracts."""
    if not contracted:
        return _("Hours beside the contract")
    return _("Hours of work: %(worked)s of the %(contracted)s of the contracts") % {
        "worked": number(worked),
        "contracted": number(contracted),
    }


def answers(days):
    """In how many working days half of the answers are there; None without answers."""
    if days is None:
        return _("Answers of institutions")
    if not days:
        return _("Half of the answers come on the same day")
    return ngettext(
        "Half of the answers come within %(days)s working day",
        "Half of the answers come within %(days)s working days",
        days if days == int(days) else 2,
    ) % {"days": number(Decimal(str(days)))}

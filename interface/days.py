"""Days that nobody can mean: refused where a form asks, passed over where an address says so.

What happens in the work itself is near; contracts, plans and where a family lived may be
far from today.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from interface.latvian import full_date

EARLIEST = date(2010, 1, 1)
"""Before the first project with mediators: an earlier day is a slip of the finger."""
FURTHEST_AHEAD = timedelta(days=2 * 366)
FIRST_YEAR = 1990
"""Nothing that is written down here is older."""
YEARS_AHEAD = 20
FIRST_MONTH = date(2000, 1, 1)
"""No page of a month goes back further, whatever its address says."""


def month_in_address(text, latest):
    """The first day of “2026-10”, within ``FIRST_MONTH`` and ``latest``.

    ``latest`` is the first day of a month; it is also meant by what names no month.
    """
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        return latest
    return max(min(month, latest), FIRST_MONTH)


def is_near_enough(day):
    """Refuses a day before the first project, or more than two years ahead."""
    latest = timezone.localdate() + FURTHEST_AHEAD
    if not EARLIEST <= day <= latest:
        raise ValidationError(
            _("Check the year: choose a day from %(first)s to %(last)s"),
            code="year",
            params={"first": full_date(EARLIEST), "last": full_date(latest)},
        )


def has_come(day):
    """Refuses a day after today: what is told has happened."""
    if day > timezone.localdate():
        raise ValidationError(_("The date cannot be in the future"), code="future")


def has_a_likely_year(day):
    """Refuses a day before 1990 or more than twenty years ahead."""
    if not FIRST_YEAR <= day.year <= timezone.localdate().year + YEARS_AHEAD:
        message = _("Look at the year: it can hardly be %(year)s.")
        raise ValidationError(message, code="year", params={"year": day.year})


def check_order(form, first, last):
    """From the ``clean`` of a form: says at ``last`` when its day is before that of ``first``."""
    begin, end = (form.cleaned_data.get(name) for name in (first, last))
    if begin and end and end < begin:
        form.add_error(last, _("The last day is before the first day."))


def has_not_passed(day):
    """Refuses a day before today: what is planned is still ahead."""
    if day < timezone.localdate():
        raise ValidationError(_("This day is over."), code="past")

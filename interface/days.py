"""Days that nobody can mean: one rule, as validators of the fields that ask for a day."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

FIRST_YEAR = 1990
"""Nothing that is written down here is older; an earlier year is a slip of the finger."""
YEARS_AHEAD = 20


def has_come(day):
    """Refuses a day after today: what is told has happened."""
    if day > timezone.localdate():
        raise ValidationError(_("The date cannot be in the future"), code="future")


def has_a_likely_year(day):
    """Refuses a day before 1990 or more than twenty years ahead."""
    if not FIRST_YEAR <= day.year <= timezone.localdate().year + YEARS_AHEAD:
        message = _("Look at the year: it can hardly be %(year)s.")
        raise ValidationError(message, code="year", params={"year": day.year})


def has_not_passed(day):
    """Refuses a day before today: what is planned is still ahead."""
    if day < timezone.localdate():
        raise ValidationError(_("This day is over."), code="past")

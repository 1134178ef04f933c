"""The whole months that somebody looks at or takes out."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from interface.latvian import month_name, month_year
from municipalities.working_days import last_day, next_month

CODE = re.compile(
    r"(?P<year>2\d{3})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
)


class NotAPeriod(ValueError):
    """The text names neither a year nor a quarter nor a month."""


def months_earlier(month, count):
    """The first day of the month ``count`` months before."""
    number = month.year * 12 + month.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


@dataclass(frozen=True)
class Period:
    """From the first day of a month to the last day of the same or a later one."""

    first: date
    last: date

    @classmethod
    def parse(cls, code):
        """“2026”, “2026-Q3” or “2026-10”."""
        found = CODE.fullmatch(code)
        if found is None:
            raise NotAPeriod(code)
        year = int(found["year"])
        if found["quarter"]:
            return cls.quarter_of(date(year, 3 * int(found["quarter"]), 1))
        if found["month"]:
            month = date(year, int(found["month"]), 1)
            return cls.between(month, month)
        return cls.of_year(year)

    @classmethod
    def between(cls, first_month, last_month):
        """Both months included; in whichever order they come."""
        first_month, last_month = sorted([first_month, last_month])
        return cls(first_month.replace(day=1), last_day(last_month))

    @classmethod
    def quarter_of(cls, day):
        first = day.replace(month=(day.month + 2) // 3 * 3 - 2, day=1)
        return cls.between(first, months_earlier(first, -2))

    @classmethod
    def of_year(cls, number):
        """Also one that no address may name: before 2000 lies what others are put beside."""
        return cls.between(date(number, 1, 1), date(number, 12, 1))

    @property
    def length(self):
        """The number of months."""
        years = self.last.year - self.first.year
        return years * 12 + self.last.month - self.first.month + 1

    @property
    def months(self):
        """The first days of all its months."""
        months = [self.first]
        while len(months) < self.length:
            months.append(next_month(months[-1]))
        return months

    @property
    def months_so_far(self):
        """Its months without those that have not begun."""
        today = timezone.localdate()
        return [month for month in self.months if month <= today]

    @property
    def is_year(self):
        """A year of the calendar."""
        return self.length == 12 and self.first.month == 1

    @property
    def is_named(self):
        """A month, a quarter or a year, and no other stretch."""
        return "/" not in self.code

    @property
    def before(self):
        """As many months just before it."""
        first = months_earlier(self.first, self.length)
        return Period(first, self.first - timedelta(days=1))

    @property
    def a_year_before(self):
        """The same months of the year before."""
        last = months_earlier(self.last, 12)
        return Period.between(months_earlier(self.first, 12), last)

    @property
    def is_over(self):
        return self.last < timezone.localdate()

    @property
    def code(self):
        """What ``parse`` reads, or “2026-02/2026-05” for any other stretch."""
        year, month = self.first.year, self.first.month
        if self.length == 1:
            return f"{self.first:%Y-%m}"
        if self.length == 3 and month % 3 == 1:
            return f"{year}-Q{(month + 2) // 3}"
        if self.is_year:
            return f"{year}"
        return f"{self.first:%Y-%m}/{self.last:%Y-%m}"

    @property
    def code_in_a_file_name(self):
        return self.code.replace("/", "_")

    @property
    def label(self):
        """“2026. gada 3. ceturksnis”, in the language that is active."""
        if self.length == 1:
            return month_year(self.first)
        if "Q" in self.code:
            year, quarter = self.code.split("-Q")
            return _("Quarter %(quarter)s of %(year)s") % {
                "quarter": quarter,
                "year": year,
            }
        if self.code.isdigit():
            return _("Year %(year)s") % {"year": self.code}
        if self.first.year == self.last.year:
            return _("%(first)s–%(last)s %(year)s") % {
                "first": month_name(self.first),
                "last": month_name(self.last),
                "year": self.first.year,
            }
        return f"{month_year(self.first)} – {month_year(self.last)}"

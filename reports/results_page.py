"""The results page without its filters: what it is asked for, and what is counted for it.

The page that somebody opens and the worker that counts a large log ahead make it alike.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cached_property, partial
from itertools import takewhile

from django.conf import settings
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from interface.latvian import clock, full_date
from municipalities.models import Municipality
from reports.counting import Scope
from reports.further import further
from reports.indicators import compute
from reports.learned import LEARNED, supervised
from reports.periods import Period
from reports.place_map import place_map
from reports.regions import regions
from reports.results import results
from reports.spreadsheet_text import csv_cell
from reports.surveys import answered
from reports.targets import plans
from reports.told import Told

ABOUT_FAMILIES = ("targets", "families", "cases", "answers", "regions")
"""Tables whose numbers may point at somebody."""
TOLD_ONCE = ("targets", "families", "cases", "regions")
"""Those of them that repeat what was told of their days first (ADR 0021)."""


@dataclass(frozen=True)
class Counted:
    """What was counted for a page: two parts in HTML, and its files of CSV.

    ``tables`` gives for each name a function of its rows, as they stand in the file:
    the table, an empty row, and below it as of when it is.
    """

    about: str
    panels: str
    tables: dict
    places: list
    as_of: datetime


@dataclass(frozen=True)
class ResultsPage:
    """What a page is asked for, in words that a task can be handed.

    ``place`` is the slug of a municipality, empty for the whole project; ``is_chosen``
    says that it was chosen in the filter, and has no page of its own here. ``sees_all``
    and ``is_in_charge`` say for whom: who sees all municipalities, and who may know of
    hours and surveys.
    """

    first: str
    last: str
    place: str = ""
    is_chosen: bool = False
    area: str = ""
    approved_only: bool = False
    sees_all: bool = True
    is_in_charge: bool = True

    @classmethod
    def of(cls, period, *, place=None, **asked):
        first, last = f"{period.first:%Y-%m}", f"{period.last:%Y-%m}"
        return cls(first, last, place=place.slug if place else "", **asked)

    @property
    def key(self):
        """The same for the same page on the same day, in one language and release."""
        told = [asdict(self), get_language(), f"{timezone.localdate()}"]
        words = json.dumps([*told, settings.VERSION], sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()

    @property
    def period(self):
        return Period.between(
            *(date.fromisoformat(f"{month}-01") for month in (self.first, self.last))
        )

    @cached_property
    def chosen(self):
        """The municipality, or None for all of them."""
        return Municipality.objects.get(slug=self.place) if self.place else None

    @cached_property
    def places(self):
        """All municipalities, or the one with what became part of it."""
        everything = Municipality.objects.all()
        if not self.chosen:
            return everything
        return everything.filter(pk=self.chosen.pk).with_predecessors()

    @property
    def scope(self):
        return Scope(
            self.period.first,
            self.period.last,
            self.places,
            area=self.area or None,
            approved_only=self.approved_only,
        )

    def counted(self):
        """Count everything anew."""
        found = results(self.scope, self._plans)
        more = further(
            self.scope,
            found.places,
            merged=found.merged,
            # The lead mediator is a colleague and sees nobody's working time
            worked=found.hours if self.is_in_charge else None,
        )
        by_region = None if self.chosen else regions(self.scope, found.places)
        tables = self._tables(found, more, by_region)
        # A panel asks for the address of its file even where it may not leave the team
        files = defaultdict(str, {name: self._address(name) for name in tables})
        context = {
            "results": found,
            "further": more,
            "files": files,
            "map": None if self.chosen else _map(found),
            "regions": by_region,
            "answered": self._answered,
            "learned": self._learned,
            "supervised": self._supervised,
            "place": None if self.is_chosen else self.chosen,
        }
        return Counted(
            render_to_string("reports/partials/_results_about.html", context),
            render_to_string("reports/partials/_results_panels.html", context),
            tables,
            [place.slug for place in found.places],
            found.as_of,
        )

    @property
    def _is_part(self):
        """A target is one for all areas of work, and stands beside all that was done."""
        return bool(self.area) or self.approved_only

    @property
    def _plans(self):
        return [] if self._is_part else plans(self.period, self.chosen)

    @property
    def _answered(self):
        """The survey of the period, for those who may open its page."""
        if self._is_part or not self.is_in_charge:
            return None
        mine = self.places.filter(slug=self.place) if self.chosen else None
        return answered(self.period, place=self.chosen, places=mine)

    @property
    def _learned(self):
        """Training belongs to no area and is in no report."""
        return None if self._is_part else compute(self.scope, LEARNED)

    @property
    def _supervised(self):
        """Of the whole project alone, and not for colleagues of those who had it."""
        if self._is_part or self.chosen or not self.is_in_charge:
            return None
        return supervised(self.period)

    def _tables(self, found, more, by_region):
        """The tables that may leave the team.

        Those about families do so in one shape alone: whoever sees all municipalities
        takes out all of them, of a month, a quarter or a year that is over, whether its
        reports are approved or not. The parts, or the same a week later, would tell by
        subtraction what a table hides. How institutions answered is told of a year, not
        of its quarters too.
        """
        period = self.period
        is_whole = period.is_over and period.is_named
        is_whole = is_whole and not (self.sees_all and self.is_chosen)
        is_whole = is_whole and not self.approved_only
        tables = found.tables | more.tables
        # Numbers about families of one area could be taken from the whole
        if by_region and by_region.rows and not self.area:
            tables["regions"] = by_region.table
        return {
            name: partial(_cells, table, found.as_of, name in TOLD_ONCE)
            for name, table in tables.items()
            if (is_whole or name not in ABOUT_FAMILIES)
            and (name != "answers" or period.code.isdigit())
        }

    def _address(self, name):
        """Where a table of the page can be had as a file."""
        query = QueryDict(mutable=True)
        if self.period.is_named:
            query["period"] = self.period.code
        else:
            query["first"], query["last"] = self.first, self.last
        if self.is_chosen:
            query["municipality"] = self.place
        if self.area:
            query["area"] = self.area
        if self.approved_only:
            query["approved"] = "on"
        query["csv"] = name
        return f"?{query.urlencode()}"


def _map(found):
    """Where in the country the families live with whom mediators worked."""
    rows = [(row.place, row.different) for row in found.families.rows]
    return place_map(rows, title=_("Different families, by municipality"))


def rows_of_numbers(rows):
    """How many rows of a file stand between its heading and the empty row below the table."""
    table = list(takewhile(bool, rows))
    return len(table) - 1


def _cells(table, as_of, is_told_once):
    told = Told()
    rows = list(table(told) if is_told_once else table())
    moment = {"date": full_date(as_of), "time": clock(as_of)}
    below = [_("Data as of %(date)s at %(time)s.") % moment]
    below += [str(told.at)] if told.at else []
    return [
        [csv_cell(value) for value in row] for row in (*rows, [], *([w] for w in below))
    ]

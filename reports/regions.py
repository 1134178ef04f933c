"""The work of the regions side by side, for who supports the mediators of all (R003)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Prefetch
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cases.models import Advice
from interface import charts
from interface.latvian import latvian_order
from municipalities.models import Region
from reports import findings
from reports.indicators import BY_KEY, compute_by_region
from reports.models import ReportSection
from reports.periods import Period
from reports.reach import mediating

COUNTED = tuple(BY_KEY[key] for key in ("families", "entries", "solved_cases"))
ENTRIES = COUNTED[1]
TOLD = ("positive", "hardest")
"""Sections in which a report speaks of successes and difficulties."""


@dataclass(frozen=True)
class RegionRow:
    """One region: how many mediate, and what was done there."""

    region: Region
    places: list[int]
    """Keys of its municipalities in use."""
    mediators: int
    values: list[Decimal | int]
    bar: SafeString
    questions: int
    """Questions for advice that nobody has answered yet, of whatever day."""


@dataclass(frozen=True)
class Regions:
    """All regions with work in the period, in Latvian order: nobody is ranked."""

    period: Period
    rows: list[RegionRow]

    @property
    def indicators(self):
        return COUNTED

    @property
    def finding(self):
        return findings.regions(len(self.rows))

    def table(self, told):
        """A count of families or cases is told where that of each municipality is told.

        Questions that wait today belong to no period and stay in the team.
        """
        yield [_("Region"), _("Mediators"), *(str(i.label) for i in COUNTED)]
        for row in self.rows:
            shown = (
                told.together(indicator, row.places, self.period, value)
                for indicator, value in zip(COUNTED, row.values, strict=True)
            )
            yield [str(row.region), row.mediators, *(one.cell for one in shown)]


def regions(scope, shown):
    """Count it for the municipalities ``shown``, which are those of ``scope`` in use."""
    counted = compute_by_region(scope, COUNTED)
    places = defaultdict(list)
    for place in shown:
        places[place.region_id].append(place.pk)
    people = mediating(scope.period).filter(municipality__in=scope.municipalities)
    by_region = people.order_by().values_list("municipality__region")
    mediators = dict(by_region.annotate(n=Count("user", distinct=True)))
    waiting = Advice.objects.open().order_by()
    by_region = waiting.values_list("case__municipality__region")
    questions = dict(by_region.annotate(n=Count("pk")))
    most = max((cell[ENTRIES.key] for cell in counted.values()), default=0)
    found = Region.objects.filter(pk__in=places)
    return Regions(
        scope.period,
        [
            RegionRow(
                region,
                places[region.pk],
                mediators.get(region.pk, 0),
                [counted.get(region.pk, {}).get(i.key, i.value(0)) for i in COUNTED],
                charts.bar(counted.get(region.pk, {}).get(ENTRIES.key, 0), most),
                questions.get(region.pk, 0),
            )
            for region in sorted(found, key=lambda row: latvian_order(str(row)))
        ],
    )


def told_in(region, period, reports):
    """Of ``reports`` the approved ones of a region and period, the newest first.

    Each has its sections about successes and difficulties as ``told``.
    """
    sections = ReportSection.objects.filter(key__in=TOLD)
    return (
        reports.approved()
        .filter(municipality__region=region, month__range=(period.first, period.last))
        .select_related("municipality")
        .prefetch_related(Prefetch("sections", sections, to_attr="told"))
        .order_by("-month", "municipality__label_lv", "desk")
    )

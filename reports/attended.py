"""How many came to an event or session, by kind of participants, as it may be told.

Each event is protected by itself, so that it is told the same in whichever document.
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from events.models import Event, Headcount
from events.models.event import OF_FAMILIES
from families.models import AgeBand, Sex
from reports.small_numbers import Shown, protected

AT_ONCE = 500
"""So many events are held at a time, of a year of a whole country."""


@dataclass(frozen=True)
class Counted:
    """How many of one kind of participants: category, sex, age, origin."""

    category: str
    is_of_families: bool
    position: int
    sex: str
    age_band: str
    origin: str

    @classmethod
    def of(cls, row):
        return cls(
            str(row.category),
            row.category.code in OF_FAMILIES,
            row.category.position,
            row.sex,
            row.age_band,
            str(row.from_municipality or row.from_region or ""),
        )

    @property
    def sex_label(self):
        return "" if self.sex == Sex.UNKNOWN else str(Sex(self.sex).label)

    @property
    def age_label(self):
        is_known = self.age_band != AgeBand.UNKNOWN
        return str(AgeBand(self.age_band).label) if is_known else ""


@dataclass(frozen=True)
class Counts:
    """Counts as they are told: ``rows`` by ``Counted``, and their ``total``.

    ``left_out`` says of how many events or sessions the total tells nothing.
    """

    rows: dict[Counted, Shown]
    total: Shown
    left_out: int = 0

    @property
    def by_category(self):
        """``[(category, count)]``; where part of one is not told, neither is its sum."""
        groups = defaultdict(list)
        for key, cell in sorted(self.rows.items(), key=lambda item: item[0].position):
            groups[key.category].append(cell)
        return [(name, sum_of(cells)) for name, cells in groups.items()]


def sum_of(cells):
    """One count is itself; a sum is told where all its parts are."""
    if len(cells) == 1:
        return cells[0]
    return Shown(
        sum(cell.value for cell in cells),
        is_held_back=not all(cell.is_open for cell in cells),
    )


def told_together(cells):
    """``Counts`` of the totals of several events or sessions: the sum of those that are told.

    It says nothing that a reader could not add up from them, so no small one is in it.
    """
    told = [cell.value for cell in cells if cell.is_open]
    if len(told) == len(cells) or not any(told):
        return Counts({}, sum_of(cells))
    return Counts({}, Shown(sum(told)), len(cells) - len(told))


def _summed(rows):
    counts = defaultdict(int)
    for row in rows:
        counts[Counted.of(row)] += row.count
    return counts


def protected_counts(groups):
    """``Counts`` of each group and of all together; no small one can be worked out.

    Each group is protected by itself, so that it is told the same beside whichever others
    a document holds; of all together the sum of those that are told.
    """
    each = [_protected_by_itself(rows) for rows in groups]
    by_key = defaultdict(list)
    for counts in each:
        for key, cell in counts.rows.items():
            by_key[key].append(cell)
    rows = {key: sum_of(by_key[key]) for key in sorted(by_key, key=_order)}
    together = told_together([counts.total for counts in each])
    return [*each, replace(together, rows=rows)]


def _protected_by_itself(rows):
    sums = _summed(rows)
    keys = sorted((key for key in sums if sums[key]), key=_order)
    if not keys:
        return Counts({}, Shown(0))
    *cells, total = protected([[sums[key] for key in keys]]).totals
    return Counts(dict(zip(keys, cells, strict=True)), total)


def all_told(groups):
    sums = [_summed(rows) for rows in groups]
    together = defaultdict(int)
    for one in sums:
        for key, count in one.items():
            together[key] += count
    return [
        Counts(
            {key: Shown(one[key], is_safe=True) for key in sorted(one, key=_order)},
            Shown(sum(one.values()), is_safe=True),
        )
        for one in [*sums, together]
    ]


def _order(key):
    return (key.position, key.category, key.sex, key.age_band, key.origin)


def with_hidden_counts(period):
    """``{(key of the municipality or None, first day of the month)}`` of the days of events
    of which not all is told.

    No indicator with such an event in it is told: what the others have is in the register.
    """
    rows = Prefetch(
        "headcounts",
        Headcount.objects.select_related(
            "category", "from_municipality", "from_region"
        ),
        to_attr="counted",
    )
    events = Event.objects.filter(held_on__range=(period.first, period.last))
    events = events.select_related("municipality").prefetch_related(rows)
    return {
        (_told_under(event.municipality), event.held_on.replace(day=1))
        for event in events.iterator(chunk_size=AT_ONCE)
        if event.counted and not protected_counts([event.counted])[0].total.is_open
    }


def _told_under(place):
    return place and (place.successor_id or place.pk)

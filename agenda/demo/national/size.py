"""How much there is of everything, in the proportion of the volume Tilts is designed for.

1,500 mediators with 60,000 families write a million entries and 20,000 reports a year, for
ten years. A smaller log has fewer mediators with as much work each; a larger one has more
years. The last twelve months are the same at every size, so that a page of today shows as
much as ever and what it costs tells of the rest of the database alone.
"""

from dataclasses import dataclass
from itertools import accumulate, pairwise

MEDIATORS, ENTRIES = 1500, 1_000_000
FAMILIES_OF_EACH = 40
MUNICIPALITIES = 42
YEARS, MOST_YEARS = 3, 10
A_MONTH = 40
"""Entries of a mediator in each of the last twelve months, as in the small demo."""
LATELY = 0.72
"""The most that the last twelve months hold of a log."""
ENTRIES_TO_A_REPORT = 50


@dataclass(frozen=True)
class Size:
    """Of a log of so many entries."""

    entries: int

    @property
    def mediators(self):
        return max(1, min(MEDIATORS, round(self.entries * MEDIATORS / ENTRIES)))

    @property
    def municipalities(self):
        return min(MUNICIPALITIES, self.mediators)

    @property
    def families(self):
        return self.mediators * FAMILIES_OF_EACH

    @property
    def years(self):
        return min(MOST_YEARS, max(YEARS, round(self.entries / ENTRIES)))

    @property
    def months(self):
        return 12 * self.years

    @property
    def entries_of_each(self):
        """How many entries each mediator writes."""
        return spread(self.entries, [1] * self.mediators)

    def by_month(self, entries, shares):
        """A mediator's entries divided among months, of which ``shares`` have passed."""
        lately = min(A_MONTH, entries * LATELY / sum(shares[-12:]))
        earlier = max(entries - lately * sum(shares[-12:]), 0) / len(shares[:-12])
        weights = [earlier for _share in shares[:-12]]
        return spread(entries, weights + [lately * share for share in shares[-12:]])

    @property
    def reports_of_each(self):
        """Months of each mediator that were handed in, the last ones."""
        wanted = round(self.entries / self.mediators / ENTRIES_TO_A_REPORT)
        return max(1, min(wanted, self.months - 1))


def spread(total, weights):
    """Whole numbers in the proportion of the weights that are the total together."""
    sums = [0, *accumulate(weights)]
    ends = [round(total * part / sums[-1]) for part in sums]
    return [end - begin for begin, end in pairwise(ends)]

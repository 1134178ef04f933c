"""From pairs of times to medians, ratios, and whether a goal holds."""

from dataclasses import dataclass, field
from statistics import median


@dataclass
class Taken:
    """All times of one workload on one database, in seconds."""

    database: str
    rows: int
    tree: str
    pairs: list = field(default_factory=list)
    queries: int = 0

    @property
    def ms(self):
        return 1000 * median(pair[0] for pair in self.pairs)

    @property
    def floor_ms(self):
        return 1000 * median(pair[1] for pair in self.pairs)

    @property
    def ratio(self):
        return self.ms / self.floor_ms


def judged(workload, takes):
    """One row for each thing that has a goal; ``ratio`` is what is compared with it.

    A ratio for a floor or the smallest log, a number of statements, or milliseconds.
    """
    smallest = {}
    for one in sorted(takes, key=lambda one: one.rows):
        smallest.setdefault(one.database, one)
        about = {
            "database": one.database,
            "rows": one.rows,
            "ms": round(one.ms, 2),
            "floor_ms": round(one.floor_ms, 2),
            "queries": one.queries,
        }
        name = workload["name"]
        yield _row(name, one.ratio, workload["goal"], about)
        if workload["most_ms"]:
            yield _row(f"{name}: ms", one.ms, workload["most_ms"], about)
        if workload["most_queries"]:
            yield _row(f"{name}: queries", one.queries, workload["most_queries"], about)
        first = smallest[one.database]
        if first is not one:
            growth = one.ms / first.ms
            yield _row(
                f"{name}: growth", growth, _most_growth(workload, one.rows), about
            )


def _most_growth(workload, rows):
    return next((most for size, most in workload["growth"] if rows <= size), None)


def _row(name, ratio, goal, about):
    holds = None if goal is None else ratio <= goal
    return {"workload": name, **about, "ratio": round(ratio, 2), "goal": goal} | {
        "holds": holds
    }


def compared(workload, takes):
    """Of each database: how the time of this tree compares with that of the other."""
    for one in takes:
        if one.tree:
            continue
        [other] = [
            old
            for old in takes
            if old.tree and (old.database, old.rows) == (one.database, one.rows)
        ]
        yield {
            "workload": workload["name"],
            "database": one.database,
            "rows": one.rows,
            "ms": round(one.ms, 2),
            "before_ms": round(other.ms, 2),
            "queries": one.queries,
            "queries_before": other.queries,
            "ratio": round(one.ms / other.ms, 2),
        }


def table(heads, rows):
    """A Markdown table; numbers at the right."""
    lines = [heads, [":--" if not n else "--:" for n, _ in enumerate(heads)]]
    lines += [[_cell(row.get(head)) for head in heads] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    return (
        ""
        if value is None
        else f"{value:,}"
        if isinstance(value, int | float)
        else value
    )

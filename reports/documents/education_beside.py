"""What tables of education tell beside each other: some rows are about the same children.

Whoever is at a kindergarten is on a level before school, so a kindergarten of 6 and a level
of 5 would give away that 1 is on the other level. A reader knows such pairs without us, so
their rows are held back as if they were written in one table.
"""

from dataclasses import replace

from families.models import AgeBand, Division, GroupType
from reports.small_numbers import held_back

SAME_CHILDREN = (
    (
        *(Division.LEVEL, Division.TYPE),
        (("PRESCHOOL_EARLY", "PRESCHOOL_OBL"), ("PII", "PII_24H")),
        (("VOCATIONAL",), ("VOCATIONAL",)),
        (("HIGHER",), ("UNIVERSITY",)),
    ),
    (
        *(Division.LEVEL, Division.AGE),
        (("PRESCHOOL_EARLY",), (AgeBand.A00_02, AgeBand.A03_04)),
        (("PRESCHOOL_OBL",), (AgeBand.A05_06,)),
        (("BASIC_1_3", "BASIC_4_6"), (AgeBand.A07_12,)),
    ),
    (*(Division.TYPE, Division.PROGRAMME), (("SCHOOL_SPECIAL",), ("SPECIAL_SCHOOL",))),
    (
        *(Division.TYPE, Division.GROUP),
        (("PII_24H",), (GroupType.ALL_DAY,)),
        (("SCHOOL_BOARDING",), (GroupType.BOARDING,)),
    ),
)
"""``(one table, another, *(rows of the one, rows of the other))``: as a reader takes them."""
DIVISIONS = {"age_band": Division.AGE}
"""Keys of tables of single children that are called otherwise than the division."""


def told_beside(tables):
    """The same tables, each with the values that it holds back because of another."""
    found = {DIVISIONS.get(table.key, table.key): table for table in tables}
    held = {
        (key, value)
        for key, table in found.items()
        for value, _label, cell in table.told[0]
        if cell.is_held_back
    }
    pairs = [pair for pair in SAME_CHILDREN if pair[0] in found and pair[1] in found]
    before = None
    while held != before:
        before = set(held)
        for one, other, *groups in pairs:
            held |= _held_in(found[one], found[other], (one, other), groups, held)
    return [
        replace(table, held=frozenset(value for at, value in held if at == key))
        for key, table in found.items()
    ]


def _held_in(one, other, keys, groups, held):
    """Both tables as one network: children of the first go by their group to the second."""
    values = [{row[0] for row in table.rows} for table in (one, other)]
    # Rows that the other table does not have are compared with nothing
    groups = [
        pair
        for pair in groups
        if all(
            not there.isdisjoint(rows) for there, rows in zip(values, pair, strict=True)
        )
    ]
    cells, ends = {}, {}
    for side, (key, table) in enumerate(zip(keys, (one, other), strict=True)):
        for value, _label, number in table.rows:
            group = next(
                (n for n, pair in enumerate(groups) if value in pair[side]), ""
            )
            cells[key, value] = number
            nodes = (("table", 0), ("group", group)), (("group", group), ("table", 1))
            ends[key, value] = nodes[side]
    lines = [
        # No row of a line is the sum of the others
        [*(cell for cell in cells if node in ends[cell]), None]
        for node in {node for pair in ends.values() for node in pair}
    ]
    return held_back(cells, lines, ends, held={cell for cell in held if cell in cells})

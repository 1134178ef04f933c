"""Tables of education are not combined: kindergarten and level are about the same children."""

from itertools import product

import pytest

from families.models import Division
from municipalities.models import Vocabulary
from reports.documents.education import education_statistics
from tests.factories import (
    EducationRecordFactory,
    FamilyFactory,
    TermFactory,
    YearlyCountFactory,
)

pytestmark = pytest.mark.django_db
MOST = 30
LEVELS = ("PRESCHOOL_EARLY", "PRESCHOOL_OBL", "BASIC_1_3")
TYPES = ("PII", "SCHOOL_PRIMARY")


def vocabulary():
    """``{code: term}`` of the levels and types that the tests name."""
    return {
        (kind, code): TermFactory(vocabulary=kind, code=code)
        for kind, codes in (
            (Vocabulary.EDU_LEVEL, LEVELS),
            (Vocabulary.INSTITUTION_TYPE, TYPES),
        )
        for code in codes
    }


def learn(municipality, early, obligatory, school):
    terms = vocabulary()
    for level, number in zip(LEVELS, (early, obligatory, school), strict=True):
        kind = "SCHOOL_PRIMARY" if level == "BASIC_1_3" else "PII"
        for _child in range(number):
            EducationRecordFactory(
                family=FamilyFactory(municipality=municipality),
                school_year=2026,
                level=terms[Vocabulary.EDU_LEVEL, level],
                institution_type=terms[Vocabulary.INSTITUTION_TYPE, kind],
            )


def possible(cell, least):
    """What a reader thinks a cell may be who takes a dot for ``least`` or more."""
    if cell.is_open:
        return [cell.value]
    return range(1, 5) if not cell.is_held_back else range(least, MOST)


def left_after_calculation(tables, least):
    """``{code: numbers}`` of each level that agree with all that is told."""
    shown = {
        key: {value: cell for value, _label, cell in tables[key].told[0]}
        for key in (Division.LEVEL, Division.TYPE)
    }
    totals = {key: tables[key].told[1].value for key in shown}
    found = {code: set() for code in shown[Division.LEVEL]}
    kindergartens = [
        dict(zip(shown[Division.TYPE], numbers, strict=True))["PII"]
        for numbers in product(
            *(possible(cell, least) for cell in shown[Division.TYPE].values())
        )
        if sum(numbers) == totals[Division.TYPE]
    ]
    for numbers in product(
        *(possible(cell, least) for cell in shown[Division.LEVEL].values())
    ):
        levels = dict(zip(shown[Division.LEVEL], numbers, strict=True))
        before_school = levels["PRESCHOOL_EARLY"] + levels["PRESCHOOL_OBL"]
        if sum(numbers) == totals[Division.LEVEL] and before_school in kindergartens:
            for code, number in levels.items():
                found[code].add(number)
    return found


@pytest.mark.parametrize("least", [1, 5])
@pytest.mark.parametrize(
    "numbers", [(5, 1, 12), (9, 2, 9), (1, 7, 14), (12, 4, 6), (6, 3, 19), (2, 2, 17)]
)
def test_few_before_school_are_not_found_by_taking_them_from_the_kindergarten(
    municipality, numbers, least
):
    learn(municipality, *numbers)

    tables = {one.key: one for one in education_statistics(municipality, 2026).learning}

    left = left_after_calculation(tables, least)
    for code, number in zip(LEVELS, numbers, strict=True):
        # Where a dot stands for a few, whoever takes it for five or more finds nothing
        if number < 5 and number in left[code]:
            assert left[code] >= {1, 2, 3, 4}
    assert least == 5 or all(map(left.get, LEVELS))


def test_numbers_that_others_counted_are_held_back_beside_each_other_too(municipality):
    vocabulary()
    for division, value, number in (
        (Division.LEVEL, "PRESCHOOL_EARLY", 5),
        (Division.LEVEL, "PRESCHOOL_OBL", 1),
        (Division.LEVEL, "BASIC_1_3", 12),
        (Division.TYPE, "PII", 6),
        (Division.TYPE, "SCHOOL_PRIMARY", 12),
    ):
        YearlyCountFactory(
            municipality=municipality,
            school_year=2026,
            division=division,
            value=value,
            number=number,
        )

    [counted] = education_statistics(municipality, 2026).counted

    assert left_after_calculation(counted.tables, 5)["PRESCHOOL_OBL"] >= {1, 2, 3, 4}


def test_without_few_children_nothing_is_held_back(municipality):
    learn(municipality, 6, 7, 8)

    for table in education_statistics(municipality, 2026).learning:
        assert all(cell.is_open for _value, _label, cell in table.told[0])

"""Whoever holds every document that ever left the team finds no small number in them."""

import csv
import io
import random
from datetime import UTC, date, datetime

import numpy as np
import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from scipy.optimize import linprog

from cases.models import Achievement
from mediators.models import Role
from municipalities.models import Municipality
from reports.documents.framework import framework
from reports.documents.municipality import summary
from reports.documents.project import evaluation
from reports.indicators import BY_KEY, INDICATORS, compute, compute_by_place_and_month
from reports.periods import Period
from reports.reach import scope_of
from reports.services.telling import tell_due
from reports.told import Told
from reports.told_year import ALL
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    MunicipalityFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.by_chance import log_by_chance

pytestmark = [pytest.mark.django_db, pytest.mark.once]

YEAR = Period.parse("2026")
SEASON = Period.between(date(2026, 2, 1), date(2026, 5, 1))
PERIODS = [
    *(YEAR, SEASON, Period.parse("2026-Q1")),
    Period.between(date(2026, 1, 1), date(2026, 6, 1)),
    *(Period.parse(f"2026-0{number}") for number in (2, 8)),
]
ADD_UP = ("new_cases", "solved_cases", "enrolled", "jobs", "incidents", "attendances")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2027, 1, 15, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def staff(db):
    return UserFactory(role=Role.PROJECT_STAFF)


class Heap:
    """``{(indicator, place, period): {what documents say}}``; of all together ``ALL``."""

    def __init__(self):
        self.said = {}

    def add(self, key, place, period, text):
        text = str(text).replace("\xa0", "")
        self.said.setdefault((key, place, period), set()).add(text)

    def of(self, key):
        return {
            (place, period): next(iter(texts))
            for (of, place, period), texts in self.said.items()
            if of == key
        }


def everything(client, staff, read, periods):
    """What is said of families by the API, summaries, evaluations, the framework, files."""
    tell_due()
    heap, places = Heap(), list(Municipality.objects.all())
    about = {i.key for i in INDICATORS if i.is_about_families}
    by_slug = {place.slug: place.pk for place in places} | {None: ALL}
    client.force_login(staff)
    for period in periods:
        for place in places:
            for row in summary(place, period).indicators:
                heap.add(row.indicator.key, place.pk, period, row.now)
                heap.add(row.indicator.key, place.pk, period.before, row.before)
        found = evaluation(staff, period, {})
        for place, numbers in [
            (ALL, found.total),
            *((c.place.pk, c) for c in found.cities),
        ]:
            heap.add("families", place, period, numbers.families)
            heap.add("solved_cases", place, period, numbers.solved)
            heap.add("open_cases", place, period, numbers.open)
        for row in framework(period).rows:
            heap.add(row.indicator.key, ALL, period, row.value)
        if period.is_named:
            read_files(client, heap, period, {str(p): p.pk for p in places})
            for row in read("results", period=period.code)["rows"]:
                if row["indicator"] in about:
                    month = row["month"] and Period.parse(row["month"])
                    text = row["hidden"] or row["value"]
                    place = by_slug[row["municipality"]]
                    heap.add(row["indicator"], place, month or period, text)
    heap.said = {cell: texts for cell, texts in heap.said.items() if cell[0] in about}
    return heap


def read_files(client, heap, period, by_name):
    def rows(name):
        response = client.get(
            reverse("reports:results"), {"period": period.code, "csv": name}
        )
        text = response.content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        return rows[: rows.index([])]

    head, *lines = rows("families")
    months = [Period.parse(text) for text in head[1:-1]]
    for name, *cells in lines:
        for part, text in zip([*months, period], cells, strict=True):
            heap.add("families", by_name.get(name, ALL), part, text)
    for name, solved, opened, _share in rows("cases")[1:]:
        heap.add("solved_cases", by_name.get(name, ALL), period, solved)
        heap.add("open_cases", by_name.get(name, ALL), period, opened)


@pytest.fixture
def periods(so_many):
    return PERIODS[: max(so_many(len(PERIODS)), 3)]


@pytest.fixture
def heap(client, staff, read, periods, so_many):
    log_by_chance()
    chance = random.Random(6)
    for _number in range(max(so_many(3), 1)):
        family = FamilyFactory(municipality=MunicipalityFactory())
        for month in YEAR.months:
            few = chance.choice([0, 1, 2, 3, 6, 7])
            CaseFactory.create_batch(few, family=family, opened_on=month)
    return everything(client, staff, read, periods)


def narrowed(told, known):
    """``(cells told as “<5”, those a reader narrows to fewer than four values)``.

    ``known`` are counts of months by ``(place, month)`` that the reader has anyway.
    """
    places = sorted({place for place, _period in told if place is not ALL})
    names = [(place, month) for place in places for month in YEAR.months]

    def line(place, period):
        of = places if place is ALL else [place]
        return np.array([float(p in of and m in period.months) for p, m in names])

    lines = {
        cell: line(*cell) for cell in told if set(cell[1].months) <= set(YEAR.months)
    }
    equal = [(lines[c], float(told[c])) for c in lines if told[c] not in ("<5", "•")]
    equal += [(line(p, Period.between(m, m)), n) for (p, m), n in known.items()]
    least = [lines[c] for c in lines if told[c] in ("<5", "•")]
    few = [cell for cell in lines if told[cell] == "<5"]
    at_most = [(-one, -1.0) for one in least] + [(lines[c], 4.0) for c in few]
    own = {place for place, _month in known}
    few = [c for c in few if not own or c[0] not in (*own, ALL)]
    found = []
    for cell in few:
        ends = [
            linprog(
                sign * lines[cell],
                A_eq=np.array([row for row, _n in equal]),
                b_eq=[n for _row, n in equal],
                A_ub=np.array([row for row, _n in at_most]),
                b_ub=[n for _row, n in at_most],
            )
            for sign in (1, -1)
        ]
        if -ends[1].fun - ends[0].fun < 3 - 1e-6:
            found.append((cell, ends[0].fun, -ends[1].fun))
    return few, found


@pytest.mark.slow
def test_all_documents_together_say_the_same_and_give_no_small_count_away(heap):
    """Neither to somebody outside, nor to a municipality that has the exact numbers of
    its own reports."""
    assert {c: texts for c, texts in heap.said.items() if len(texts) > 1} == {}
    assert sum("<5" in texts for texts in heap.said.values()) > 100
    assert sum("•" in texts for texts in heap.said.values()) > 100
    seen = 0
    for key in ADD_UP:
        few, found = narrowed(heap.of(key), {})
        assert found == [], key
        seen += len(few)
    assert seen > 10
    exact = compute_by_place_and_month(scope_of(YEAR, None))
    for own in Municipality.objects.values_list("pk", flat=True):
        for key in ADD_UP:
            known = {
                (own, month): exact.get((own, month), {}).get(key, 0)
                for month in YEAR.months
            }
            assert narrowed(heap.of(key), known)[1] == [], (own, key)


@pytest.mark.slow
def test_what_was_told_is_told_the_same_after_a_correction(
    client, staff, read, heap, periods
):
    row = Achievement.objects.filter(what__code="EMP_JOB_OBTAINED").first()
    before = {cell: set(texts) for cell, texts in heap.said.items()}
    Achievement.objects.filter(pk=row.pk).delete()
    place = Municipality.objects.first()
    for month in YEAR.months:
        VisitFactory(
            municipality=place,
            visited_on=month,
            families_named=[FamilyFactory(municipality=place)],
        )

    after = everything(client, staff, read, periods)

    assert {c for c in before if after.said[c] != before[c]} == set()


def visit(mediator, day, families):
    return VisitFactory(
        mediator=mediator,
        municipality=families[0].municipality,
        visited_on=day,
        families_named=families,
    )


def families_of(municipality, first, last):
    """What is told of the families of a stretch, by its first and last month."""
    tell_due()
    period, families = Period.between(first, last), BY_KEY["families"]
    count = compute(scope_of(period, None), [families])["families"]
    return str(Told().value(families, municipality.pk, period, count))


def test_a_stretch_is_told_where_the_months_it_is_made_of_are(municipality, mediator):
    families = [FamilyFactory(municipality=municipality) for _number in range(9)]
    visit(mediator, date(2025, 12, 2), families[:1])
    for month in (3, 4):
        visit(mediator, date(2026, month, 2), families)

    assert families_of(municipality, date(2026, 2, 1), date(2026, 5, 1)) == "9"
    assert families_of(municipality, date(2025, 12, 1), date(2026, 4, 1)) == "•"


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(1, 8, id="a month less than nine"),
        pytest.param(3, 4, id="a month more than one"),
        pytest.param(8, 12, id="two months more than a quarter"),
    ],
)
def test_different_families_are_not_told_of_a_stretch_near_a_fixed_shape(
    municipality, mediator, first, last
):
    families = [FamilyFactory(municipality=municipality) for _number in range(9)]
    for month in range(1, 13):
        visit(mediator, date(2026, month, 2), families)

    assert families_of(municipality, date(2026, first, 1), date(2026, last, 1)) == "•"


def test_the_families_of_one_month_are_not_what_two_stretches_differ_by(
    municipality, mediator
):
    families = [FamilyFactory(municipality=municipality) for _number in range(10)]
    for month in range(1, 13):
        visit(mediator, date(2026, month, 2), families[: 9 + (month == 6)])

    def told_until(month):
        return families_of(municipality, date(2026, 2, 1), date(2026, month, 1))

    assert told_until(5) == "9"
    assert told_until(7) == "•"
    assert told_until(8) == "10"
    assert told_until(5) == "9"


def test_no_stretch_tells_what_was_corrected_after_its_months(municipality, mediator):
    families = [FamilyFactory(municipality=municipality) for _number in range(9)]
    visit(mediator, date(2026, 3, 2), families)
    tell_due()
    late = FamilyFactory(municipality=municipality)

    visit(mediator, date(2025, 12, 2), [late])

    assert families_of(municipality, date(2025, 12, 1), date(2026, 4, 1)) == "9"


def test_a_month_is_told_from_the_15th_day_after_it(municipality, mediator):
    for _number in range(6):
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            visited_on=date(2026, 12, 3),
            families_named=[FamilyFactory(municipality=municipality)],
        )
    december, families = Period.parse("2026-12"), BY_KEY["families"]

    def told():
        tell_due()
        with translation.override("en"):
            return str(Told().value(families, municipality.pk, december, 6))

    assert told() == "6"
    with time_machine.travel(datetime(2027, 1, 14, 20, tzinfo=UTC), tick=False):
        assert told() == "•"

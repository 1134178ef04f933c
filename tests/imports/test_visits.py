"""Entries from a list go through the very form of the log."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from cases.models import Area, Visit
from imports.models import Import
from tests.factories import (
    AppointmentFactory,
    ClosedMonthFactory,
    ConsentFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    VisitFactory,
)
from tests.imports.lists import cells_blamed, text_of

HEADINGS = ("Ģimene", "Datums", "Veids", "Minūtes", "Joma", "Iestāde", "Piezīmes")
DAY = timezone.localdate() - timedelta(days=3)


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )


@pytest.fixture
def school(municipality):
    return InstitutionFactory(municipality=municipality, name="Upesciema pamatskola")


@pytest.fixture
def bring_visits(bring):
    return lambda *rows: bring(HEADINGS, *rows, kind="visits")


def test_a_row_becomes_an_entry_with_all_that_it_says(
    bring, confirm, family, school, mediator
):
    person = InstitutionContactFactory(institution=school, name="Ilze Kalniņa")
    bring(
        (*HEADINGS, "Darbinieks"),
        (
            *("karklinu gimene", DAY.strftime("%d.%m.%Y"), "mājas apmeklējums", 45),
            *(
                "izglītība; mājoklis",
                "UPESCIEMA pamatskola",
                "Runājām.",
                "Ilze Kalniņa",
            ),
        ),
        kind="visits",
    )
    confirm(1)

    visit = Visit.objects.get()
    assert (visit.mediator, visit.visited_on, visit.minutes) == (mediator, DAY, 45)
    assert (visit.kind, visit.note) == ("home_visit", "Runājām.")
    assert (visit.institution, visit.contact) == (school, person)
    assert list(visit.families.all()) == [family]
    assert visit.area_choices == [Area.EDUCATION, Area.HOUSING]
    assert visit.code == f"UPC-{DAY:%y}-0001"
    assert visit.told_in is None


@pytest.mark.parametrize(
    "day",
    [DAY.isoformat(), f"{DAY:%d.%m.%Y}.", DAY, datetime.combine(DAY, time()),
     (DAY - date(1899, 12, 30)).days],
)  # fmt: skip
@pytest.mark.parametrize("minutes", ["45", 45.0, "0:45", time(0, 45)])
def test_days_and_times_are_understood_however_the_sheet_keeps_them(
    bring_visits, family, day, minutes
):
    page = bring_visits(("UPC-001", day, "Zvans", minutes, "Mājoklis", None, None))

    assert cells_blamed(page) == []
    assert f"{DAY:%d.%m.%Y}." in text_of(page)


def test_what_the_form_refuses_is_refused_with_its_cell(
    bring_visits, family, school, municipality, mediator
):
    withdrawn = FamilyFactory(
        municipality=municipality, mediator=mediator, label="Liepas"
    )
    ConsentFactory(
        family=withdrawn, recorded_by=mediator, withdrawn_on=timezone.localdate()
    )
    tomorrow = timezone.localdate() + timedelta(days=1)
    home, kind = "Mājas apmeklējums", "Tikšanās iestādē"
    rows = [
        ("UPC-001", tomorrow, home, 45, "Mājoklis", None, None),
        ("UPC-001", DAY, "vizīte", 45, "Mājoklis", None, None),
        ("UPC-001", DAY, home, 0, "Mājoklis", None, None),
        ("UPC-001", DAY, home, 45, "mājoklis, laime", None, None),
        ("UPC-001", DAY, kind, 45, "Mājoklis", None, None),
        ("UPC-001", DAY, home, 45, "Mājoklis", "Nav tādas", None),
        ("UPC-001", DAY, home, 45, "Mājoklis", None, "161175-19997"),
        ("Nezināmi", DAY, home, 45, "Mājoklis", None, None),
        ("Liepas", DAY, home, 45, "Mājoklis", None, None),
        ("UPC-001", date(2019, 1, 1), home, 45, "Mājoklis", None, None),
        ("UPC-001", "31.02.2026", home, 45, "Mājoklis", None, None),
        ("UPC-001", DAY, home, 45, "#REF!", None, None),
        ("UPC-001", DAY, home, 45, "Mājoklis", None, "a" * 32_767),
    ]

    page = bring_visits(*rows)

    assert cells_blamed(page) == [
        *("B2", "C3", "D4", "E5", "F6", "F7", "G8", "A9", "A10", "B11", "B12"),
        *("E13", "G14"),
    ]
    assert "piekrišanu ir atsaukusi" in text_of(page)


def test_the_same_list_twice_or_longer_adds_only_what_is_new(
    bring_visits, confirm, family
):
    row = ("UPC-001", DAY, "Zvans", 15, "Mājoklis", None, None)
    other = ("UPC-001", DAY, "Mājas apmeklējums", 60, "Mājoklis", None, None)
    bring_visits(row)
    confirm(1)

    page = bring_visits(other, row)
    assert "1 rinda jau ir sarakstā" in text_of(page)
    confirm(1)

    assert Visit.objects.count() == 2


def test_a_like_entry_is_left_out_until_somebody_says_there_were_two(
    bring_visits, confirm, family, mediator, municipality
):
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        kind="call",
        visited_on=DAY,
        code="UPC-26-7777",
    )
    row = ("UPC-001", DAY, "Zvans", 15, "Mājoklis", None, None)

    page = bring_visits(row, row)

    assert "UPC-26-7777" in text_of(page)
    assert "kā faila 2. rindā" in text_of(page)
    confirm(0, anyway=[2])
    assert Visit.objects.count() == 2


def test_entries_of_a_month_that_was_handed_in_are_late_ones_and_stay(
    bring_visits, confirm, client, family, mediator, municipality
):
    month = DAY.replace(day=1)
    ClosedMonthFactory(mediator=mediator, municipality=municipality, month=month)
    bring_visits(("UPC-001", DAY, "Zvans", 15, "Mājoklis", None, None))
    confirm(1)
    visit = Visit.objects.get()
    assert visit.told_in > month

    ClosedMonthFactory(
        mediator=mediator, municipality=municipality, month=visit.told_in
    )
    page = client.post(f"/ielasit/{Import.objects.get().pk}/atcelt/", follow=True)

    assert visit.code in text_of(page)
    assert Visit.objects.exists()


def test_undone_entries_can_be_imported_again(bring_visits, confirm, client, family):
    row = ("UPC-001", DAY, "Zvans", 15, "Mājoklis", None, None)
    bring_visits(row)
    confirm(1)
    client.post(f"/ielasit/{Import.objects.get().pk}/atcelt/")
    assert not Visit.objects.exists()

    bring_visits(row)
    confirm(1)

    assert Visit.objects.count() == 1


def test_a_list_is_checked_by_the_same_few_questions_however_long_it_is(
    bring_visits, family, django_assert_max_num_queries, municipality, mediator
):
    AppointmentFactory(user=mediator, municipality=municipality)
    rows = [
        ("UPC-001", DAY, "Zvans", minutes, "Mājoklis", None, None)
        for minutes in range(1, 41)
    ]

    with django_assert_max_num_queries(75):
        bring_visits(*rows)

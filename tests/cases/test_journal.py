"""The journal: own entries, month by month."""

from datetime import date

import pytest
from time_machine import travel

from privacy.models import AuditEntry, Verb
from tests.factories import VisitFactory


@pytest.fixture(autouse=True)
def _twelfth_of_november():
    with travel("2026-11-12 12:00+02:00"):
        yield


@pytest.fixture
def logged(mediator, municipality):
    def visit(day, **fields):
        return VisitFactory(
            mediator=mediator, municipality=municipality, visited_on=day, **fields
        )

    return visit


@pytest.fixture
def journal(client, mediator):
    client.force_login(mediator)

    def get(**query):
        return client.get("/ieraksti/", query)

    return get


def shown(response):
    return [
        visit for _day, visits, _sum in response.context["days"] for visit in visits
    ]


def test_entries_stand_under_their_days_with_sums(journal, logged):
    first = logged(date(2026, 11, 2), minutes=30)
    second = logged(date(2026, 11, 10), minutes=60)
    third = logged(date(2026, 11, 10), minutes=45)

    response = journal()

    assert response.context["days"] == [
        (date(2026, 11, 10), [third, second], 105),
        (date(2026, 11, 2), [first], 30),
    ]
    assert (response.context["count"], response.context["minutes"]) == (3, 135)


def test_each_month_has_its_page(journal, logged):
    october = logged(date(2026, 10, 31))
    november = logged(date(2026, 11, 1))

    assert shown(journal()) == [november]
    response = journal(menesis="2026-10")
    assert shown(response) == [october]
    assert response.context["later"] == date(2026, 11, 1)
    assert response.context["earlier"] == date(2026, 9, 1)


@pytest.mark.parametrize("month", ["", "2026", "oktobris", "2027-05", "\x00"])
def test_a_month_that_makes_no_sense_is_the_present_one(journal, month):
    assert journal(menesis=month).context["month"] == date(2026, 11, 1)


def test_no_month_before_two_thousand_is_looked_for(journal):
    context = journal(menesis="0001-01").context

    assert (context["month"], context["earlier"]) == (date(2000, 1, 1), None)


def test_an_empty_month_of_the_past_is_told_as_it_is(journal):
    def said(**query):
        page = journal(**query).content.decode().replace("\N{NO-BREAK SPACE}", " ")
        _before, *after = page.split('<div class="empty">')
        return after[0].partition("</div>")[0]

    november, january = said(), said(menesis="2024-01")

    assert "Šomēnes vēl nav ierakstu." in november
    assert "/ieraksti/jauns/" in november
    assert "2024. gada janvārī ierakstu nav." in january
    assert "/ieraksti/jauns/" not in january
    narrowed = said(menesis="2024-01", veids="call")
    assert "2024. gada janvārī tādu ierakstu nav." in narrowed


def test_filters_narrow_by_kind_area_and_family(journal, logged, family):
    call = logged(date(2026, 11, 2), kind="call", areas=["health", "social"])
    visit = logged(date(2026, 11, 3), family=family)

    assert shown(journal(veids="call")) == [call]
    assert shown(journal(joma="social")) == [call]
    assert shown(journal(gimene=family.code)) == [visit]
    assert shown(journal(veids="home_visit", joma="health")) == []


@pytest.mark.parametrize("name", ["veids", "joma", "gimene"])
def test_a_filter_that_does_not_exist_filters_nothing(journal, logged, name):
    logged(date(2026, 11, 2))

    assert len(shown(journal(**{name: "\x00"}))) == 1


def test_the_links_to_other_months_keep_the_filters(journal, logged):
    page = journal(veids="call").content.decode()

    assert "?menesis=2026-10&amp;veids=call" in page


def test_entries_of_colleagues_are_not_mine(journal, colleague, municipality, family):
    VisitFactory(mediator=colleague, municipality=municipality, family=family)

    assert shown(journal()) == []


def test_opening_the_journal_is_audited(journal):
    journal(menesis="2026-10", joma="housing")

    assert AuditEntry.objects.get(verb=Verb.LIST).detail == {
        "month": "2026-10",
        "filters": ["joma"],
        "count": 0,
    }


def test_the_journal_costs_the_same_with_one_entry_and_with_three(
    journal, logged, family, teacher, django_assert_num_queries
):
    def fill(count):
        for _n in range(count):
            logged(
                date(2026, 11, 2),
                family=family,
                contact=teacher,
                institution=teacher.institution,
            )

    fill(1)
    with django_assert_num_queries(QUERIES):
        journal()
    fill(2)
    with django_assert_num_queries(QUERIES):
        journal()


QUERIES = 12

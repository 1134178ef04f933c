"""The mediator's first page: late, today, soon, and the month so far."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from time_machine import travel

from agenda.nearest import A_KIND, FEW
from privacy.models import AuditEntry, Verb
from tests.factories import (
    AppointmentFactory,
    ConsentFactory,
    FamilyFactory,
    InstitutionFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    NextStepFactory,
    VisitFactory,
)
from tests.held_rows import held_rows

URL = "/sodien/"
TODAY = date(2026, 11, 12)


@pytest.fixture(autouse=True)
def _thursday_the_twelfth_of_november():
    with travel("2026-11-12 12:00+02:00"):
        yield


@pytest.fixture
def family(municipality, mediator):
    family = FamilyFactory(
        municipality=municipality, mediator=mediator, label="Bērziņi"
    )
    ConsentFactory(family=family)
    return family


@pytest.fixture
def promised(municipality, mediator, family):
    """Promises steps, with nothing else to do: October is handed in."""
    MonthlyReportFactory(
        mediator=mediator, municipality=municipality, status="submitted"
    )

    def step(days, **fields):
        given = {"family": family, "mediator": mediator} | fields
        return NextStepFactory(
            municipality=municipality, due_on=TODAY + timedelta(days=days), **given
        )

    return step


@pytest.fixture
def page(client, mediator):
    client.force_login(mediator)

    def get(**query):
        return client.get(URL, query)

    return get


def steps(group):
    return [row.step for row in group.rows]


def test_steps_stand_under_late_today_and_soon(page, promised):
    today, late, soon = promised(0), promised(-2), promised(4)
    promised(0, status="done")
    promised(-1, status="dropped", drop_reason="other")

    context = page().context

    assert steps(context["late"]) == [late]
    assert steps(context["now"]) == [today]
    assert steps(context["soon"]) == [soon]


def test_the_oldest_comes_first_and_what_has_an_hour_before_what_has_none(
    page, promised
):
    some_time, noon = promised(0), promised(0, due_at=time(12))
    yesterday, long_ago = promised(-1), promised(-20)

    context = page().context

    assert steps(context["late"]) == [long_ago, yesterday]
    assert steps(context["now"]) == [noon, some_time]


def test_five_late_and_three_coming_steps_are_shown_until_all_are_asked_for(
    page, promised
):
    for days in range(1, 8):
        promised(days)
        promised(-days)

    context, everything = page().context, page(visas="1").context

    assert [len(context[name].rows) for name in ("late", "soon")] == [5, 3]
    assert [context[name].count for name in ("late", "soon")] == [7, 7]
    assert [len(everything[name].rows) for name in ("late", "soon")] == [7, 7]
    assert "vēl 2" in page().content.decode()
    assert "vēl 2" not in page(visas="1").content.decode()


def test_of_many_families_without_consent_no_more_are_read_than_are_shown(
    page, promised, municipality, mediator, monkeypatch
):
    for _n in range(A_KIND * 2 + 4):
        FamilyFactory(
            municipality=municipality,
            mediator=mediator,
            started_on=TODAY - timedelta(days=30),
        )
    late, today = promised(-1), promised(0)

    with held_rows() as held:
        opened = page()
    pages = [page(visas=number).context["late"] for number in "123"]

    assert held.most <= FEW + 1
    group = opened.context["late"]
    assert (len(group.rows), group.count, group.to_ask) == (5, 65, 59)
    assert steps(opened.context["now"]) == [today]
    assert "tostarp 59 ģimenes, kurām jālūdz piekrišana" in opened.content.decode()
    assert 'href="/gimenes/?piekrisana=jaludz"' in opened.content.decode()
    assert [(len(one.rows), one.hidden, one.to_ask) for one in pages] == [
        (31, 34, 34),
        (30, 4, 0),
        (4, 0, 0),
    ]
    rows = [row for one in pages for row in one.rows]
    assert len({row.reminder.url for row in rows if row.reminder}) == 64
    assert [row.step for row in rows if row.step] == [late]


def test_many_late_steps_hide_none_of_today_and_keep_their_order(page, promised):
    for _n in range(FEW + 2):
        promised(-1)
    first, today = promised(-1, due_at=time(8)), promised(0)

    context, last_page = page().context, page(visas="3").context

    assert steps(context["late"])[0] == first
    assert context["late"].count == FEW + 3
    assert steps(context["now"]) == [today]
    assert len(last_page["late"].rows) == FEW + 3 - 2 * A_KIND


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "99999", "1"])
def test_what_is_no_number_of_a_page_shows_the_first(page, promised, number):
    step = promised(-1)

    assert steps(page(visas=number).context["late"]) == [step]


def test_a_page_after_the_last_leads_back_and_does_not_say_that_nothing_is_planned(
    page, promised
):
    promised(0)

    content = page(visas="2").content.decode()

    assert 'href="?visas=1"' in content
    assert "nav ieplānots" not in content


@pytest.mark.parametrize(
    ("days", "hour", "lv"),
    [
        (-2, None, "kopš otrdienas"),
        (-20, None, "kopš 23. oktobra"),
        (0, None, "šodien"),
        (0, time(14), "14.00"),
        (1, time(10), "rīt 10.00"),
        (4, None, "pirmdien"),
        (12, None, "24.\N{NO-BREAK SPACE}nov."),
    ],
)
def test_days_are_called_as_people_call_them(page, promised, days, hour, lv):
    promised(days, due_at=hour)

    context = page().context
    rows = [row for name in ("late", "now", "soon") for row in context[name].rows]

    assert [row.due for row in rows] == [lv]


def test_a_step_opens_the_form_prefilled_and_can_be_moved(page, promised):
    step = promised(0)

    content = page().content.decode()

    assert f'href="/ieraksti/jauns/?uzdevums={step.pk}"' in content
    assert f'action="/soli/{step.pk}/parcelt/"' in content
    assert 'value="2026-11-13"' in content
    assert 'value="2026-11-19"' in content


def test_a_step_without_a_family_is_named_after_the_institution(
    page, promised, municipality
):
    school = InstitutionFactory(municipality=municipality, name="Upesciema pamatskola")
    promised(0, family=None, institution=school)

    assert "Upesciema pamatskola" in page().content.decode()


def test_steps_of_colleagues_are_not_mine(page, promised, colleague):
    promised(0, mediator=colleague)

    assert steps(page().context["now"]) == []


def test_the_month_counts_entries_families_and_hours(
    page, mediator, municipality, family, colleague
):
    for minutes in (60, 45):
        VisitFactory(
            mediator=mediator, municipality=municipality, family=family, minutes=minutes
        )
    VisitFactory(
        mediator=mediator, municipality=municipality, visited_on=date(2026, 10, 31)
    )
    VisitFactory(mediator=colleague, municipality=municipality)

    card = page().context["cards"][-1]

    assert card.month == date(2026, 11, 1)
    assert {key: str(value) for key, value in card.values.items()} == {
        "entries": "2",
        "families": "1",
        "hours": "1.8",
    }
    assert card.contracted == 80
    assert card.due_on == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("status", "months"),
    [
        (None, [10, 11]),
        ("draft", [10, 11]),
        ("returned", [11]),
        ("submitted", [11]),
        ("approved", [11]),
    ],
)
def test_last_month_stays_until_its_report_is_handed_in(
    page, mediator, municipality, coordinator, status, months
):
    if status:
        report = MonthlyReportFactory(
            mediator=mediator, municipality=municipality, status=status
        )
        report.events.create(action="return", by=coordinator)

    cards = page().context["cards"]

    assert [card.month.month for card in cards] == months


def test_a_mediator_who_began_this_month_owes_nothing_for_the_last(
    client, page, mediator
):
    mediator.appointments.update(starts_on=date(2026, 11, 2))

    assert [card.month.month for card in page().context["cards"]] == [11]


def test_each_municipality_has_its_own_card(page, mediator):
    other = MunicipalityFactory(label_lv="Vidmales novads")
    AppointmentFactory(user=mediator, municipality=other, starts_on=date(2026, 11, 1))

    assert {card.place for card in page().context["cards"]} == {
        "Upesciema novads",
        "Vidmales novads",
    }


def test_a_returned_report_says_who_asks_what_until_when(
    client, page, mediator, municipality, coordinator
):
    report = MonthlyReportFactory(
        mediator=mediator, municipality=municipality, status="returned"
    )
    report.events.create(action="return", by=coordinator)
    for section, is_open in [("hardest", True), ("plans", True), ("plans", False)]:
        report.comments.create(
            section=section, author=coordinator, text="Kāpēc?", is_open=is_open
        )

    response = page()

    item = response.context["returned"][0]
    assert (item.by, item.questions) == ("Ilze Kronberga", 2)
    assert item.due_on == date(2026, 11, 17)
    content = response.content.decode()
    assert report.get_absolute_url() in content
    assert [str(title) for title, _url in item.parts] == [
        "Sarežģītākais",
        "Plāni nākamajam mēnesim",
    ]
    for _title, url in item.parts:
        assert client.get(url).status_code == 200
        assert f'href="{url}"' in content


def test_a_report_that_exists_is_opened_directly(page, mediator, municipality):
    report = MonthlyReportFactory(
        mediator=mediator, municipality=municipality, month=date(2026, 11, 1)
    )

    assert page().context["cards"][-1].url == report.get_absolute_url()


def test_only_mediators_have_a_day(client, coordinator):
    client.force_login(coordinator)

    assert client.get(URL).status_code == 404


def test_opening_the_day_is_audited(page):
    page()

    entry = AuditEntry.objects.get(verb=Verb.LIST)
    assert entry.object_type == "cases.nextstep"


def test_the_day_costs_the_same_with_one_step_and_with_three(
    page, promised, django_assert_num_queries
):
    def fill(count):
        for _n in range(count):
            for days in (-1, 0, 1):
                promised(days)

    fill(1)
    with django_assert_num_queries(QUERIES):
        page()
    fill(2)
    with django_assert_num_queries(QUERIES):
        page()


QUERIES = 13


def test_a_month_handed_in_early_asks_for_nothing_more(client, mediator, municipality):
    MonthlyReportFactory(
        mediator=mediator,
        municipality=municipality,
        month=timezone.localdate().replace(day=1),
        status="submitted",
    )
    client.force_login(mediator)

    response = client.get(reverse("agenda:today"))

    assert [card.is_handed_in for card in response.context["cards"]][-1]
    assert "ir iesniegta" in response.content.decode()

"""Adding and changing events: counts by category, institutions, hours of the log."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.models import Kind
from events.models import Event
from municipalities.models import Term
from tests.factories import (
    AppointmentFactory,
    CentreFactory,
    ClosedMonthFactory,
    EventFactory,
    FamilyFactory,
    HeadcountFactory,
    InstitutionFactory,
    MunicipalityFactory,
    VisitFactory,
)

pytestmark = pytest.mark.usefixtures("lists")


def counts(event):
    return {row.category.code: row.count for row in event.headcounts.all()}


def test_an_event_takes_five_answers(post, mediator):
    answer = post(mediator, count_CHILDREN=8, count_YOUTH=3)

    event = Event.objects.get()
    assert answer.status_code == 302
    assert counts(event) == {"CHILDREN": 8, "YOUTH": 3}
    assert event.mediator == mediator
    assert event.municipality == mediator.factory_municipality
    assert event.code == f"P-{timezone.localdate():%y}-0001"


def test_the_card_says_participants_and_institutions_as_the_sources_do(
    post, client, mediator
):
    post(mediator, count_TEACHERS=58, institutions_typed=39)

    assert "58 dalībnieki no 39 iestādēm" in client.get("/pasakumi/").text


def test_the_longer_of_list_and_number_counts_as_institutions(post, mediator):
    place = mediator.factory_municipality
    rows = InstitutionFactory.create_batch(3, municipality=place)

    post(mediator, count_TEACHERS=5, institutions=[r.pk for r in rows])
    post(mediator, count_TEACHERS=9, institutions_typed=7, institutions=[rows[0].pk])

    numbers = Event.objects.order_by("code").values_list("institutions_number")
    assert [number for (number,) in numbers] == [3, 7]


def test_a_double_click_makes_one_event(post, mediator):
    key = str(uuid.uuid4())

    first = post(mediator, count_CHILDREN=8, client_uuid=key)
    second = post(mediator, count_CHILDREN=8, client_uuid=key)

    assert first.url == second.url
    assert Event.objects.count() == 1


@pytest.mark.parametrize(
    "answers",
    [
        {"count_CHILDREN": "-1"},
        {"count_CHILDREN": "0"},
        {"count_CHILDREN": "10000"},
        {"count_CHILDREN": "daudz"},
        {"title": "ā" * 300},
        {"title": ""},
        {"held_on": "31.02.2026."},
        {"held_on": "1926-01-05"},
        {"held_on": "2126-01-05"},
        {"minutes": "0"},
        {"minutes": "1441"},
        {"institutions_typed": "-3"},
        {"institutions_typed": "1000"},
        {"kind": "event_type.NONE"},
        {"series": "00000000-0000-0000-0000-000000000000"},
        {"detail-TOTAL_FORMS": "daudz"},
    ],
)
def test_what_makes_no_sense_is_refused_and_stays_in_the_form(post, mediator, answers):
    EventFactory(is_series=True, municipality=mediator.factory_municipality)
    others = {} if "count_CHILDREN" in answers else {"count_YOUTH": "3"}

    answer = post(mediator, **others | answers)

    assert answer.status_code == 422
    assert not Event.objects.sessions().exists()


def test_who_works_in_two_municipalities_chooses_and_a_third_is_refused(post, mediator):
    second = MunicipalityFactory()
    AppointmentFactory(user=mediator, role="mediator", municipality=second)
    foreign = MunicipalityFactory()

    refused = [
        post(mediator, count_CHILDREN=3),
        post(mediator, count_CHILDREN=3, municipality=foreign.pk),
    ]
    post(mediator, count_CHILDREN=3, municipality=second.pk)

    assert [answer.status_code for answer in refused] == [422, 422]
    assert Event.objects.get().municipality == second


@pytest.mark.parametrize("address", ["/pasakumi/jauns/", "/pasakumi/jauna-serija/"])
def test_nobody_took_part_before_the_day_and_nothing_typed_is_lost(
    post, mediator, address
):
    later = timezone.localdate() + timedelta(days=300)

    answer = post(mediator, address, held_on=f"{later}", count_CHILDREN=8)

    form = answer.context["form"]
    assert form.errors.keys() == {"held_on"}
    assert "dalībnieki jau ir ieskaitīti" in form.errors["held_on"][0]
    assert form["count_CHILDREN"].value() == "8"
    assert not Event.objects.exists()


def test_a_planned_event_needs_no_participants_yet(post, mediator):
    later = timezone.localdate() + timedelta(days=20)

    post(mediator, held_on=later.isoformat())

    assert Event.objects.get().is_planned


def test_details_are_part_of_the_number_of_their_category(post, mediator):
    post(
        mediator,
        count_CHILDREN=8,
        **{
            "detail-TOTAL_FORMS": "1",
            "detail-0-category": "participant_category.CHILDREN",
            "detail-0-sex": "female",
            "detail-0-age_band": "A07_12",
            "detail-0-count": "5",
        },
    )

    rows = Event.objects.get().headcounts.values_list("sex", "age_band", "count")
    assert sorted(rows) == [("female", "A07_12", 5), ("unknown", "UNKNOWN", 3)]


def test_more_details_than_the_number_are_refused(post, mediator):
    answer = post(
        mediator,
        count_CHILDREN=4,
        **{
            "detail-TOTAL_FORMS": "1",
            "detail-0-category": "participant_category.CHILDREN",
            "detail-0-sex": "female",
            "detail-0-count": "5",
        },
    )

    assert answer.status_code == 422
    assert answer.context["form"].has_details


def test_a_log_entry_about_a_group_begins_its_event(client, mediator):
    entry = VisitFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        kind=Kind.GROUP,
        minutes=90,
        children=12,
        youth=2,
    )
    client.force_login(mediator)

    page = client.get(f"/pasakumi/jauns/?ieraksts={entry.code}")

    form = page.context["form"]
    assert form["minutes"].value() == 90
    assert form["count_CHILDREN"].value() == 12
    assert form["visit"].value() == entry.code


def test_the_hours_of_a_mediator_are_those_of_the_log_entry(post, client, mediator):
    entry = VisitFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        kind=Kind.GROUP,
        minutes=90,
    )

    post(mediator, count_CHILDREN=8, visit=entry.code)

    event = Event.objects.get()
    assert [leader.minutes for leader in event.leaders.all()] == [90]
    again = client.get(f"/pasakumi/jauns/?ieraksts={entry.code}")
    assert again.url == event.get_absolute_url()


def test_a_double_click_makes_one_event_of_a_log_entry(post, mediator):
    entry = VisitFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        kind=Kind.GROUP,
    )
    key = str(uuid.uuid4())
    address = f"/pasakumi/jauns/?ieraksts={entry.code}"

    answers = [
        post(mediator, address, count_CHILDREN=8, visit=entry.code, client_uuid=key)
        for _press in range(2)
    ]
    another = post(mediator, address, count_CHILDREN=9, visit=entry.code)

    assert answers[0].url == answers[1].url == Event.objects.get().get_absolute_url()
    assert another.status_code == 422


def test_a_foreign_log_entry_centre_and_municipality_are_refused(post, mediator):
    entry = VisitFactory(kind=Kind.GROUP)
    centre = CentreFactory()
    own = CentreFactory(municipality=mediator.factory_municipality)
    VisitFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        kind=Kind.GROUP,
    )

    answers = [
        post(mediator, count_CHILDREN=8, visit=entry.code),
        post(mediator, count_CHILDREN=8, centre=centre.pk),
    ]
    post(mediator, count_CHILDREN=8, centre=own.pk, municipality="1")

    assert [answer.status_code for answer in answers] == [422, 422]
    assert Event.objects.get().municipality == mediator.factory_municipality


def test_a_category_and_a_kind_that_ended_stay_with_their_events(post, mediator):
    post(mediator, count_SENIORS=6)
    event = Event.objects.get()
    ended = timezone.localdate() - timedelta(days=1)
    Term.objects.filter(code__in=["SENIORS", "SESSION"]).update(valid_to=ended)

    answer = post(
        mediator,
        f"{event.get_absolute_url()}labot/",
        title="Izlabots",
        count_SENIORS=6,
    )

    assert answer.status_code == 302
    assert counts(event) == {"SENIORS": 6}


def test_an_event_of_a_closed_month_can_still_be_added(post, mediator):
    day = timezone.localdate().replace(day=1) - timedelta(days=3)
    ClosedMonthFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        month=day.replace(day=1),
    )

    post(mediator, held_on=day.isoformat(), count_CHILDREN=4)

    assert Event.objects.get().held_on == day


def test_the_name_of_a_family_is_refused_in_every_text(post, mediator, client):
    FamilyFactory(
        municipality=mediator.factory_municipality,
        mediator=mediator,
        label="Kārkliņu ģimene",
    )

    for name in ("title", "place", "other_organisers", "outcome", "results"):
        answer = post(mediator, count_CHILDREN=4, **{name: "Pie Kārkliņu ģimenes"})
        assert answer.status_code == 422, name
    assert not Event.objects.exists()


def test_what_was_learned_and_who_won_are_kept_and_shown(post, mediator, client):
    learned, won = "Prot sagatavot pieteikumu", "1. vieta: zīmējums par rītu"

    post(mediator, count_CHILDREN=4, outcome=learned, results=won)

    event = Event.objects.get()
    assert (event.outcome, event.results) == (learned, won)
    page = client.get(event.get_absolute_url()).text
    assert learned in page
    assert won in page


def test_more_institutions_than_professionals_are_asked_about_once(
    post, client, mediator
):
    typed = {"count_CHILDREN": 7, "institutions_typed": 2}
    asked = post(mediator, **typed)
    seen = asked.context["form"].data["asked"]

    post(mediator, **typed, asked=seen)

    assert asked.status_code == 422
    page = client.get(Event.objects.get().get_absolute_url()).text
    assert "7 dalībnieki, pārstāvētas 2 iestādes" in page


@pytest.mark.parametrize(
    ("category", "age", "status"),
    [
        ("CHILDREN", "A65", 422),
        ("CHILDREN", "A13_15", 422),
        ("CHILDREN", "A07_12", 302),
        ("YOUTH", "A13_15", 302),
        ("YOUTH", "A30_54", 422),
        ("TEACHERS", "A07_12", 422),
        ("SENIORS", "A20_24", 422),
        ("OTHER", "A20_24", 302),
    ],
)
def test_an_age_that_a_category_cannot_have_is_refused(
    post, mediator, category, age, status
):
    answer = post(
        mediator,
        **{
            "detail-TOTAL_FORMS": "1",
            "detail-0-category": f"participant_category.{category}",
            "detail-0-age_band": age,
            "detail-0-count": "2",
        },
    )

    assert answer.status_code == status


def test_the_list_tells_the_year_of_an_event_of_another_year(client, mediator):
    year = timezone.localdate().year - 1
    EventFactory(municipality=mediator.factory_municipality, held_on=date(year, 1, 31))
    client.force_login(mediator)

    assert f"31.01.{year}." in client.get("/pasakumi/").text


def test_large_numbers_keep_their_thousands_apart(client, mediator):
    HeadcountFactory(event__municipality=mediator.factory_municipality, count=2140)
    client.force_login(mediator)

    assert "2\xa0140 dalībnieki" in client.get("/pasakumi/").text

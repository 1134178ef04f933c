"""Series: different people told once, attendances counted session by session."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.models import Event
from mediators.models import Role
from tests.factories import EventFactory, HeadcountFactory, UserFactory

pytestmark = pytest.mark.usefixtures("lists")


def test_a_series_tells_people_and_attendances_apart(post, client, mediator):
    post(
        mediator,
        "/pasakumi/jauna-serija/",
        title="Centra nodarbības",
        count_CHILDREN=14,
    )
    series = Event.objects.get()
    for number in (10, 12):
        post(mediator, series=series.pk, count_CHILDREN=number)

    page = client.get(series.get_absolute_url()).text

    assert "14 dalībnieki, 22 apmeklējumi 2 nodarbībās" in page


def test_no_session_is_earlier_than_the_first_day_of_its_series(post, mediator):
    first = timezone.localdate() - timedelta(days=40)
    series = EventFactory(
        is_series=True,
        municipality=mediator.factory_municipality,
        mediator=mediator,
        held_on=first,
    )

    def add(day):
        return post(
            mediator, series=series.pk, count_CHILDREN=3, held_on=f"{day}"
        ).status_code

    later, earlier = first + timedelta(days=9), first - timedelta(days=1)
    assert [add(later), add(first), add(earlier)] == [302, 302, 422]
    moved = post(
        mediator,
        f"{series.get_absolute_url()}labot/",
        held_on=f"{later}",
    )
    assert moved.status_code == 422


def test_a_series_without_sessions_tells_no_attendances(post, client, mediator):
    post(mediator, "/pasakumi/jauna-serija/", count_CHILDREN=108)
    series = Event.objects.get()
    held_later = timezone.localdate() + timedelta(days=5)
    EventFactory(series=series, municipality=series.municipality, held_on=held_later)

    page = client.get(series.get_absolute_url()).text

    assert "108 dalībnieki" in page
    assert "apmeklējum" not in page.split("</h2>")[0]


def test_a_session_of_a_series_counts_attendances_and_another_event_people(
    post, client, mediator
):
    place = mediator.factory_municipality
    series = EventFactory(is_series=True, municipality=place)
    inside = HeadcountFactory(event__series=series, event__municipality=place, count=20)
    alone = HeadcountFactory(event__municipality=place, count=20)
    client.force_login(mediator)

    pages = [
        client.get(row.event.get_absolute_url()).text.split("</h2>")[0]
        for row in (inside, alone)
    ]

    assert "20 apmeklējumi" in pages[0]
    assert "20 dalībnieki" in pages[1]


def test_two_series_of_one_name_can_be_told_apart(client):
    first, second = (
        EventFactory(is_series=True, title="Pēcpusdienas", held_on=date(2026, month, 1))
        for month in (3, 9)
    )
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    page = client.get("/pasakumi/jauns/").text

    assert f"Pēcpusdienas, {first.municipality}, 01.03.2026." in page
    assert f"Pēcpusdienas, {second.municipality}, 01.09.2026." in page


def test_a_series_in_use_is_not_deleted(client, mediator):
    place = mediator.factory_municipality
    series = EventFactory(is_series=True, municipality=place, mediator=mediator)
    EventFactory(series=series, municipality=place)
    client.force_login(mediator)

    client.post(f"{series.get_absolute_url()}dzest/")

    assert Event.objects.series().exists()


def test_people_of_a_series_that_nobody_told_are_unknown_unless_it_has_one_session(
    client, mediator
):
    place = mediator.factory_municipality
    series = EventFactory(is_series=True, municipality=place)
    HeadcountFactory(event__series=series, event__municipality=place, count=9)
    client.force_login(mediator)
    one = client.get(series.get_absolute_url()).text
    HeadcountFactory(event__series=series, event__municipality=place, count=9)

    two = client.get(series.get_absolute_url()).text

    assert "9 dalībnieki, 9 apmeklējumi 1 nodarbībā" in one
    assert "18 apmeklējumi 2 nodarbībās" in two
    assert "dalībnieki, 18" not in two

"""Whose events somebody reads, changes and finds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Event
from tests.factories import (
    CentreFactory,
    EventFactory,
    EventTypeFactory,
    HeadcountFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.usefixtures("lists")


def test_staff_add_events_of_the_whole_project_alone(post, project_staff, municipality):
    post(project_staff, count_TEACHERS=18, municipality=municipality.pk)

    event = Event.objects.get()
    assert (event.municipality, event.mediator) == (None, None)


def test_a_coordinator_adds_and_corrects_events_of_her_municipality(
    post, client, coordinator, mediator
):
    post(coordinator, count_CHILDREN=8)
    mediators = EventFactory(
        municipality=coordinator.factory_municipality, mediator=mediator
    )

    answer = post(
        coordinator,
        f"{mediators.get_absolute_url()}labot/",
        title="Izlabots",
        count_CHILDREN=9,
        seen=mediators.updated_at.isoformat(),
    )

    assert Event.objects.exclude(pk=mediators.pk).get().mediator is None
    assert answer.status_code == 302
    mediators.refresh_from_db()
    assert (mediators.title, mediators.mediator) == ("Izlabots", mediator)


def test_a_mediator_reads_a_series_of_the_project_and_only_her_sessions_of_it(
    client, mediator
):
    series = EventFactory(is_series=True, municipality=None, title="Akadēmijas")
    HeadcountFactory(
        event__series=series,
        event__title="Mūsu diena",
        event__municipality=mediator.factory_municipality,
    )
    HeadcountFactory(event__series=series, event__title="Citu diena")
    client.force_login(mediator)

    page = client.get(series.get_absolute_url()).text

    assert "Mūsu diena" in page
    assert "Citu diena" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Talka", "Konkurss", "Akadēmijas"}),
        ("veids=CONTEST", {"Konkurss"}),
        ("veids=SESSION", {"Akadēmijas"}),
        ("laiks=2025", {"Talka"}),
        ("laiks=2025-03", {"Talka"}),
        ("laiks=2025-04", {"Talka", "Konkurss", "Akadēmijas"}),
        ("laiks=kaut-kad&veids=NAV&centrs=7", {"Talka", "Konkurss", "Akadēmijas"}),
    ],
)
def test_the_list_is_narrowed_and_a_filter_of_nonsense_filters_nothing(
    client, mediator, query, found
):
    place = mediator.factory_municipality
    today = timezone.localdate()
    EventFactory(
        title="Talka",
        municipality=place,
        held_on=today.replace(year=2025, month=3, day=1),
        kind=EventTypeFactory(code="CLEANUP"),
    )
    EventFactory(
        title="Konkurss", municipality=place, kind=EventTypeFactory(code="CONTEST")
    )
    series = EventFactory(
        title="Akadēmijas",
        is_series=True,
        municipality=place,
        kind=EventTypeFactory(code="ACADEMY"),
    )
    EventFactory(series=series, municipality=place)
    client.force_login(mediator)

    page = client.get(f"/pasakumi/?{query}").context["page"]

    assert {event.title for event in page.object_list} == found


def test_the_list_of_a_centre_finds_the_series_of_its_sessions(client, mediator):
    place = mediator.factory_municipality
    centre = CentreFactory(municipality=place)
    series = EventFactory(title="Nodarbības", is_series=True, municipality=place)
    EventFactory(series=series, municipality=place, centre=centre)
    EventFactory(title="Talka", municipality=place)
    client.force_login(mediator)

    page = client.get(f"/pasakumi/?centrs={centre.pk}").context["page"]

    assert [event.title for event in page.object_list] == ["Nodarbības"]


def test_a_planned_event_counts_nowhere_yet(client, mediator):
    place = mediator.factory_municipality
    later = timezone.localdate() + timedelta(days=9)
    EventFactory(title="Eglīte", municipality=place, held_on=later)
    client.force_login(mediator)

    assert "Ieplānots" in client.get("/pasakumi/").text
    assert not Event.objects.held().exists()


def test_an_event_elsewhere_is_as_if_nobody_had_made_it(client, mediator):
    event = EventFactory(municipality=MunicipalityFactory())
    client.force_login(mediator)

    assert client.get(event.get_absolute_url()).status_code == 404
    assert (
        client.get(f"/pasakumi/?pasvaldiba={event.municipality.slug}").status_code
        == 200
    )

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
    InstitutionFactory,
    MunicipalityFactory,
)

pytestmark = pytest.mark.usefixtures("lists")


def test_staff_add_events_of_the_whole_project_and_of_any_municipality(
    post, project_staff, municipality
):
    post(project_staff, count_TEACHERS=18)
    post(project_staff, title="Cits", count_TEACHERS=18, municipality=municipality.pk)

    of_project, of_place = Event.objects.order_by("code")
    assert (of_project.municipality, of_project.mediator) == (None, None)
    assert (of_place.municipality, of_place.mediator) == (municipality, None)


def test_staff_tick_institutions_of_the_place_and_find_others_by_a_word(
    client, post, project_staff, municipality
):
    def offered(page):
        fields = page.context["form"].fields
        return {label for _pk, label in fields["institutions"].choices}

    national = InstitutionFactory(municipality=None, name="Ministrija")
    InstitutionFactory(municipality=municipality, name="Pamatskola")
    far = [InstitutionFactory(name=f"Liepu skola {number}") for number in range(3)]
    client.force_login(project_staff)
    facts = {"municipality": municipality.pk, "count_TEACHERS": 18}
    ticked = facts | {"institutions": [far[0].pk, national.pk]}

    first = client.get("/pasakumi/jauns/")
    asked = post(project_staff, **ticked, institutions_sought="LIEPU 1")
    nothing = post(project_staff, **ticked, institutions_sought="nekas")
    saved = post(project_staff, **ticked)

    assert offered(first) == {"Ministrija"}
    assert asked.status_code == nothing.status_code == 422
    near = {"Ministrija", f"Pamatskola, {municipality}"}
    near.add(f"Liepu skola 0, {far[0].municipality}")
    assert offered(nothing) == near
    assert offered(asked) == near | {f"Liepu skola 1, {far[1].municipality}"}
    assert "LIEPU" not in asked.content.decode()
    assert saved.status_code == 302
    event = Event.objects.get()
    assert {*event.institutions.all()} == {far[0], national}
    assert offered(client.get(f"{event.get_absolute_url()}labot/")) == near


def test_staff_correct_what_no_mediator_made(post, project_staff, mediator):
    made = EventFactory(municipality=mediator.factory_municipality)
    mediators = EventFactory(
        municipality=mediator.factory_municipality, mediator=mediator
    )
    centre = CentreFactory()

    answers = [
        post(
            project_staff,
            f"{event.get_absolute_url()}labot/",
            count_CHILDREN=9,
            centre=centre.pk,
            municipality=centre.municipality_id,
        ).status_code
        for event in (made, mediators)
    ]

    made.refresh_from_db()
    assert answers == [302, 404]
    assert (made.centre, made.municipality) == (centre, centre.municipality)


def test_a_centre_or_a_series_tells_staff_the_municipality(post, project_staff):
    centre = CentreFactory()
    series = EventFactory(is_series=True, title="Akadēmijas")

    post(project_staff, title="Centrā", count_CHILDREN=9, centre=centre.pk)
    post(project_staff, title="Sērijā", count_CHILDREN=9, series=series.pk)
    refused = post(
        project_staff,
        count_CHILDREN=9,
        centre=centre.pk,
        municipality=series.municipality_id,
    )

    assert Event.objects.get(title="Centrā").municipality == centre.municipality
    assert Event.objects.get(title="Sērijā").municipality == series.municipality
    assert refused.status_code == 422


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

"""Leaders, invitations and testimonials of an event."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Kind
from events import models as events
from tests.factories import (
    EventFactory,
    EventInvitationFactory,
    FamilyFactory,
    HeadcountFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    LeaderFactory,
    VisitFactory,
)


@pytest.fixture
def event(municipality, mediator):
    return EventFactory(municipality=municipality, mediator=mediator)


@pytest.fixture
def official(municipality):
    school = InstitutionFactory(municipality=municipality, name="Upesciema pamatskola")
    return InstitutionContactFactory(institution=school, name="Inga Kalniņa")


def group_entry(mediator, event, minutes):
    return VisitFactory(
        mediator=mediator,
        municipality=event.municipality,
        kind=Kind.GROUP,
        visited_on=event.held_on,
        minutes=minutes,
    )


def test_a_colleague_adds_her_own_hours_to_an_event(client, event, colleague):
    entry = group_entry(colleague, event, 45)
    client.force_login(colleague)

    for _press in range(2):
        client.post(f"{event.get_absolute_url()}vadiju/", {"visit": entry.code})

    assert [leader.minutes for leader in event.leaders.all()] == [45]


def test_an_entry_of_somebody_else_leads_nothing(client, event, colleague, mediator):
    entry = group_entry(mediator, event, 45)
    client.force_login(colleague)

    client.post(f"{event.get_absolute_url()}vadiju/", {"visit": entry.code})

    assert not event.leaders.exists()


def test_hours_of_an_entry_follow_its_correction_and_go_with_it(
    client, event, mediator
):
    entry = group_entry(mediator, event, 45)
    leader = LeaderFactory(event=event, visit=entry)
    type(entry).objects.update(minutes=60)
    leader.refresh_from_db()
    assert leader.minutes == 60

    client.force_login(mediator)
    client.post(f"/ieraksti/{entry.code}/dzest/")

    assert not event.leaders.exists()


def test_a_leader_from_outside_is_a_name_and_minutes(client, event, mediator):
    client.force_login(mediator)
    typed = {
        "client_uuid": str(uuid.uuid4()),
        "name": "Dace Paraudziņa",
        "own_minutes": "90",
    }

    for _press in range(2):
        client.post(f"{event.get_absolute_url()}vaditajs/", typed)

    [leader] = event.leaders.all()
    assert (leader.who, leader.minutes) == ("Dace Paraudziņa", 90)
    assert "Dace Paraudziņa" in client.get(event.get_absolute_url()).text


def test_officials_of_the_register_are_invited_once(client, event, mediator, official):
    client.force_login(mediator)

    for _press in range(2):
        client.post(
            f"{event.get_absolute_url()}aicinajumi/", {"contacts": [official.pk]}
        )

    assert event.invitations.get().state == events.Invitation.State.INVITED


def test_an_official_of_another_municipality_is_not_invited(client, event, mediator):
    foreign = InstitutionContactFactory()
    client.force_login(mediator)

    answer = client.post(
        f"{event.get_absolute_url()}aicinajumi/", {"contacts": [foreign.pk]}
    )

    assert answer.status_code == 422
    assert not event.invitations.exists()


def test_whoever_came_represents_an_institution(client, event, mediator, official):
    invited = EventInvitationFactory(event=event, contact=official)
    client.force_login(mediator)

    client.post(f"/aicinajumi/{invited.pk}/", {"state": "came"})

    event.refresh_from_db()
    assert event.institutions.get() == official.institution
    assert event.institutions_number == 1


def test_officials_who_came_and_are_not_counted_are_told_apart_and_asked_for(
    client, event, mediator, official
):
    HeadcountFactory(event=event, count=7)
    invited = EventInvitationFactory(event=event, contact=official)
    client.force_login(mediator)

    client.post(f"/aicinajumi/{invited.pk}/", {"state": "came"})

    page = client.get(event.get_absolute_url()).text
    assert "7 dalībnieki, pārstāvēta 1 iestāde" in page
    asks = client.get(f"{event.get_absolute_url()}aicinajumi/").text
    assert "Pieskaitīt tos, kas ieradās" in asks


def test_nobody_agrees_to_publishing_before_the_event(client, event, mediator):
    client.force_login(mediator)

    answer = client.post(
        f"{event.get_absolute_url()}atsauksme/",
        {
            "text": "Te var droši pajautāt.",
            "agrees": "on",
            "agreed_on": f"{event.held_on - timedelta(days=1)}",
        },
    )

    assert answer.status_code == 422
    assert "Piekrišana nevar būt agrāka" in answer.text


def test_nobody_has_come_before_the_day_of_the_event(client, event, mediator, official):
    event.held_on = timezone.localdate() + timedelta(days=3)
    event.save()
    invited = EventInvitationFactory(event=event, contact=official)
    client.force_login(mediator)

    page = client.get(f"{event.get_absolute_url()}aicinajumi/").text
    answer = client.post(f"/aicinajumi/{invited.pk}/", {"state": "came"}, follow=True)

    invited.refresh_from_db()
    assert invited.state == events.Invitation.State.INVITED
    assert not event.institutions.exists()
    assert 'value="came"' not in page
    assert "vēl neviens nav ieradies" in answer.text


def test_staff_read_the_post_of_whoever_is_invited_and_not_the_name(
    client, event, project_staff, official
):
    EventInvitationFactory(event=event, contact=official)
    client.force_login(project_staff)

    page = client.get(event.get_absolute_url()).text

    assert official.post in page
    assert official.name not in page


def test_a_testimonial_is_anonymous_and_stays_in_the_team_without_agreement(
    client, event, mediator
):
    client.force_login(mediator)

    client.post(
        f"{event.get_absolute_url()}atsauksme/",
        {
            "client_uuid": str(uuid.uuid4()),
            "text": "Te var droši pajautāt.",
            "agreed_on": timezone.localdate().isoformat(),
        },
    )

    said = events.Testimonial.objects.get()
    assert not said.may_be_published
    assert list(events.Testimonial.objects.publishable()) == []
    assert "anonīmi" in client.get(event.get_absolute_url()).text


def test_an_agreement_to_publish_can_be_taken_back(client, event, mediator):
    client.force_login(mediator)
    client.post(
        f"{event.get_absolute_url()}atsauksme/",
        {
            "client_uuid": str(uuid.uuid4()),
            "text": "Te var droši pajautāt.",
            "agrees": "on",
            "agreed_on": timezone.localdate().isoformat(),
        },
    )
    said = events.Testimonial.objects.get()
    assert list(events.Testimonial.objects.publishable()) == [said]

    client.post(f"/atsauksmes/{said.pk}/atsaukt/")

    assert list(events.Testimonial.objects.publishable()) == []


def test_a_testimonial_names_no_family(client, event, mediator):
    FamilyFactory(
        municipality=event.municipality, mediator=mediator, label="Kārkliņu ģimene"
    )
    client.force_login(mediator)

    answer = client.post(
        f"{event.get_absolute_url()}atsauksme/",
        {"text": "Paldies no Kārkliņu ģimenes!", "author": ""},
    )

    assert answer.status_code == 422
    assert not events.Testimonial.objects.exists()

"""Whom the page of a municipality names of its inter-institutional group."""

import pytest

from mediators.models import Role
from tests.factories import (
    GroupDecisionFactory,
    GroupMeetingFactory,
    GroupMemberFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def page(municipality):
    return f"/pasvaldibas/{municipality.slug}/"


@pytest.fixture
def school(municipality):
    return InstitutionFactory(municipality=municipality, name="Pamatskola")


@pytest.mark.parametrize(
    ("role", "is_named"),
    [
        (Role.COORDINATOR, True),
        (Role.LEAD_MEDIATOR, False),
        (Role.PROJECT_STAFF, False),
    ],
)
def test_whoever_supports_all_places_reads_of_the_group_posts_and_no_names(
    client, municipality, school, role, is_named
):
    official = InstitutionContactFactory(
        institution=school, name="Dzidra Ozoliņa", post="direktore"
    )
    GroupMemberFactory(municipality=municipality, contact=official)
    GroupMeetingFactory(municipality=municipality).present.add(official)
    client.force_login(UserFactory(role=role, municipality=municipality))

    text = client.get(page(municipality)).content.decode()

    assert ("Dzidra" in text) is is_named
    assert text.lower().count("direktore, pamatskola") == (1 if is_named else 2)


def test_the_page_asks_as_often_with_one_member_of_the_group_as_with_many(
    client, municipality, school, coordinator, django_assert_max_num_queries
):
    client.force_login(coordinator)

    def asked(count):
        for _each in range(count):
            official = InstitutionContactFactory(institution=school)
            GroupMemberFactory(municipality=municipality, contact=official)
            meeting = GroupMeetingFactory(municipality=municipality)
            meeting.present.add(official)
            GroupDecisionFactory(meeting=meeting, institution=school)
        with django_assert_max_num_queries(100) as found:
            client.get(page(municipality))
        return len(found)

    assert asked(1) == asked(4)

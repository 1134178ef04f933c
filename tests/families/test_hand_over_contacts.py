"""Whom a successor should call: institutions and posts, never a name."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import (
    FamilyFactory,
    HandOverFactory,
    InstitutionContactFactory,
    VisitFactory,
)


def test_the_sheet_names_whom_the_successor_should_call(
    client, municipality, mediator, coordinator
):
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    contact = InstitutionContactFactory(
        institution__municipality=municipality,
        institution__name="Upesciema pamatskola",
        post="sociālā pedagoģe",
        name="Inga Kalniņa",
    )
    visit = {
        "mediator": mediator,
        "municipality": municipality,
        "institution": contact.institution,
        "contact": contact,
    }
    today = timezone.localdate()
    VisitFactory(**visit, visited_on=today)
    VisitFactory(**visit, visited_on=today - timedelta(days=30))
    VisitFactory(**visit, visited_on=today - timedelta(days=800))
    plan = HandOverFactory(mediator=mediator, municipality=municipality, last_day=today)
    family.assignments.update(ends_on=plan.last_day)
    plan.assignments.create(
        family=family, mediator=plan.successor, starts_on=plan.starts_on
    )

    for user in (mediator, coordinator):
        client.force_login(user)
        text = client.get(plan.get_absolute_url()).content.decode()
        assert "Upesciema pamatskola" in text
        assert "sociālā pedagoģe" in text
        assert "2×" in text
        assert "Inga Kalniņa" not in text

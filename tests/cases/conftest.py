"""A mediator at the log form, with a family, a case and a school."""

import uuid

import pytest
from django.utils import timezone

from tests.factories import (
    CaseFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
)


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )


@pytest.fixture
def case(family, mediator):
    return CaseFactory(family=family, mediator=mediator, area="education")


@pytest.fixture
def school(municipality):
    return InstitutionFactory(municipality=municipality, name="Upesciema pamatskola")


@pytest.fixture
def teacher(school):
    return InstitutionContactFactory(institution=school)


@pytest.fixture
def log(client, mediator):
    """Sends answers to the log form as the mediator."""
    client.force_login(mediator)

    def send(answers, **options):
        return client.post("/ieraksti/jauns/", answers, **options)

    return send


@pytest.fixture
def send(client, mediator, case, teacher):
    """Sends the form of the case as the mediator."""
    client.force_login(mediator)

    def post(**changes):
        typed = {
            "client_uuid": str(uuid.uuid4()),
            "to": str(teacher.pk),
            "text": "Kopīga saruna par kavējumiem",
            "sent_on": timezone.localdate().isoformat(),
        } | changes
        return client.post(f"/lietas/{case.code}/nosutit/", typed)

    return post

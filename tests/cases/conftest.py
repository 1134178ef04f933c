"""A mediator at the log form, with a family, a case and a school."""

import pytest

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

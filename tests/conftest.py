"""The standing cast: one of each role in one municipality, and an outsider elsewhere."""

import pytest
from django.core.management import call_command
from django_tasks_db.management.commands import db_worker

from mediators.models import Role
from tests.factories import (
    FamilyFactory,
    MunicipalityFactory,
    UserFactory,
)


@pytest.fixture
def municipality(db):
    return MunicipalityFactory(
        prefix="UPC",
        slug="upesciems",
        label_lv="Upesciema novads",
        locative_lv="Upesciema novadā",
        full_name_lv="Upesciema novada pašvaldība",
    )


@pytest.fixture
def mediator(municipality):
    return UserFactory(
        first_name="Sanita",
        last_name="Vītola",
        role=Role.MEDIATOR,
        municipality=municipality,
    )


@pytest.fixture
def colleague(municipality):
    """Another mediator of the same municipality."""
    return UserFactory(role=Role.MEDIATOR, municipality=municipality)


@pytest.fixture
def coordinator(municipality):
    return UserFactory(
        first_name="Ilze",
        last_name="Kronberga",
        role=Role.COORDINATOR,
        municipality=municipality,
    )


@pytest.fixture
def deputy(municipality):
    return UserFactory(
        first_name="Guntis",
        last_name="Ķirsis",
        role=Role.DEPUTY_COORDINATOR,
        municipality=municipality,
    )


@pytest.fixture
def lead_mediator(db):
    return UserFactory(role=Role.LEAD_MEDIATOR)


@pytest.fixture
def project_staff(db):
    return UserFactory(role=Role.PROJECT_STAFF)


@pytest.fixture
def administrator(db):
    return UserFactory(role=Role.ADMINISTRATOR)


@pytest.fixture
def data_protection_officer(db):
    return UserFactory(role=Role.DATA_PROTECTION_OFFICER)


@pytest.fixture
def outsider(db):
    """A mediator of another municipality, with a family of her own that could leak."""
    user = UserFactory(role=Role.MEDIATOR, municipality=MunicipalityFactory())
    FamilyFactory(
        municipality=user.factory_municipality, mediator=user, label="Svešinieku ģimene"
    )
    return user


@pytest.fixture
def run_tasks(db, monkeypatch):
    """Do the work that waits in the outbox, as the worker would.

    The worker renews its connection between tasks; here it has to stay in the
    transaction of the test, as Django's test client keeps it too.
    """
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)

    def run():
        call_command(
            "db_worker", "--batch", "--no-startup-delay", interval=0, verbosity=0
        )

    return run

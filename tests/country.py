"""A country of two municipalities, and a family that comes later."""

from datetime import UTC, datetime

import pytest

from families.models import Family
from families.services import everybody
from families.services.consents import Told
from families.services.families import take_on
from mediators.models import Role
from tests.factories import FamilyFactory, MunicipalityFactory, UserFactory

MORNING = datetime(2026, 11, 12, 8, 15, tzinfo=UTC)


def two_mediators():
    """Each in a municipality of her own, three families together."""
    found = []
    for labels in (["Kārkliņu ģimene", "Ozolu ģimene"], ["Bērziņu ģimene"]):
        place = MunicipalityFactory()
        mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
        for label in labels:
            FamilyFactory(municipality=place, mediator=mediator, label=label)
        found.append(mediator)
    return found


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MORNING, tick=False)
    return time_machine


@pytest.fixture
def desks(db):
    return two_mediators()


@pytest.fixture
def large(desks, monkeypatch):
    """A project that is too large to be looked through while somebody waits."""
    monkeypatch.setattr(everybody, "LARGE", 3)
    return desks


def take_on_fishers(mediator):
    """A family of which no text was cleared, written down by its mediator."""
    family = Family(
        municipality=mediator.factory_municipality, label="Zvejnieku ģimene"
    )
    take_on(family, by=mediator, told=Told.LATER, manner="", language="lv")

"""Lists that somebody brought along."""

import json

import factory
from factory.django import DjangoModelFactory

from imports.models import Import, Kind
from mediators.models import Role
from tests.factories.people import UserFactory
from tests.factories.places import MunicipalityFactory

HEADINGS = ["Ģimene", "Pieaugušie", "Bērni", "Krāsa"]


class ImportFactory(DjangoModelFactory):
    """Waits with one family and an unknown column; ``columns=COLUMNS`` is matched."""

    class Meta:
        model = Import

    kind = Kind.FAMILIES
    by = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    municipality = factory.SubFactory(MunicipalityFactory)
    content = json.dumps(
        {"headings": HEADINGS, "rows": [["Ozoli", 1, 0, "zila"]], "first": 2}
    )


COLUMNS = {"label": 0, "adults": 1, "children": 2}

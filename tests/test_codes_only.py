"""Pages of those who work with codes are handed no object with a name in it (Z06).

Hidden in a template is not enough: what a template does not have it cannot show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone

from privacy.fields import EncryptedTextField
from tests import cast
from tests.access_table import ACCESS, LOGIN
from tests.factories import FamilyFactory, ReferralFactory, VisitFactory
from tests.house import House

DEPTH = 7
ROOMS = tuple(
    f"{app}." for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()
)
WRITTEN_FOR_THEM = {"Advice", "Agreement", "CommunityIssue", "IssueEvent", "Resource"}
"""Texts that were looked through for names before they were stored, to be read by others."""
WITH_TEXTS = tuple(
    model
    for room in ("families", "cases")
    for model in apps.get_app_config(room).get_models()
    if any(isinstance(field, EncryptedTextField) for field in model._meta.fields)
    and model.__name__ not in WRITTEN_FOR_THEM
)
ALLOWED = {
    # The mediator shares it, as the family agreed; notes and texts are not fetched
    "cases:shared-case",
}
# The columns of the access table that belong to people who work with codes
READERS = {
    3: "coordinator",
    4: "lead_mediator",
    5: "project_staff",
    6: "administrator",
    7: "data_protection_officer",
}


def named(value, depth=DEPTH, seen=None):
    """The models with personal texts that can be reached from a value of a template."""
    seen = set() if seen is None else seen
    if depth == 0 or id(value) in seen or isinstance(value, str | bytes | type):
        return
    seen.add(id(value))
    if isinstance(value, WITH_TEXTS):
        yield type(value).__name__
    for part in _parts(value):
        yield from named(part, depth - 1, seen)


def _parts(value):
    if isinstance(value, Model):
        # Without going to the database: what was fetched with the row
        return [*value._state.fields_cache.values(), *_prefetched(value)]
    if isinstance(value, QuerySet):
        return value._result_cache or []
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    if type(value).__module__.startswith(ROOMS):
        return list(getattr(value, "__dict__", {}).values())
    return []


def _prefetched(row):
    return getattr(row, "_prefetched_objects_cache", {}).values()


@pytest.fixture(scope="module")
def people(made_once):
    return cast.everybody(cast.upesciems())


@pytest.fixture(scope="module")
def house(people):
    """The house of the access table, with entries in the months of its reports."""
    mediator = people["mediator"]
    place = mediator.factory_municipality
    house = House(place, mediator, people["coordinator"])
    for month in (7, 8, 9):
        VisitFactory(
            mediator=mediator,
            municipality=place,
            family=house.family,
            visited_on=date(2026, month, 5),
        )
    long_ago = timezone.localdate() - timedelta(days=60)
    ReferralFactory(case=house.case, sent_on=long_ago, due_on=long_ago)
    return house


def pages():
    """Those of the access table, but for what everybody may open; a deputy has the same
    pages as the coordinator."""
    for (method, name), row in ACCESS.items():
        if method != "GET" or row[0] != LOGIN or name in ALLOWED:
            continue
        for column, reader in READERS.items():
            if row[column] == 200:
                yield name, reader


@pytest.mark.once
def test_no_page_of_codes_is_handed_an_object_with_a_name(client, db, people, house):
    offending = set()
    for name, reader in sorted(pages()):
        client.force_login(people[reader])
        response = client.get(reverse(name, kwargs=house.arguments(name)))
        assert response.status_code == 200, (name, reader)
        for context in response.context or ():
            # Templates of form fields get plain dictionaries
            values = getattr(context, "dicts", context)
            offending |= {(name, reader, model) for model in named(values)}

    assert offending == set()


@pytest.mark.once
def test_the_search_finds_a_family_wherever_it_is(db):
    @dataclass
    class Box:
        inside: object

    Box.__module__ = "reports.somewhere"
    family = FamilyFactory()
    evaluated = type(family).objects.filter(pk=family.pk)
    assert list(evaluated) == [family]

    for hidden in (family, [{"rows": (family,)}], Box(Box(family)), evaluated):
        assert set(named(hidden)) == {"Family"}
    assert set(named([family.code, 3, Box("UPC-009")])) == set()

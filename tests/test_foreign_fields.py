"""A form takes what is in it and nothing else, whatever names are sent along (Z08).

Each form is sent twice from the same state of the database: as its page opens it, and
with every column of every table that it does not have. What is stored is the same.
"""

from collections import Counter

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.urls import reverse

from mediators.models import Role, User
from municipalities.models import Municipality
from tests import cast
from tests.audit_answers import CHANGES
from tests.audit_table import AUDITED, BY, ELSEWHERE
from tests.factories import MunicipalityFactory, UserFactory
from tests.filling import Forms, filled
from tests.house import House
from tests.test_audited import whoever_may

pytestmark = pytest.mark.once

STRANGE = "Svess-teksts-0000"
ROOMS = [app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app).is_dir()]
MODELS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
FORMS = sorted(
    name
    for (method, name), row in AUDITED.items()
    if method == "POST" and row != ELSEWHERE and ("GET", name) in AUDITED
)


@pytest.fixture(scope="module")
def people(made_once):
    return {"anonymous": None, **cast.everybody(cast.upesciems())}


@pytest.fixture(scope="module")
def house(people):
    mediator, coordinator = people["mediator"], people["coordinator"]
    return House(mediator.factory_municipality, mediator, coordinator)


@pytest.fixture(scope="module")
def foreign(house):
    """A value for every column name: what somebody would send who wants more."""
    place = MunicipalityFactory()
    stranger = UserFactory(role=Role.MEDIATOR, municipality=place)
    values = {}
    for field in (field for model in MODELS for field in model._meta.fields):
        for name in (field.name, field.attname):
            values[name] = _value(field, stranger, place)
    return values


def _value(field, stranger, place):
    if field.related_model is User:
        return stranger.pk
    if field.related_model is Municipality:
        return place.pk
    if field.choices:
        return list(dict(field.flatchoices))[-1]
    return "on" if isinstance(field, models.BooleanField) else STRANGE


def is_protected(field):
    """Whose it is, where, in which state: what only the rules may change."""
    owners = (User, Municipality)
    return bool(field.choices) or field.related_model in owners or _is_flag(field)


def _is_flag(field):
    return isinstance(field, models.BooleanField)


def stored():
    """How often each protected value stands in each column, and the strange text anywhere."""
    found = Counter()
    for model in MODELS:
        fields = [field for field in model._meta.fields if is_protected(field)]
        texts = [
            field
            for field in model._meta.fields
            if isinstance(field, models.CharField | models.TextField)
        ]
        for row in model._base_manager.all():
            for field in fields:
                found[f"{field}", getattr(row, field.attname)] += 1
            for field in texts:
                if STRANGE in str(getattr(row, field.attname)):
                    found[f"{field}", STRANGE] += 1
    return found


def after(client, who, address, data):
    """What is stored after the form was sent, and its status; then all is taken back."""
    savepoint = transaction.savepoint()
    if who:  # again: some forms end the session
        client.force_login(who)
    response = client.post(address, data)
    found = stored()
    transaction.savepoint_rollback(savepoint)
    return response.status_code, found


@pytest.mark.parametrize("name", FORMS)
def test_a_form_ignores_every_field_that_is_not_its_own(
    client, db, house, people, foreign, name
):
    who = people[BY.get(("POST", name)) or whoever_may(people, "POST", name)]
    if who:
        client.force_login(who)
    address = reverse(name, kwargs=house.arguments(name))
    opened = client.get(address, follow=True)
    page = opened.content.decode()
    own = filled(page, address, **CHANGES.get(name, lambda *_: {})(house, people))
    known = {field for _action, form in Forms(page).forms for field in form}
    # A field that stays covered is its own too: a foreign choice is refused with a message
    for key in ("form", "answer"):
        shown = (opened.context or {}).get(key)
        known |= {shown.add_prefix(name) for name in getattr(shown, "fields", ())}
    # Offered to whoever comes from a log entry, and asked for its owner then
    known |= {"visit"} if name == "events:create" else set()
    names_on_page = {key for key in foreign if f'name="{key}"' in page}
    more = {
        key: value
        for key, value in foreign.items()
        if key not in known | set(own) | names_on_page
    }

    assert len(more) > 100
    status, with_more = after(client, who, address, more | own)
    status_without, without = after(client, who, address, own)
    assert status == status_without
    assert (with_more - without, without - with_more) == (Counter(), Counter())


def test_a_changed_owner_and_a_strange_text_would_be_seen(db, house, people):
    before = stored()
    house.family.label, house.step.mediator = STRANGE, people["colleague"]
    house.family.save()
    house.step.save()

    assert len(stored() - before) == 2

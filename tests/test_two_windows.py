"""Of two windows with the same form neither saves over what the other has saved (R07).

Each form of the system is opened once and sent twice, with other words in one of its
texts. Where the first one changed a row, the second is told of it.
"""

import pytest
from django import forms
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interface.two_windows import NothingOverwritten
from tests import cast
from tests.audit_answers import CHANGES
from tests.audit_table import BY
from tests.filling import filled
from tests.house import House
from tests.test_audited import whoever_may
from tests.test_foreign_fields import FORMS, MODELS

pytestmark = pytest.mark.once

FIRST, SECOND = "Pirmais logs", "Otrais logs"


@pytest.fixture(scope="module")
def people(made_once):
    return {"anonymous": None, **cast.everybody(cast.upesciems())}


@pytest.fixture(scope="module")
def house(people):
    mediator, coordinator = people["mediator"], people["coordinator"]
    return House(mediator.factory_municipality, mediator, coordinator)


def rows():
    return {
        (model, pk)
        for model in MODELS
        for pk in model._base_manager.values_list("pk", flat=True)
    }


def updated(queries):
    """The models whose rows these statements changed."""
    statements = [query["sql"] for query in queries]
    return [
        model
        for model in MODELS
        if any(f'UPDATE "{model._meta.db_table}"' in sql for sql in statements)
    ]


def holding(words, models_of):
    """``{(model, key, column)}`` of these models where just these words are stored."""
    return {
        (model, row.pk, field.name)
        for model in models_of
        for row in model._base_manager.all()
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and getattr(row, field.attname) == words
    }


def text_fields(form):
    """Names of what people write in words."""
    return [
        form.add_prefix(name)
        for name, field in form.fields.items()
        if isinstance(field.widget, forms.TextInput | forms.Textarea)
        and type(field.widget) is not forms.HiddenInput
        and isinstance(field, forms.CharField)
    ]


class Windows:
    """A form that was opened once and is sent from two windows."""

    def __init__(self, client, house, people, name):
        self.client = client
        self.who = people[BY.get(("POST", name)) or whoever_may(people, "POST", name)]
        self.address = reverse(name, kwargs=house.arguments(name))
        if self.who:
            client.force_login(self.who)
        opened = client.get(self.address, follow=True)
        self.answers = filled(
            opened.content.decode(),
            self.address,
            **CHANGES.get(name, lambda *_: {})(house, people),
        )
        shown = [(opened.context or {}).get(key) for key in ("form", "answer")]
        shown = [form for form in shown if isinstance(form, forms.BaseForm)]
        self.texts = [name for form in shown for name in text_fields(form)]
        self.before = rows()

    def send(self, **changes):
        return self.client.post(self.address, self.answers | changes)

    def overwritten(self, name):
        """Whether a text of a row that was there is changed twice; None if not once."""
        savepoint = transaction.savepoint()
        try:
            with CaptureQueriesContext(connection) as queries:
                self.send(**{name: FIRST})
            models_of = updated(queries)
            changed = {
                place for place in holding(FIRST, models_of) if place[:2] in self.before
            }
            if not changed:
                return None
            second = self.send(**{name: SECOND})
            return not changed <= holding(FIRST, models_of), second.status_code
        finally:
            transaction.savepoint_rollback(savepoint)


@pytest.mark.parametrize("name", FORMS)
def test_what_one_window_has_changed_the_other_does_not_overwrite(
    client, db, house, people, name
):
    windows = Windows(client, house, people, name)

    found = {text: windows.overwritten(text) for text in windows.texts}

    told = {text: answer for text, answer in found.items() if answer is not None}
    assert all(answer in [(False, 409), (False, 422)] for answer in told.values()), told


def test_a_form_that_does_not_look_overwrites(client, db, house, people, monkeypatch):
    monkeypatch.setattr(NothingOverwritten, "overtaken", ())

    windows = Windows(client, house, people, "families:update")

    assert windows.overwritten("town_part") == (True, 302)

"""What a participant answered, and why somebody was discriminated against, stands sealed."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from cases.models import Incident, Participant
from privacy.fields import EncryptedChoiceField, Sealed
from tests.factories import IncidentFactory, ParticipantFactory

MIGRATION = import_module("cases.migrations.0025_answers_are_sealed")
ANSWERS = [field.name for field in Participant._meta.fields if field.choices]


def stored(model):
    """What somebody with the database file sees: one dict for each row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608 -- a table
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def test_every_answer_of_a_participant_and_every_ground_is_encrypted():
    sealed = [*map(Participant._meta.get_field, ANSWERS)]

    assert len(sealed) == 15
    assert all(isinstance(field, EncryptedChoiceField) for field in sealed)
    assert isinstance(Incident._meta.get_field("ground"), EncryptedChoiceField)


@pytest.mark.parametrize("name", ["minority", "labour", "sex"])
def test_no_answer_is_told_by_the_length_of_what_is_stored(db, name):
    values = [value for value, _label in Participant._meta.get_field(name).choices]
    rows = [ParticipantFactory(**{name: value}) for value in values]

    tokens = [row[name] for row in stored(Participant)]

    assert all(token.startswith("v1|") for token in tokens)
    assert len({len(token) for token in tokens}) == 1
    again = [Participant.objects.get(pk=row.pk) for row in rows]
    assert [getattr(row, name) for row in again] == values


def test_what_nobody_asked_stays_empty(db):
    ParticipantFactory(minority="")

    assert stored(Participant)[0]["minority"] == ""
    assert Participant.objects.get().minority == ""


def test_rows_of_before_are_encrypted_and_can_be_led_back(db):
    """As the migration does it, each way."""
    person, incident = ParticipantFactory(minority=""), IncidentFactory()
    words = {"sex": "female", "disability": "declined", "minority": ""}
    readable = {name: Sealed(word) if word else "" for name, word in words.items()}
    Participant.objects.update(**readable)
    Incident.objects.update(ground=Sealed("language"))

    MIGRATION.seal(apps, None)

    [row], [told] = stored(Participant), stored(Incident)
    assert all(row[name].startswith("v1|") for name in ("sex", "disability"))
    assert told["ground"].startswith("v1|")
    person = Participant.objects.get(pk=person.pk)
    assert {name: getattr(person, name) for name in words} == words
    assert Incident.objects.get(pk=incident.pk).ground == "language"

    MIGRATION.unseal(apps, None)

    [row], [told] = stored(Participant), stored(Incident)
    assert {name: row[name] for name in words} == words
    assert told["ground"] == "language"

"""Every column is classified, and what is personal is encrypted or says why not."""

import pytest
from django.apps import apps
from django.db import models

from data_protection.classes import Class, Purpose
from data_protection.inventory import BY_MODEL, READABLE, TABLES
from data_protection.services.texts import WRITTEN
from privacy.fields import EncryptedTextField

OURS = ("cases", "data_protection", "evaluation", "events", "families", "imports",
        "mediators", "municipalities", "operations", "privacy", "reports", "stories")  # fmt: skip
TABLES_OF_OURS = {
    model._meta.label: model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in OURS
}


def columns(model):
    return {field.name for field in model._meta.concrete_fields}


@pytest.mark.once
def test_every_table_and_every_column_is_in_the_inventory_and_no_other():
    assert {row.model: set(row.classes) for row in TABLES} == {
        label: columns(model) for label, model in TABLES_OF_OURS.items()
    }


@pytest.mark.once
def test_what_may_be_logged_is_a_column_and_never_an_encrypted_text():
    wrong = [
        (row.model, name)
        for row in TABLES
        for name in row.logged
        if name not in row.classes or name in row.encrypted
    ]

    assert wrong == []


@pytest.mark.once
def test_what_leads_to_a_family_or_its_people_is_no_processing_for_reports():
    """Those rest on a public task and tell of families by codes and counts."""
    leading = {"family", "case", "person_id", "involvement"}
    wrong = [
        row.model
        for row in TABLES
        if row.purpose == Purpose.REPORTS and leading & set(row.of_class(Class.SPECIAL))
    ]

    assert wrong == []


def is_free_text(field):
    """Words of people: no choice from a list, no key to another row."""
    is_text = isinstance(field, models.CharField | models.TextField)
    return is_text and not field.choices and not field.is_relation


@pytest.mark.once
def test_personal_texts_are_encrypted_and_each_exception_has_a_reason():
    readable = {
        f"{row.model}.{name}"
        for row in TABLES
        for name in row.of_class(Class.PERSONAL, Class.SPECIAL)
        if is_free_text(row.model_class._meta.get_field(name))
        and name not in row.encrypted
    }

    assert readable == set(READABLE)


@pytest.mark.once
def test_an_encrypted_column_is_classified_as_personal_or_special():
    wrong = [
        (row.model, name)
        for row in TABLES
        for name in row.encrypted
        if row.classes[name] not in (Class.PERSONAL, Class.SPECIAL)
    ]

    assert wrong == []


FAMILY_ROOMS = ("families", "cases", "events", "imports", "reports")


@pytest.mark.once
def test_an_erasure_reaches_every_encrypted_text_about_families():
    reached = {(one.model, name) for one in WRITTEN for name in one.fields}
    elsewhere = {
        ("families.familymember", "name"),  # the row is deleted
        ("families.lookedthrough", "text"),  # empty as soon as the worker has looked
        ("cases.deletedvisit", "remains"),  # emptied, see _carry_out
        ("imports.import", "content"),  # emptied there too
        ("events.leader", "name"),  # a professional from outside
        ("reports.export", "password"),  # of a file in which families are codes
        ("reports.export", "opens_with"),
    }
    missing = {
        (label, field.name)
        for label, row in BY_MODEL.items()
        for field in row.model_class._meta.concrete_fields
        if label.partition(".")[0] in FAMILY_ROOMS
        and isinstance(field, EncryptedTextField)
        and not field.choices  # no words of anybody
        and (row.model_class, field.name) not in reached
    }

    assert missing == elsewhere

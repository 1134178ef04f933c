"""Storing what people add to the lists: once, however often the button is pressed."""

from django.db import transaction

from privacy import audit
from privacy.fold import are_alike, fold
from privacy.ids import uuid7

DIGITS_OF_A_PHONE = 8
A_STATEMENT = 500
"""Rows that are stored by one statement."""


def similar(rows, *, name, phone="", email=""):
    """Rows that may be what somebody is about to add: the same name but for a slip,
    the same phone or the same e-mail."""
    return Known(rows).similar(name, phone, email)


class Known:
    """Rows made ready for many such questions: names are folded and opened once."""

    def __init__(self, rows):
        self.rows = [
            (row, fold(row.name).split(), _digits(row.phone), row.email.casefold())
            for row in rows
        ]

    def similar(self, name, phone="", email=""):
        words, digits, email = fold(name).split(), _digits(phone), email.casefold()
        return [
            row
            for row, known, its_digits, its_email in self.rows
            if are_alike(known, words)
            or (digits and digits == its_digits)
            or (email and email == its_email)
        ]


def _digits(phone):
    """The number without the code of the country."""
    return "".join(filter(str.isdecimal, phone))[-DIGITS_OF_A_PHONE:]


def made_before(row, queryset, *, alike, lock):
    """The row that an earlier press of the same button has stored, or None.

    ``row`` carries the key its form came with. A double click or a reload sends
    the key again. When the key is taken by a row that differs in ``alike`` (the
    person went back and wrote something else) or by a row that is not theirs, it
    is replaced and the row counts as new.
    """
    # Of two requests at the same moment the second waits here for the first.
    lock._meta.model._base_manager.select_for_update(no_key=True).get(pk=lock.pk)
    made = queryset.filter(pk=row.pk).first()
    if made and all(getattr(made, name) == getattr(row, name) for name in alike):
        return made
    if type(row)._base_manager.filter(pk=row.pk).exists():
        row.pk = uuid7()
    return None


@transaction.atomic
def add_all(rows, *, by):
    """Put many institutions, or many people of institutions, on the list at once."""
    if rows:
        type(rows[0]).objects.bulk_create(rows, batch_size=A_STATEMENT)
    audit.record_all(by, audit.Verb.CREATE, [(row, {}) for row in rows])


@transaction.atomic
def add_institution(institution, *, by):
    """Put an institution of one of the person's places on the list."""
    made = made_before(
        institution,
        type(institution).objects.editable_by(by),
        alike=["name", "municipality_id"],
        lock=institution.municipality,
    )
    if made:
        return made
    institution.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, institution)
    return institution


@transaction.atomic
def add_contact(contact, *, by):
    """Put a person of an institution on the list."""
    made = made_before(
        contact,
        type(contact).objects.editable_by(by),
        alike=["name", "institution_id"],
        lock=contact.institution,
    )
    if made:
        return made
    contact.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, contact, institution=contact.institution_id)
    return contact


@transaction.atomic
def add_row(form, *, by, lock):
    """Store what a form of a register makes, once; ``lock`` is the row it belongs to."""
    row = form.save(commit=False)
    alike = [
        name
        for name in form._meta.fields
        if not type(row)._meta.get_field(name).many_to_many
    ]
    made = made_before(row, type(row).objects.editable_by(by), alike=alike, lock=lock)
    if made:
        return made
    row.save(force_insert=True)
    form.save_m2m()
    audit.record(by, audit.Verb.CREATE, row)
    return row


@transaction.atomic
def change_row(form, *, by):
    """Store what a form changed."""
    row = form.save()
    audit.record(by, audit.Verb.UPDATE, row, fields=audit.changed_fields(form))
    return row


@transaction.atomic
def remove_row(row, *, by):
    """Take a row off its list: it was a slip. Raises ProtectedError if others need it."""
    audit.record(by, audit.Verb.DELETE, row)
    row.delete()

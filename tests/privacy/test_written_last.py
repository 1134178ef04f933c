"""What a view records is written when its page is drawn, so that nobody waits for that."""

from contextlib import suppress

import pytest
from django.db import transaction

from families.models import Family
from privacy import audit
from privacy.audit import Verb
from privacy.models import AuditEntry


def verbs():
    return list(AuditEntry.objects.values_list("verb", flat=True))


class Undone(Exception):
    """Thrown to take back what was done."""


def test_entries_are_written_at_the_end_as_they_came(db):
    with audit.written_last():
        audit.record(None, Verb.LIST, Family)
        audit.record(None, Verb.READ, Family)
        assert verbs() == []

    assert verbs() == ["list", "read"]
    assert audit.check_chain().holds


def test_what_is_no_code_is_refused_where_it_is_recorded(db):
    with audit.written_last(), pytest.raises(ValueError, match="looks like a text"):
        audit.record(None, Verb.LIST, Family, label="Ozolu ģimene")


def test_an_error_leaves_no_entry(db):
    with suppress(Undone), audit.written_last():
        audit.record(None, Verb.READ, Family)
        raise Undone

    audit.record(None, Verb.LIST, Family)
    assert verbs() == ["list"]


def test_a_deed_that_is_taken_back_alone_takes_its_entry_with_it(db):
    with audit.written_last():
        audit.record(None, Verb.READ, Family)
        with suppress(Undone), transaction.atomic():
            audit.record(None, Verb.DELETE, Family)
            raise Undone
        with transaction.atomic():
            audit.record(None, Verb.CREATE, Family)

    assert verbs() == ["create", "read"]


def test_one_view_within_another_writes_each_entry_once(db):
    with audit.written_last():
        audit.record(None, Verb.LIST, Family)
        with audit.written_last():
            audit.record(None, Verb.READ, Family)

    assert verbs() == ["read", "list"]


@pytest.mark.django_db(transaction=True)
def test_a_view_without_a_transaction_writes_with_each_of_its_own():
    with audit.written_last():
        with transaction.atomic():
            audit.record(None, Verb.LIST, Family)
        assert verbs() == ["list"]
        with pytest.raises(audit.AuditOutsideTransaction):
            audit.record(None, Verb.READ, Family)

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from privacy import append_only, audit
from privacy.audit import Verb
from privacy.models import AuditEntry, Installation


@pytest.mark.django_db(transaction=True)
def test_an_emptied_database_begins_a_new_chain_that_refuses_changes():
    with transaction.atomic():
        audit.record(None, Verb.LOAD, AuditEntry)

    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEntry.objects.exists()

    with transaction.atomic():
        audit.record(None, Verb.LOAD, AuditEntry)
    assert audit.check_chain() == audit.ChainCheck(rows=1, first_broken=None)
    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.update(seq=2)


def test_a_database_with_real_data_is_not_emptied(db):
    Installation.objects.mark(demo=False)

    with pytest.raises(CommandError, match="real data"):
        call_command("flush", interactive=False)


def test_the_refusal_can_be_lifted_when_the_migration_is_undone(db):
    audit.record(None, Verb.LOAD, AuditEntry)

    append_only.allow_changes(connection)
    AuditEntry.objects.all().delete()
    append_only.refuse_changes(connection)

    assert not AuditEntry.objects.exists()

import json
from datetime import UTC, date, datetime
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.forms import modelform_factory

from families.models import Family
from privacy import append_only, audit
from privacy.audit import Verb
from privacy.models import GENESIS, AuditEntry, AuditHead
from tests.factories import FamilyFactory


@pytest.fixture
def chain(mediator):
    """Five entries as they arise in a day's work."""
    family = FamilyFactory(mediator=mediator)
    audit.record(None, Verb.SIGN_IN_FAILED, type(mediator))
    audit.record(mediator, Verb.SIGN_IN, mediator)
    audit.record(mediator, Verb.LIST, Family, rows=7, filters=["open"])
    audit.record(mediator, Verb.READ, family, purpose="visit")
    audit.record(mediator, Verb.UPDATE, family, fields=["adults", "note"], share=0.5)


@pytest.fixture
def tamper(chain):
    """Change the table as somebody could who owns the database."""
    append_only.allow_changes(connection)

    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    return run


def test_an_entry_says_who_did_what_to_which_row(mediator):
    family = FamilyFactory()

    with time_machine.travel(datetime(2026, 10, 5, 9, 30, tzinfo=UTC), tick=False):
        audit.record(mediator, Verb.READ, family, purpose="visit")

    entry = AuditEntry.objects.get()
    assert (entry.seq, entry.at) == (1, datetime(2026, 10, 5, 9, 30, tzinfo=UTC))
    assert (entry.actor, entry.verb) == (mediator.pk, "read")
    assert (entry.object_type, entry.object_id) == ("families.family", str(family.pk))
    assert entry.detail == {"purpose": "visit"}
    assert entry.previous_hash == GENESIS


def test_a_list_is_recorded_by_its_model(mediator):
    audit.record(mediator, Verb.LIST, Family)

    entry = AuditEntry.objects.get()
    assert (entry.object_type, entry.object_id) == ("families.family", "")
    assert str(entry) == "1 list families.family"


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_somebody_who_is_not_signed_in_has_no_account(db, nobody):
    audit.record(nobody, Verb.LIST, Family)

    assert AuditEntry.objects.get().actor is None


def test_every_entry_seals_the_one_before(chain):
    entries = list(AuditEntry.objects.all())
    head = AuditHead.objects.get()

    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous_hash for entry in entries[1:]] == [
        entry.hash for entry in entries[:-1]
    ]
    assert (head.seq, head.hash) == (5, entries[-1].hash)


def test_ids_and_dates_may_stand_in_the_detail(mediator):
    pk = UUID(int=1)

    audit.record(mediator, Verb.EXPORT, Family, of=pk, since=date(2026, 1, 1))

    assert AuditEntry.objects.get().detail == {"of": str(pk), "since": "2026-01-01"}
    assert audit.check_chain().holds


@pytest.mark.parametrize(
    "detail",
    [
        {"label": "Kārkliņi"},
        {"reason": "asked by the school"},
        {"fields": ["note", "Ozolu ģimene"]},
        {"counts": {"Ozolu ģimene": 3}},
        {"mail": "kontakts@example.test"},
    ],
)
def test_names_and_texts_are_refused_and_not_repeated_in_the_error(mediator, detail):
    with pytest.raises(ValueError, match="ids and codes") as caught:
        audit.record(mediator, Verb.READ, Family, **detail)

    [name] = detail
    assert f"'{name}'" in str(caught.value)
    assert "Ozolu" not in str(caught.value)
    assert not AuditEntry.objects.exists()


def test_an_unknown_verb_is_refused(mediator):
    with pytest.raises(ValueError, match="looked_around"):
        audit.record(mediator, "looked_around", Family)


def test_a_row_without_primary_key_is_refused(mediator):
    with pytest.raises(ValueError, match="primary key"):
        audit.record(mediator, Verb.CREATE, Family(pk=None))


def test_changed_fields_are_named_without_their_values(db):
    form = modelform_factory(Family, fields=["phone", "adults", "children"])(
        {"phone": "20000000", "adults": "2", "children": "0"}, instance=Family()
    )

    assert audit.changed_fields(form) == ["adults", "phone"]


def test_recording_takes_a_constant_number_of_queries(
    chain, mediator, django_assert_num_queries
):
    # the head, the entry, the head again
    with django_assert_num_queries(3):
        audit.record(mediator, Verb.LIST, Family)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    with pytest.raises(audit.AuditOutsideTransaction):
        audit.record(None, Verb.LIST, Family)

    assert not AuditEntry.objects.exists()


def test_an_entry_disappears_with_the_deed_that_failed(chain, mediator):
    @transaction.atomic
    def deed():
        audit.record(mediator, Verb.CREATE, Family)
        AuditHead.objects.create(pk=2)

    with pytest.raises(IntegrityError):
        deed()
    audit.record(mediator, Verb.LIST, Family)

    assert AuditEntry.objects.count() == AuditHead.objects.get().seq == 6
    assert audit.check_chain() == audit.ChainCheck(rows=6, first_broken=None)


@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.update(verb="read"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.first().save(),
        lambda: AuditEntry.objects.filter(seq=2)._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_change_an_entry(chain, change):
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
    ):
        change()

    assert AuditEntry.objects.count() == 5


REPLACING = {
    "sqlite": "INSERT OR REPLACE INTO privacy_auditentry "
    "SELECT * FROM privacy_auditentry WHERE seq = 2",
    "postgresql": "INSERT INTO privacy_auditentry SELECT * FROM privacy_auditentry "
    "WHERE seq = 2 ON CONFLICT (seq) DO UPDATE SET verb = 'read'",
}


def test_the_database_refuses_to_put_an_entry_in_the_place_of_another(chain):
    with (
        pytest.raises((IntegrityError, InternalError), match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(REPLACING[connection.vendor])


@pytest.mark.parametrize(
    ("actor", "written"),
    [(None, "null"), (UUID(int=7), '"00000000-0000-0000-0000-000000000007"')],
)
def test_whoever_reads_the_description_can_recompute_a_hash(actor, written):
    at = datetime(2026, 10, 5, 12, 30, tzinfo=ZoneInfo("Europe/Riga"))
    content = [8, at, actor, "read", "families.family", "f1", {"rows": 2}]

    by_hand = (
        f'[8,"2026-10-05T09:30:00.000000+00:00",{written},'
        '"read","families.family","f1",{"rows":2}]'
    )
    assert (
        audit.digest("ab" * 32, content)
        == sha256(("ab" * 32 + by_hand).encode()).hexdigest()
    )


def test_the_opening_of_a_page_says_what_else_is_to_be_known(rf, mediator):
    request = rf.get("/")
    request.user = mediator
    with transaction.atomic():
        audit.record_opening(request, mediator, purpose="visit")

    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.detail) == (mediator.pk, {"purpose": "visit"})


def test_a_form_that_is_sent_opens_nothing(rf, mediator):
    request = rf.post("/")
    request.user = mediator

    audit.record_opening(request, mediator)

    assert not AuditEntry.objects.exists()


def test_only_filters_that_narrow_are_named(rf):
    query = rf.get("/", {"area": "housing", "status": ""}).GET

    assert audit.filters(query, "area", "status", "month") == ["area"]


def test_an_untouched_chain_holds(chain):
    assert audit.check_chain() == audit.ChainCheck(rows=5, first_broken=None)


def test_an_empty_chain_holds(db):
    assert audit.check_chain() == audit.ChainCheck(rows=0, first_broken=None)


@pytest.mark.parametrize("at_once", [1, 2, 5, audit.A_WALK])
@pytest.mark.parametrize(
    ("change", "first_broken"),
    [
        ("UPDATE privacy_auditentry SET verb = 'read' WHERE seq = 3", 3),
        ("UPDATE privacy_auditentry SET actor = NULL WHERE seq = 2", 2),
        ("UPDATE privacy_auditentry SET object_id = 'x' WHERE seq = 5", 5),
        ("UPDATE privacy_auditentry SET at = '2020-01-01 00:00:00' WHERE seq = 1", 1),
        ("UPDATE privacy_auditentry SET detail = '{\"rows\": 8}' WHERE seq = 3", 3),
        ("UPDATE privacy_auditentry SET detail = '{\"rows\": 1e999}' WHERE seq = 3", 3),
        ("UPDATE privacy_auditentry SET seq = 9 WHERE seq = 4", 4),
        ("DELETE FROM privacy_auditentry WHERE seq = 1", 1),
        ("DELETE FROM privacy_auditentry WHERE seq = 3", 3),
        ("DELETE FROM privacy_auditentry WHERE seq > 3", 4),
        ("DELETE FROM privacy_auditentry", 1),
        ("DELETE FROM privacy_audithead", 1),
        ("UPDATE privacy_audithead SET seq = 4", 5),
        ("UPDATE privacy_audithead SET seq = 8", 6),
        ("UPDATE privacy_audithead SET hash = 'x'", 5),
    ],
)
def test_the_check_names_the_first_entry_that_was_tampered_with(
    tamper, monkeypatch, change, first_broken, at_once
):
    monkeypatch.setattr(audit, "A_WALK", at_once)
    tamper(change)

    check = audit.check_chain()
    assert (check.first_broken, check.rows) == (
        first_broken,
        AuditEntry.objects.count(),
    )


@pytest.mark.parametrize("at_once", [1, 2, 5, audit.A_WALK])
def test_what_others_write_while_the_walk_rests_breaks_no_chain(
    chain, mediator, monkeypatch, at_once
):
    monkeypatch.setattr(audit, "A_WALK", at_once)
    walk = audit.Walk.from_the_first()
    while walk.go_on():
        if walk.rows < 8:
            audit.record(mediator, Verb.LIST, Family)

    audit.record(mediator, Verb.LIST, Family)

    assert walk.result().holds
    assert walk.rows >= 5


@pytest.mark.parametrize(
    ("change", "first_broken"),
    [
        # Behind the walk: the next one finds it
        ("UPDATE privacy_auditentry SET verb = 'read' WHERE seq = 1", None),
        ("UPDATE privacy_auditentry SET verb = 'read' WHERE seq = 3", 3),
        ("DELETE FROM privacy_auditentry WHERE seq = 3", 3),
        ("DELETE FROM privacy_auditentry WHERE seq > 3", 4),
        ("UPDATE privacy_auditentry SET seq = 9 WHERE seq = 4", 4),
    ],
)
def test_what_is_tampered_with_while_the_walk_rests_is_found_before_it_or_by_the_next(
    tamper, monkeypatch, change, first_broken
):
    monkeypatch.setattr(audit, "A_WALK", 2)
    walk = audit.Walk.from_the_first()
    walk.go_on()
    tamper(change)
    while walk.go_on():
        pass

    assert walk.result().first_broken == first_broken
    assert not audit.check_chain().holds


def test_an_entry_cannot_be_forged_by_recomputing_its_own_hash(tamper):
    forged = AuditEntry.objects.get(seq=2)
    forged.actor = None
    forged.hash = audit.digest(
        forged.previous_hash, [getattr(forged, name) for name in audit.CONTENT]
    )
    forged.save()

    assert audit.check_chain().first_broken == 3


def test_nothing_is_recorded_on_a_chain_without_its_head(tamper, mediator):
    tamper("DELETE FROM privacy_audithead")

    with pytest.raises(IntegrityError), transaction.atomic():
        audit.record(mediator, Verb.LIST, Family)


def test_verify_audit_reports_a_chain_that_holds(chain, capsys):
    call_command("verify_audit", "--json")

    assert json.loads(capsys.readouterr().out) == {
        "rows": 5,
        "holds": True,
        "first_broken": None,
    }


def test_verify_audit_fails_on_a_broken_chain(tamper, capsys):
    tamper("DELETE FROM privacy_auditentry WHERE seq = 4")

    with pytest.raises(SystemExit) as caught:
        call_command("verify_audit", "--json")

    assert caught.value.code == 1
    assert json.loads(capsys.readouterr().out) == {
        "rows": 4,
        "holds": False,
        "first_broken": 4,
    }


def test_verify_audit_speaks_to_people_too(tamper, capsys):
    call_command("verify_audit")
    tamper("DELETE FROM privacy_auditentry WHERE seq = 4")
    with pytest.raises(SystemExit):
        call_command("verify_audit")

    holds, broken = capsys.readouterr().out.splitlines()
    assert holds == "The audit chain holds: 5 entries."
    assert broken.startswith("The audit chain is broken at entry 4:")

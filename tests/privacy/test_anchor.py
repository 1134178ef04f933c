"""An end of the chain that was written down elsewhere gives away what was cut off."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from privacy import audit
from privacy.append_only import AUDIT
from privacy.models import AuditEntry, AuditHead
from tests.tampering import lifted


@pytest.fixture
def mailed(db):
    """The end of the chain as a letter told it; two more entries came since."""
    for _ in range(3):
        audit.record(None, audit.Verb.LIST, AuditEntry)
    end = audit.head()
    for _ in range(2):
        audit.record(None, audit.Verb.LIST, AuditEntry)
    return f"{end.seq}:{end.hash}"


def write_anew(since):
    """Cut the end off and let the chain grow again, as its owner could."""
    with lifted(AUDIT):
        AuditEntry.objects.filter(seq__gt=since).delete()
        last = AuditEntry.objects.latest("seq")
        AuditHead.objects.update(seq=last.seq, hash=last.hash)
    for _ in range(5):
        audit.record(None, audit.Verb.READ, last)


def verify(anchor):
    try:
        call_command("verify_audit", "--json", "--anchor", anchor)
    except SystemExit as end:
        return end.code
    return 0


def test_an_end_that_is_still_in_the_chain_holds(mailed, capsys):
    assert verify(mailed) == verify(mailed[:20]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0]) == {
        "rows": 5,
        "holds": True,
        "first_broken": None,
        "knows_anchor": True,
    }


def test_a_chain_that_was_written_anew_fits_itself_but_not_the_letter(mailed, capsys):
    write_anew(since=2)

    assert audit.check_chain().holds
    assert verify(mailed) == 1
    assert json.loads(capsys.readouterr().out)["knows_anchor"] is False


def test_what_was_cut_after_the_letter_is_beyond_it(mailed):
    write_anew(since=3)

    assert verify(mailed) == 0


@pytest.mark.once
@pytest.mark.parametrize("text", ["", "12", "12:xyz", "a:0123456789abcdef", "1:0123"])
def test_what_is_no_anchor_is_a_wrong_use(text):
    with pytest.raises(CommandError, match="NUMBER:HASH"):
        call_command("verify_audit", "--anchor", text)


def test_entries_that_come_while_the_chain_is_walked_do_not_break_it(mailed):
    came = []

    def somebody_writes(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if "audithead" in sql and not came:
            came.append(1)
            audit.record(None, audit.Verb.LIST, AuditEntry)
        return answer

    with connection.execute_wrapper(somebody_writes):
        assert audit.check_chain().holds
    assert came

"""A PDF from outside only shows pages, and what looks into it is kept short."""

import resource
import signal
import zlib

import pytest

from privacy import child, pdf_gate
from privacy.pdf_gate import NoPdf, answer_why_not, checked, why_not
from privacy.workbook_gate import LARGEST_FILE
from tests.privacy.stand_ins import Asker, Upload

ACTIVE = (
    *("JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "OpenAction"),
    *("AA", "RichMedia", "SubmitForm", "ImportData", "GoToR", "GoToE", "XFA"),
)


def pdf(words=b""):
    return b"%PDF-1.7\n1 0 obj <<" + words + b">> endobj\n%%EOF\n"


@pytest.mark.parametrize("name", ACTIVE)
def test_each_name_of_something_that_acts_is_refused_and_a_longer_one_is_not(name):
    for end in (b"", b" ", b"(", b"/"):
        assert why_not(pdf(b"/" + name.encode() + end)) == "active"
    for end in (b"a", b"z", b"A", b"Z", b"0", b"9"):
        more = "EmbeddedFile" if name == "EmbeddedFiles" else name
        assert why_not(pdf(b"/" + more.encode() + end)) == ""


@pytest.mark.parametrize(
    "name", [b"/#4aS", b"/#4AS", b"/J#53", b"/#4a#53", b"/#58F#41"]
)
def test_a_name_with_escapes_is_read(name):
    assert why_not(pdf(name)) == "active"


def test_the_end_stands_within_the_last_kilobyte():
    assert why_not(pdf().rstrip() + b" " * 1019) == ""
    assert why_not(pdf().rstrip() + b" " * 1020) == "kind"


def test_all_that_unpacks_shares_one_room(monkeypatch):
    piece = b"stream\n" + zlib.compress(b"\0" * 60) + b"\nendstream "
    monkeypatch.setattr(pdf_gate, "LARGEST_UNPACKED", 120)
    assert why_not(pdf(piece * 2)) == ""
    monkeypatch.setattr(pdf_gate, "LARGEST_UNPACKED", 119)
    assert why_not(pdf(piece * 2)) == "heavy"
    # What is not packed takes nothing of it
    monkeypatch.setattr(pdf_gate, "LARGEST_UNPACKED", 60)
    assert why_not(pdf(b"stream\nnot packed\nendstream " * 9 + piece)) == ""


@pytest.mark.parametrize("reason", ["large", "kind", "protected", "active", "heavy"])
def test_each_reason_has_words(reason):
    assert str(NoPdf(reason)) == str(pdf_gate.REASONS[reason])
    assert set(pdf_gate.REASONS) == {"large", "kind", "protected", "active", "heavy"}


def test_a_file_of_the_largest_size_is_looked_at_and_a_larger_one_is_not_read(asked):
    calls, file = asked(""), Upload(LARGEST_FILE)

    assert checked(file) == file.content
    assert calls == [((answer_why_not, file.content), {"seconds": pdf_gate.SECONDS})]

    larger = Upload(LARGEST_FILE + 1)
    with pytest.raises(NoPdf) as refused:
        checked(larger)
    assert refused.value.args == ("large",)
    assert larger.asked == [LARGEST_FILE + 1]
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [("active", "active"), (child.TookTooLong("took too long"), "heavy")],
)
def test_what_the_process_answers_or_does_not_answer_is_why_it_is_refused(
    asked, answer, reason
):
    calls = asked(answer)

    with pytest.raises(NoPdf) as refused:
        checked(Upload(1), look="look", seconds=3)

    assert refused.value.args == (reason,)
    assert calls == [(("look", b"x"), {"seconds": 3})]


def test_the_process_has_ten_seconds_half_a_gigabyte_and_no_files(monkeypatch):
    limits, alarms, asker = {}, [], Asker()
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(signal, "alarm", alarms.append)

    answer_why_not(asker, pdf(b"/JS"))

    assert asker.sent == ["active"]
    # Its own end comes after the one that its parent waits for
    assert alarms == [11]
    assert limits == {
        resource.RLIMIT_AS: (512 << 20, 512 << 20),
        resource.RLIMIT_CPU: (10, 10),
        resource.RLIMIT_NOFILE: (0, 0),
    }
    assert pdf_gate.LARGEST_UNPACKED == 100 << 20

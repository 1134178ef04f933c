"""What comes in by a spreadsheet is read by a child, or refused with a reason."""

import io
import resource
import signal
import stat
import zipfile
from datetime import datetime

import openpyxl
import pytest
from django.utils import translation

from privacy import workbooks
from privacy.workbook_gate import LARGEST_FILE, NotReadable
from tests.privacy.stand_ins import Asker

pytestmark = pytest.mark.once


def workbook(rows=((1, "Anna"),)):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def packed_anew(change=lambda name, content: content, extra=(), rows=((1, "Anna"),)):
    """A workbook with parts that were changed or added."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(rows))) as whole,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as changed,
    ):
        for name in whole.namelist():
            content = change(name, whole.read(name))
            if content is not None:
                changed.writestr(name, content)
        for part, content in extra:
            changed.writestr(part, content)
    return file.getvalue()


def symlink():
    part = zipfile.ZipInfo("xl/link")
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    return part


def declared(name, content):
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    return content.replace(b"<worksheet", entity + b"<worksheet", 1)


def encrypted():
    content = bytearray(workbook())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + place] |= 1
    return bytes(content)


def bomb():
    return packed_anew(extra=[("xl/big.xml", b" " * 10 * 1024 * 1024)])


def lying_about_its_size():
    """A part of 10 MB that the table of contents calls small."""
    content = bytearray(bomb())
    at = content.find(b"xl/big.xml", content.rfind(b"PK\x01\x02")) - 46
    content[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(content)


def one_cell_far_away(name, content):
    """Four kilobytes that claim seventeen billion cells."""
    return content.replace(b'r="A1"', b'r="XFD1048576"').replace(
        b'r="1"', b'r="1048576"'
    )


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def read(content):
    return workbooks.read_rows(io.BytesIO(content))


def test_rows_are_texts_numbers_and_dates():
    rows = [("Vārds", 2, None), ("=1+1", 2.5, datetime(2026, 10, 1))]  # noqa: DTZ001 -- as in a cell

    assert read(workbook(rows)) == [["Vārds", 2, None], [None, *rows[1][1:]]]


@pytest.mark.parametrize(
    "content",
    [
        "Vārds;Gads\nĶirsis;2010\n".encode(),
        "\ufeffVārds,Gads\r\nĶirsis,2010\r\n".encode(),
        "Vārds\tGads\nĶirsis\t2010".encode("cp1257"),
        "Vārds\tGads\r\nĶirsis\t2010\r\n".encode("utf-16"),
    ],
)
def test_a_csv_file_is_read_as_programs_in_latvia_write_it(content):
    assert read(content) == [["Vārds", "Gads"], ["Ķirsis", "2010"]]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0old", "old or a protected"),
        (b"PK\x03\x04broken", "cannot be read"),
        (b"\x00\x01\x02", "neither a workbook nor a CSV"),
        (b"a;b\n" * 5001, "5000 rows"),
        (b"a" * (LARGEST_FILE + 1), "5 MB"),
        (workbook([(number,) for number in range(5001)]), "5000 rows"),
        (packed_anew(lambda name, content: None), "neither a workbook nor a CSV"),
        (packed_anew(extra=[("../../evil.xml", b"<x/>")]), "do not belong"),
        (packed_anew(extra=[(symlink(), b"/etc/passwd")]), "do not belong"),
        (packed_anew(extra=[("xl/vbaProject.bin", b"x")]), "macros"),
        (packed_anew(extra=[("xl/externalLinks/a.xml", b"<x/>")]), "macros"),
        (packed_anew(extra=[(f"xl/{n}.xml", b"") for n in range(200)]), "too many"),
        (packed_anew(declared), "do not belong"),
        (encrypted(), "do not belong"),
        (bomb(), "larger than it looks"),
        (lying_about_its_size(), "cannot be read"),
    ],
    ids=[
        "xls", "broken", "bytes", "long csv", "large", "long", "empty", "path", "symlink",
        "macro", "link", "parts", "entities", "encrypted", "bomb",
        "lie",
    ],
)  # fmt: skip
def test_a_file_that_may_harm_is_refused_with_a_reason(content, reason):
    with pytest.raises(NotReadable, match=reason):
        read(content)


def test_a_sheet_that_claims_billions_of_cells_is_read_up_to_the_limits():
    assert read(packed_anew(one_cell_far_away)) == []


def hang(asker, content):
    while True:
        pass


def eat(asker, content):
    workbooks.resource.setrlimit(workbooks.resource.RLIMIT_AS, (workbooks.MEMORY,) * 2)
    asker.send(bytearray(2 * workbooks.MEMORY))


@pytest.mark.parametrize("work", [hang, eat])
def test_a_file_that_takes_too_much_ends_its_reader_and_nothing_else(work):
    with pytest.raises(NotReadable, match="too much"):
        workbooks.read_rows(io.BytesIO(workbook()), read=work, seconds=1)


class Endless:
    """A file that says nothing of its size."""

    def read(self, size=-1):
        assert size is not None
        assert size >= 0
        return b"a" * size


def test_of_a_file_without_an_end_no_more_is_read_than_tells_that_it_is_too_large():
    with pytest.raises(NotReadable, match="5 MB"):
        workbooks.read_rows(Endless())


# Without the process around it


def test_the_process_has_ten_seconds_so_much_memory_and_no_files(monkeypatch):
    limits, alarms, asker = {}, [], Asker()
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(signal, "alarm", alarms.append)

    workbooks.answer_with_rows(asker, b"a;b\n")

    assert asker.sent == [[["a", "b"]]]
    # Its own end comes after the one that its parent waits for
    assert alarms == [11]
    assert limits == {
        resource.RLIMIT_AS: (workbooks.MEMORY, workbooks.MEMORY),
        resource.RLIMIT_CPU: (10, 10),
        resource.RLIMIT_NOFILE: (0, 0),
    }


def refused(content):
    with pytest.raises(NotReadable) as caught:
        workbooks.rows_in(content)
    return caught.value


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"", []),
        (b"a;b\n;\nc;d\n;\n", [["a", "b"], [None, None], ["c", "d"]]),
        (
            b"XXX;a\n1,2,3,4;b\n,,,,,,;c",
            [["XXX", "a"], ["1,2,3,4", "b"], [",,,,,,", "c"]],
        ),
        (b'a;"b\r\nc"\r\n', [["a", "b\r\nc"]]),
        (b";" * 60 + b"beyond\n" + b"a" + b";" * 59, [[None], ["a"]]),
    ],
    ids=["empty", "blank row", "head decides", "line within", "sixty columns"],
)
def test_a_table_is_read_as_it_was_meant(content, rows):
    assert workbooks.rows_in(content) == rows


def test_a_quotation_mark_without_an_end_is_told():
    assert "quotation mark" in str(refused(b'a;"b\n'))


def test_five_thousand_rows_are_read_and_not_one_more():
    rows = [(number,) for number in range(5000)]

    assert len(workbooks.rows_in(b"a;b\n" * 5000)) == 5000
    assert len(workbooks.rows_in(workbook(rows))) == 5000
    assert refused(b"a;b\n" * 5001).args == ("long",)
    assert refused(workbook([*rows, (1,)])).args == ("long",)


def without_its_end(name, content):
    return content.partition(b"</sheetData>")[0]


def test_of_a_sheet_no_more_is_read_than_tells_that_it_is_too_long():
    rows = [(number,) for number in range(5002)]

    assert refused(packed_anew(without_its_end, rows=rows)).args == ("long",)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n1;2\n", rb"{\rtf1\ansi Anna;2010}" + b"\n"]
)
def test_a_document_whose_signs_pass_for_text_is_no_table(content):
    assert refused(content).args == ("kind",)
    assert workbooks.rows_in(b"a" + content)


def test_of_a_sheet_sixty_columns_are_read():
    assert workbooks.rows_in(workbook([range(61)])) == [list(range(60))]


def test_the_head_of_a_list_does_not_count():
    assert len(workbooks.read_table(io.BytesIO(b"a;b\n" * 5001))) == 5001
    with pytest.raises(NotReadable, match="5000 rows"):
        workbooks.read_table(io.BytesIO(b"a;b\n" * 5002))


def test_a_file_of_just_five_megabytes_is_read():
    row = b"a" * 1099 + b"\n"
    content = (row * 5000)[:LARGEST_FILE]

    assert len(workbooks.rows_in(content)) == LARGEST_FILE // len(row) + 1
    assert refused(b"a" * (LARGEST_FILE + 1)).args == ("large",)

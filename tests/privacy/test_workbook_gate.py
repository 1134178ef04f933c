"""The gate before a workbook, asked directly: what is refused, and just not refused."""

import random
import stat
import zipfile
import zlib
from io import BytesIO

import pytest

from privacy.workbook_gate import NotReadable, check_workbook

pytestmark = pytest.mark.once

MB = 1024 * 1024
NEEDED = (("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"))
NOISE = random.Random(1)


def archive(*parts, compression=zipfile.ZIP_STORED):
    """What a workbook needs, and more parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as whole:
        for name, content in (*NEEDED, *parts):
            whole.writestr(name, content)
    return file.getvalue()


def packed(*parts):
    return archive(*parts, compression=zipfile.ZIP_DEFLATED)


def noise(count):
    return NOISE.randbytes(count)


def reason_of(content):
    try:
        check_workbook(content)
    except NotReadable as refused:
        return refused.args[0]
    return None


@pytest.mark.parametrize(
    "name",
    [
        *("../a.xml", "xl/../../a.xml", "xl/..", "..\\a.xml", "xl\\..\\a.xml"),
        *("/etc/passwd", "C:a.xml", "xl/a.xml:stream"),
    ],
)
def test_no_part_leads_out_of_the_archive(name):
    assert reason_of(archive((name, b"<x/>"))) == "foreign"


def test_no_part_hides_its_name_behind_a_zero():
    whole = archive(("xl/a.xml!evil", b"<x/>"))

    assert reason_of(whole.replace(b"xl/a.xml!evil", b"xl/a.xml\0evil")) == "foreign"


def test_no_part_stands_for_another_file():
    link = zipfile.ZipInfo("xl/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert reason_of(archive((link, b"/etc/passwd"))) == "foreign"


def test_dots_within_a_name_lead_nowhere():
    assert reason_of(archive(("xl/a..b.xml", b"<x/>"))) is None


@pytest.mark.parametrize(
    "name",
    [
        *("xl/vbaProject.bin", "xl/externalLinks/a.xml", "xl/activeX/a.bin"),
        *("xl/embeddings/a.bin", "xl/oleObject1.bin"),
    ],
)
def test_nothing_active_is_in_it(name):
    assert reason_of(archive((name, b"x"))) == "active"


def test_what_a_workbook_needs_is_enough_and_all_of_it_is_needed():
    assert reason_of(archive()) is None
    for name in (b"[Content_Types].xml", b"xl/workbook.xml"):
        other = name.replace(b".xml", b".lmx")
        assert reason_of(archive().replace(name, other)) == "kind"


@pytest.mark.parametrize(("more", "reason"), [(198, None), (199, "parts")])
def test_it_has_two_hundred_parts_at_most(more, reason):
    parts = [(f"xl/{number}.xml", b"<x/>") for number in range(more)]

    assert reason_of(archive(*parts)) == reason


def test_no_part_is_there_twice():
    whole = archive(("xl/a.xml", b"<x/>"), ("xl/b.xml", b"<y/>"))

    assert reason_of(whole.replace(b"xl/b.xml", b"xl/a.xml")) == "parts"


@pytest.mark.parametrize("before", [0, 64 * 1024 - 4, 2 * 64 * 1024 - 1])
@pytest.mark.parametrize("codec", ["ascii", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "word", ["<!DOCTYPE x", "<!doctype x", "<!ENTITY a", "<!entity a"]
)
def test_no_part_declares_what_makes_parsers_fetch_and_multiply(word, codec, before):
    text = noise(before // 2).hex().encode().ljust(before, b" ") + word.encode(codec)

    assert reason_of(packed(("xl/a.xml", text))) == "foreign"


def test_words_that_a_zero_does_not_make_are_let_through():
    assert reason_of(packed(("xl/a.xml", b"<!DOC TYPE <!ENT ITY"))) is None


# How much


@pytest.mark.parametrize(("more", "reason"), [(0, None), (1, "large")])
def test_a_file_has_five_megabytes_at_most(more, reason):
    count = 5 * MB - len(archive(("xl/a.bin", b"")))

    assert reason_of(archive(("xl/a.bin", noise(count + more)))) == reason


@pytest.mark.parametrize(("more", "reason"), [(0, None), (1, "dense")])
def test_what_is_small_may_be_nothing_but_repetition(more, reason):
    assert reason_of(packed(("xl/a.xml", b" " * (64 * 1024 + more)))) == reason


def deflated(content):
    squeeze = zlib.compressobj(wbits=-15)
    return len(squeeze.compress(content) + squeeze.flush())


def unpacks_to(times, more):
    """A part that unpacks to so many times its size, and some bytes."""
    for begins in range(2000, 2100):
        start, blanks = noise(begins), 200_000
        for _try in range(9):
            content = start + b" " * blanks
            missing = times * deflated(content) + more - len(content)
            if not missing:
                return content
            blanks += missing
    raise AssertionError("no such part was found")


@pytest.mark.parametrize(
    ("times", "more", "reason"), [(100, 0, None), (100, 1, "dense")]
)
def test_a_part_unpacks_to_a_hundred_times_its_size_at_most(times, more, reason):
    assert reason_of(packed(("xl/a.xml", unpacks_to(times, more)))) == reason


@pytest.mark.parametrize(("more", "reason"), [(0, None), (1, "dense")])
def test_all_parts_unpack_to_fifty_megabytes_at_most(more, reason):
    size = 5 * MB
    needed = sum(len(content) for _name, content in NEEDED)
    parts = [noise(size // 90) + b" " * (size - size // 90) for _ in range(9)]
    parts.append(noise(size // 90) + b" " * (size - size // 90 - needed + more))

    whole = packed(*((f"xl/{number}.xml", part) for number, part in enumerate(parts)))

    assert reason_of(whole) == reason

"""A long list is turned page by page, and nothing that comes meanwhile moves it."""

import pytest
from django.http import QueryDict

from interface.keyset import newest_first
from privacy import audit
from privacy.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries():
    """Seven, in the order in which they are read."""
    add(7)
    return numbers(AuditEntry.objects.order_by("-seq"))


def add(count):
    for _ in range(count):
        audit.record(None, audit.Verb.LIST, AuditEntry)


def numbers(rows):
    return [row.seq for row in rows]


def opened(address, size=3):
    query = QueryDict(address.removeprefix("?"))
    return newest_first(AuditEntry.objects.all(), query, by="seq", size=size)


def test_older_pages_tell_every_row_once(entries):
    page, seen = opened(""), []
    while True:
        seen.append(numbers(page.rows))
        if not page.older:
            break
        page = opened(page.older)

    assert seen == [entries[:3], entries[3:6], entries[6:]]


def test_newer_pages_lead_back(entries):
    oldest = opened(opened(opened("").older).older)

    middle = opened(oldest.newer)
    newest = opened(middle.newer)

    assert numbers(middle.rows) == entries[3:6]
    assert numbers(newest.rows) == entries[:3]
    assert not newest.newer


def test_what_comes_meanwhile_moves_no_older_page(entries):
    older = opened("").older
    add(2)

    assert numbers(opened(older).rows) == entries[3:6]


def test_a_newer_page_that_would_not_be_full_is_the_newest(entries):
    page = opened(f"pec={entries[1]}")

    assert numbers(page.rows) == entries[:3]
    assert not page.newer


def test_a_list_that_fits_leads_nowhere(entries):
    page = opened("", size=7)

    assert numbers(page.rows) == entries
    assert (page.newer, page.older) == ("", "")


def test_the_question_stays_in_the_address(entries):
    page = opened(f"kods=UPC-009&pirms={entries[1]}&darbiba=read")

    for address, end in ((page.newer, entries[2]), (page.older, entries[4])):
        query = QueryDict(address.removeprefix("?")).dict()
        assert (query.pop("kods"), query.pop("darbiba")) == ("UPC-009", "read")
        [(_name, number)] = query.items()
        assert int(number) == end


@pytest.mark.parametrize(
    "address",
    [
        "pirms=x",
        "pirms=",
        "pirms=-3",
        "pirms=²",
        f"pirms={'9' * 5000}",
        "pec=1e9",
        "pirms=0",
    ],
)
def test_a_number_that_is_none_or_leads_nowhere_shows_the_newest(entries, address):
    assert numbers(opened(address).rows) == entries[:3]


def test_no_rows_are_an_empty_page():
    page = opened("pirms=5")

    assert (page.rows, page.newer, page.older) == ([], "", "")

"""The secret of an address does not get into a line of the log."""

import logging

import pytest

from privacy.log_filter import HideLinks


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ('"GET /s/abc-DEF_1/?x=1"', '"GET /s/…/?x=1"'),
        ("/adrese/abc", "/adrese/…"),
        ("/kalendars/abc.ics and more", "/kalendars/… and more"),
        ("/sudziba/AAAA-2222-BBBB/", "/sudziba/…/"),
        ("/uzaicinajums/abc?x", "/uzaicinajums/…?x"),
        ("/gimenes/UPC-001/", "/gimenes/UPC-001/"),
    ],
)
def test_what_opens_something_is_masked_and_the_line_is_kept(message, shown):
    record = logging.makeLogRecord({"msg": "asked %s", "args": (message,)})

    assert HideLinks().filter(record) is True
    assert record.getMessage() == f"asked {shown}"

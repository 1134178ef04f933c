"""An upload is kept in memory, up to the largest file that is read."""

import pytest
from django.core.files.uploadhandler import StopFutureHandlers

from privacy.uploads import NeverOnDisk
from privacy.workbook_gate import LARGEST_FILE


@pytest.fixture
def handler():
    """In the middle of taking a file, however large the request says it is."""
    handler = NeverOnDisk()
    handler.handle_raw_input(None, {}, 10 * LARGEST_FILE, None)
    with pytest.raises(StopFutureHandlers):
        handler.new_file("file", "rows.xlsx", "application/zip", None, None)
    return handler


def test_it_is_read_as_it_came(handler):
    for start, chunk in [(0, b"first "), (6, b"second")]:
        assert handler.receive_data_chunk(chunk, start) is None

    assert handler.file_complete(12).read() == b"first second"


def test_of_a_larger_one_the_beginning_is_kept(handler):
    for start in (LARGEST_FILE - 1, LARGEST_FILE, LARGEST_FILE + 1):
        handler.receive_data_chunk(b"x", start)

    assert handler.file_complete(LARGEST_FILE + 2).read() == b"xx"

"""The rows of a workbook or a CSV file from outside, read in a process of its own.

``read_rows`` is the only way in: gate, child, limits. What the rows mean is the matter of
whoever imports them.
"""

import codecs
import csv
import resource
import signal
import warnings
from functools import partial
from io import BytesIO, StringIO

from openpyxl import load_workbook

from privacy import child
from privacy.workbook_gate import (
    BEGINS,
    LARGEST_FILE,
    OLD_WORKBOOK_BEGINS,
    NotReadable,
    check_workbook,
)

MOST_ROWS, MOST_COLUMNS = 5000, 60
MEMORY = 512 * 1024 * 1024
SECONDS = 10
# What everybody should write, then what Excel writes in Latvia
ENCODINGS = ("utf-8-sig", "cp1257")
# What Excel calls “Unicode text”; known by the mark at its beginning
UNICODE_TEXT = "utf-16"
# Signs of these can pass for text, and their lines for rows
NO_TABLES = (b"%PDF-", b"{\\rtf")
ENDS_OF_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
ENCODING_OF_NAMES_IN_ARCHIVES = "cp437"


def read_rows(file, *, read=None, seconds=SECONDS):
    """Rows of the first sheet, each a list of texts, numbers, dates and ``None``.

    Raises ``NotReadable`` with words for the person who chose the file.
    """
    # One byte more tells that there is too much, whatever the file says of its size
    content = file.read(LARGEST_FILE + 1)
    try:
        answer = child.ask(read or answer_with_rows, content, seconds=seconds)
    except child.Stumbled as failure:
        # Parsers raise whatever a broken file makes them trip over
        raise NotReadable("broken") from failure
    except child.ChildFailed as failure:
        raise NotReadable("heavy") from failure
    is_read_as_text = isinstance(answer, list) or answer == "csv"
    if is_read_as_text and _is_called_a_workbook(file, content):
        raise NotReadable("name")
    if isinstance(answer, str):
        raise NotReadable(answer)
    return answer


def _is_called_a_workbook(file, content):
    """A text that by its name is one: Excel does not open it, so saving it went wrong.

    Whatever rows were taken out of it, nobody has seen them as a list.
    """
    name = str(getattr(file, "name", "") or "").lower()
    is_workbook = content.startswith((BEGINS, OLD_WORKBOOK_BEGINS))
    return name.endswith(ENDS_OF_WORKBOOKS) and content.strip() and not is_workbook


def read_table(file):
    """The same for a list: a line of headings does not count as a row."""
    return read_rows(file, read=partial(answer_with_rows, most_rows=MOST_ROWS + 1))


def answer_with_rows(asker, content, *, most_rows=MOST_ROWS):
    """In a process of its own: send the rows, or the key of the reason for none."""
    # Parsers warn of broken parts in words of the file, which have no place in a log
    warnings.simplefilter("ignore")
    signal.alarm(SECONDS + 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    for encoding in (*ENCODINGS, UNICODE_TEXT, ENCODING_OF_NAMES_IN_ARCHIVES):
        codecs.lookup(encoding)
    # Whoever may open nothing new reaches neither a file nor a socket
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    try:
        asker.send(rows_in(content, most_rows=most_rows))
    except NotReadable as refused:
        asker.send(refused.args[0])


def rows_in(content, *, most_rows=MOST_ROWS):
    """What the child does, without its limits."""
    if len(content) > LARGEST_FILE:
        raise NotReadable("large")
    if content.startswith((BEGINS, OLD_WORKBOOK_BEGINS)):
        check_workbook(content)
        rows = _rows_of_workbook(content, most_rows)
    elif content.startswith(NO_TABLES):
        raise NotReadable("kind")
    else:
        rows = _rows_of_csv(content)
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    if len(rows) > most_rows:
        raise NotReadable("long")
    width = max(map(_used, rows), default=0)
    return [row[:width] for row in rows]


def _used(row):
    """How many cells there are up to the last one that holds something."""
    return max(
        (at for at, cell in enumerate(row, start=1) if cell is not None), default=0
    )


def _rows_of_workbook(content, most_rows):
    """One row more than allowed, to see that there are too many."""
    book = load_workbook(
        BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    limits = {"max_row": most_rows + 1, "max_col": MOST_COLUMNS}
    rows = book.worksheets[0].iter_rows(values_only=True, **limits)
    return [list(row) for row in rows]


def _rows_of_csv(content):
    text = _decoded(content)
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [[cell or None for cell in row[:MOST_COLUMNS]] for row in rows]
    except csv.Error as broken:
        raise NotReadable("csv") from broken


def _decoded(content):
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in (UNICODE_TEXT,) if content.startswith(marks) else ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise NotReadable("kind")

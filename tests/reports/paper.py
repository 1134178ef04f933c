"""What a PDF holds, asked of the tools that people's readers are built on (poppler)."""

import functools
import html
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
from typing import NamedTuple

import page

from reports.pdf import Pdf

HTML = "{http://www.w3.org/1999/xhtml}"


def plain(text):
    """Each run of white space as one space."""
    return " ".join(text.split())


class Word(NamedTuple):
    """A word on a page, with its place in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Paper:
    """A drawn report to be read, measured and checked."""

    def __init__(self, pdf):
        self.content, self.pages = pdf.content, pdf.pages
        self.file = tempfile.NamedTemporaryFile(suffix=".pdf")  # noqa: SIM115 -- kept
        self.file.write(pdf.content)
        self.file.flush()

    def _ask(self, tool, *options, to=()):
        command = (tool, *options, self.file.name, *to)
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    def text(self, *options):
        return plain(self._ask("pdftotext", *options, to="-"))

    def text_of_page(self, number):
        return self.text("-raw", "-f", str(number), "-l", str(number))

    @functools.cached_property
    def words(self):
        """The words of each page, in the order in which they were written."""
        drawn = ET.fromstring(self._ask("pdftotext", "-bbox", to="-"))  # noqa: S314
        return [
            [
                Word(
                    word.text,
                    *(
                        float(word.get(side))
                        for side in ("xMin", "yMin", "xMax", "yMax")
                    ),
                )
                for word in sheet.iter(f"{HTML}word")
            ]
            for sheet in drawn.iter(f"{HTML}page")
        ]

    @functools.cached_property
    def headings(self):
        """(page, words) of each heading, in the order of reading."""
        drawn = self._ask("pdftohtml", "-xml", "-i", "-stdout")
        items = re.findall(r'<item page="(\d+)">(.*)</item>', drawn)
        return [(int(number), plain(html.unescape(words))) for number, words in items]

    def tags(self):
        """What a screen reader is told that the pieces are, in the order of reading."""
        return re.findall(r"^ *(\w+)", self._ask("pdfinfo", "-struct"), re.MULTILINE)

    def fonts(self):
        """Name and whether it is embedded, of each font."""
        rows = self._ask("pdffonts").splitlines()[2:]
        return {(row.split()[0].split("+")[-1], row.split()[-5]) for row in rows}

    def places(self, number, text):
        """The first words of each place on a page where these words stand in a row."""
        words, sought = self.words[number - 1], text.split()
        for at, word in enumerate(words):
            if word.text == sought[0]:
                row = words[at : at + len(sought)]
                if [found.text for found in row] == sought:
                    yield word

    def images(self):
        """How many pictures made of points there are."""
        return len(self._ask("pdfimages", "-list").splitlines()[2:])

    def faults(self, standard):
        """What a validator finds against a standard."""
        profile = getattr(page.ValidationProfile, standard)
        found = page.validate_pdf_bytes(self.content, profile=profile).failures
        return {(fault.rule_id, fault.message) for fault in found}


def text_of(content, *options):
    """The words of a file that was handed out."""
    return Paper(Pdf(content, pages=0)).text(*options)


def assert_accessible(content):
    """PDF/UA-1: tagged, titled, with a language and words for each picture."""
    assert Paper(Pdf(content, pages=0)).faults("PDF_UA_1") == set()

"""What a PDF holds, asked of the tools that people's readers are built on (poppler)."""

import functools
import re
import subprocess
import xml.etree.ElementTree as ET
from typing import NamedTuple

import page

HTML = "{http://www.w3.org/1999/xhtml}"


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

    def _ask(self, *command):
        answer = subprocess.run(
            command, input=self.content, capture_output=True, check=True
        )
        return answer.stdout.decode()

    def text(self, *options):
        """The text with each run of white space as one space."""
        return " ".join(self._ask("pdftotext", *options, "-", "-").split())

    def text_of_page(self, number):
        return self.text("-raw", "-f", str(number), "-l", str(number))

    @functools.cached_property
    def words(self):
        """The words of each page, in the order in which they were written."""
        drawn = ET.fromstring(self._ask("pdftotext", "-bbox", "-", "-"))  # noqa: S314
        return [
            [
                Word(
                    word.text,
                    *(
                        float(word.get(side))
                        for side in ("xMin", "yMin", "xMax", "yMax")
                    ),
                )
                for word in page.iter(f"{HTML}word")
            ]
            for page in drawn.iter(f"{HTML}page")
        ]

    @functools.cached_property
    def structure(self):
        """The tree that a screen reader walks, as indented lines."""
        return self._ask("pdfinfo", "-struct-text", "-").splitlines()

    def spoken(self):
        """(tag, words) of the headings, in the order of reading."""
        found = []
        for line in self.structure:
            tag = re.match(r"\s*(H\d|P|Table|Figure|TH|LI)\b", line)
            if tag:
                found.append([tag[1], ""])
            elif found and '"' in line:
                found[-1][1] += line.strip().strip('"')
        return [(tag, words) for tag, words in found]

    def headings(self):
        return [words for tag, words in self.spoken() if tag in ("H1", "H2", "H3")]

    def fonts(self):
        """Name and whether it is embedded, of each font."""
        rows = self._ask("pdffonts", "-").splitlines()[2:]
        return {(row.split()[0].split("+")[-1], row.split()[-5]) for row in rows}

    def assert_accessible(self):
        """PDF/UA-1: tagged, titled, with a language and words for each picture."""
        report = page.validate_pdf_bytes(
            self.content, profile=page.ValidationProfile.PDF_UA_1
        )
        assert [(found.rule_id, found.message) for found in report.failures] == []

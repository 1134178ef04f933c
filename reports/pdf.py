"""A report as PDF: A4, for archives and screen readers alike, the same bytes each time.

Drawing happens in a process of its own, with a limit of time and memory: a document that
hangs, crashes or eats the memory of the renderer takes nothing else down with it.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from interface import drawing
from interface.squares import squares
from privacy import child, paper
from privacy.paper import Pdf, PdfFailed
from reports import wording
from reports.snapshot import LANGUAGE

SECONDS = 60
"""For a version that is stored: nobody waits for it."""
SECONDS_OF_PREVIEW = 20
"""For a preview: a person waits, and may try again."""

child.PROCESSES.set_forkserver_preload(["interface.drawn_once"])

__all__ = ["Pdf", "PdfFailed", "document_pdf", "drawn", "report_html", "report_pdf"]


def report_pdf(snapshot, *, seal="", seconds=SECONDS):
    """The PDF of a snapshot. ``seal`` is the hash to print on it; drafts have none."""
    return Pdf(*drawn(report_html(snapshot, seal=seal), seconds))


def drawn(html, seconds, draw=drawing.answer):
    """Bytes and pages of a document, drawn elsewhere within so many seconds."""
    return paper.drawn(draw, html, seconds, seconds=seconds)


def report_html(snapshot, *, seal=""):
    """The document in Latvian, whatever language the person at the screen reads."""
    with translation.override(LANGUAGE):
        return render_to_string(
            "reports/pdf/report.html",
            {
                "snapshot": snapshot,
                "front": wording.front_page(snapshot),
                "short_seal": seal[:16],
                "made_at": snapshot.approved
                and f"{snapshot.approved:%Y-%m-%dT%H:%M:%SZ}",
                "check_address": _check_address().removeprefix("https://"),
                "qr": squares(_check_address(snapshot.code)) if snapshot.code else "",
            },
        )


def document_pdf(template, context):
    """The PDF of any other document, drawn from a template of its own, in Latvian."""
    with translation.override(LANGUAGE):
        html = render_to_string(template, context)
    return Pdf(*drawn(html, SECONDS))


def _check_address(*code):
    name = "reports:verify-code" if code else "reports:verify"
    return settings.SITE_URL + reverse(name, args=code)

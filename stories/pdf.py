"""A story on paper: one sheet to lay out at a school or a municipality."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from interface import drawing
from interface.squares import squares
from privacy import paper
from stories.leaflet import LETTERS

SECONDS = 20
"""A person waits, and may try again."""
LANGUAGE = "lv"


def leaflet_pdf(leaflet, size, *, seconds=SECONDS):
    """One page of the size, in letters as large as the words allow.

    Raises ``paper.PdfFailed``.
    """
    return sheet_pdf(leaflet_html(leaflet, size), LETTERS[size], seconds=seconds)


def leaflet_html(leaflet, size):
    with translation.override(LANGUAGE):
        return render_to_string(
            "stories/pdf/leaflet.html",
            {
                "leaflet": leaflet.on_paper(),
                "size": size,
                "qr": qr_of(leaflet.address),
            },
        )


def sheet_pdf(html, letters=(), *, seconds=SECONDS):
    content, pages = paper.drawn(
        drawing.answer, html, seconds, drawing.LEAFLET, letters, seconds=seconds
    )
    return paper.Pdf(content, pages)


def qr_of(address):
    """The way to a page of ours as a picture of squares; "" where there is none."""
    return squares(settings.SITE_URL + address) if address else ""


def sheet_page(sheet, *, seconds=SECONDS):
    """One of the house's own sheets, A4; raises ``paper.PdfFailed``."""
    with translation.override(LANGUAGE):
        html = render_to_string(
            "stories/pdf/sheet.html",
            {"sheet": sheet, "paid_by": settings.FUNDING},
        )
    return sheet_pdf(html, seconds=seconds)

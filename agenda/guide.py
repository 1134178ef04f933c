"""The quick guide: two sides of paper with pictures of the running system.

``scripts/quick-guide`` takes the pictures and stores both; the page hands the file out.
"""

import base64

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from interface import drawing
from privacy import paper

FOLDER = settings.BASE_DIR / "static" / "guide"
LANGUAGES = ("lv", "en")
PICTURES = ("today", "family", "kind", "area", "saved", "search", "hidden", "month")
SECONDS = 30


def pdf_of(language):
    """Where the guide of a language is kept."""
    return FOLDER / f"tilts-{language}.pdf"


def picture_of(language, name):
    return FOLDER / f"{language}-{name}.png"


def draw(language, *, seconds=SECONDS):
    """The PDF, of the pictures that are stored; raises ``paper.PdfFailed``."""
    pictures = {
        name: base64.b64encode(picture_of(language, name).read_bytes()).decode()
        for name in PICTURES
    }
    with translation.override(language):
        html = render_to_string(
            "agenda/guide/guide.html", {"pictures": pictures, "language": language}
        )
    content, pages = paper.drawn(
        drawing.answer, html, seconds, drawing.GUIDE, seconds=seconds
    )
    return paper.Pdf(content, pages)

"""A report as PDF: A4, tagged for screen readers (PDF/UA-1), the same bytes each time.

The only module that knows WeasyPrint. It opens nothing but what it is handed: no
network, no files; stylesheet and fonts are read here and given to it as text.
"""

import base64
import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe

from reports import wording
from reports.snapshot import LANGUAGE

STATIC = Path(settings.BASE_DIR) / "static"
FONT_WEIGHTS = (400, 600, 700)


class PdfFailed(Exception):
    """The PDF could not be drawn; says in a few words why, without its content."""


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def report_pdf(snapshot, *, seal=""):
    """The PDF of a snapshot. ``seal`` is the hash to print on it; drafts have none."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        return _draw(report_html(snapshot, seal=seal))
    except FatalURLFetchingError:
        raise PdfFailed("The document asks for something from outside.") from None
    except Exception as failure:
        # Reason for the breadth: WeasyPrint has no base class for what it trips over,
        # and a fault of the renderer may delay a PDF, never an approval. The failure is
        # raised on with its cause; who asked for the PDF logs it and tries again.
        raise PdfFailed(type(failure).__name__) from failure


def report_html(snapshot, *, seal=""):
    """The document in Latvian, whatever language the person at the screen reads."""
    with translation.override(LANGUAGE):
        return render_to_string(
            "reports/pdf/report.html",
            {
                "snapshot": snapshot,
                "front": wording.front_page(snapshot),
                "plans": wording.plans(snapshot),
                "short_seal": seal[:16],
                "made_at": snapshot.approved
                and f"{snapshot.approved:%Y-%m-%dT%H:%M:%SZ}",
                "check_address": _check_address().removeprefix("https://"),
                "qr": _qr(snapshot.code) if snapshot.code else "",
            },
        )


def document_pdf(template, context):
    """The PDF of any other document, drawn from a template of its own, in Latvian."""
    with translation.override(LANGUAGE):
        html = render_to_string(template, context)
    try:
        return _draw(html)
    except Exception as failure:
        # Reason for the breadth: the same as for a report
        raise PdfFailed(type(failure).__name__) from failure


def _check_address(*code):
    name = "reports:verify-code" if code else "reports:verify"
    return settings.SITE_URL + reverse(name, args=code)


def _qr(code):
    """The way to the check of this document, as a picture of squares."""
    picture = segno.make(_check_address(code), error="m", micro=False)
    return mark_safe(  # noqa: S308 -- made here of our own address
        picture.svg_inline(border=0, omitsize=True, dark="#1E2B2D")
    )


def _draw(html):
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    # Fonts come as data; whatever else a document asks for ends the drawing
    fetcher = URLFetcher(
        allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True
    )
    fonts = FontConfiguration()
    style = CSS(string=_stylesheet(), font_config=fonts, url_fetcher=fetcher)
    document = HTML(string=html, url_fetcher=fetcher).render(
        font_config=fonts, stylesheets=[style]
    )
    return Pdf(document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages))


@functools.cache
def _stylesheet():
    faces = "".join(_font_face(weight) for weight in FONT_WEIGHTS)
    return faces + (STATIC / "css/report_pdf.css").read_text(encoding="utf-8")


def _font_face(weight):
    """Merged files: those cut for the web lose Latvian letters on paper."""
    font = (STATIC / f"fonts/pdf/tilts-sans-{weight}.ttf").read_bytes()
    data = base64.b64encode(font).decode()
    return (
        f'@font-face{{font-family:"Tilts Sans";font-weight:{weight};'
        f"src:url(data:font/ttf;base64,{data})}}"
    )

"""From HTML to PDF: the only module that knows WeasyPrint.

It opens nothing but what it is handed: no network, no files but our stylesheet and
fonts. The rooms call it in a process of its own (``privacy.child``).
"""

import bisect
import functools
import re
import resource
import signal
import unicodedata
from pathlib import Path

from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parent.parent / "static"
REPORT, LEAFLET, GUIDE = "report_pdf", "leaflet_pdf", "guide_pdf"
"""Stylesheets of paper."""
FONT_WEIGHTS = (400, 600, 700)
FONTS = {
    f"font:{name}": name
    for name in (*(f"sans-{weight}" for weight in FONT_WEIGHTS), "signs")
}
OMITTED = "[…]"
PICTURES = re.compile("[\u2300-\u27bf\U0001f300-\U0001f64f]")
AS_TEXT = "\N{VARIATION SELECTOR-15}"
"""Behind a sign that may be an emoji: else it is looked for in the machine's emoji font."""
FOOT = "footer"
A_HAIR = 0.01
"""Points by which sums of rounded lengths may differ."""
MEMORY = 512 * 1024 * 1024
"""Bytes that one drawing may take; 600 entries take a third of it."""


def answer(asker, html, seconds, sheet=REPORT, sizes=()):
    """In a process of its own: send back the PDF and its pages, or why there is none.

    The alarm ends the process even if nobody is left to end it.
    """
    from weasyprint.urls import FatalURLFetchingError

    signal.alarm(seconds + 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        asker.send(draw(html, sheet, sizes) if sizes else draw(html, sheet))
    except FatalURLFetchingError:
        asker.send("The document asks for something from outside.")


def draw(html, sheet=REPORT, sizes=()):
    """The bytes of the PDF, always the same ones, and the number of its pages.

    ``sheet`` is the name of the stylesheet in ``static/css``; ``sizes`` see ``laid_out``.
    """
    document = laid_out(html, sheet, sizes)
    _claim_accessibility(document.metadata)
    content = document.write_pdf(pdf_variant="pdf/a-2a")
    return content, len(document.pages)


def laid_out(html, sheet=REPORT, sizes=()):
    """The document before it becomes a PDF.

    Of ``sizes``, letters in points from small to large, the largest is taken with which
    all stands on one page and nothing on its foot; the smallest if there is none.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _fetcher()
    fonts = FontConfiguration()
    style = CSS(string=_stylesheet(sheet), font_config=fonts, url_fetcher=fetcher)
    source = HTML(string=printable(html), url_fetcher=fetcher)

    @functools.cache
    def in_letters_of(size):
        rule = f"html{{font-size:{size}pt}}" if size else ""
        letters = CSS(string=rule, font_config=fonts, url_fetcher=fetcher)
        return source.render(font_config=fonts, stylesheets=[style, letters])

    too_large = bisect.bisect_left(
        sizes, True, key=lambda size: not is_one_side(in_letters_of(size))
    )
    return in_letters_of(sizes[max(too_large - 1, 0)] if sizes else None)


def is_one_side(document):
    """Whether a document is one page on which nothing runs over the foot or the edge."""
    [page, *others] = document.pages
    if others:
        return False
    sheet = page._page_box
    root = sheet.children[0]
    feet = [
        box
        for margin in sheet.children[1:]
        for box in margin.descendants()
        if box.element_tag == FOOT
    ]
    end = min([sheet.height, *(box.position_y for box in feet)])
    return all(
        box.position_y + box.margin_height() <= end + A_HAIR
        for box in root.descendants()
        if hasattr(box, "margin_height") and box.element_tag not in ("html", "body")
    )


def _fetcher():
    """Serves our fonts, and data that stand in the document; all else ends the drawing.

    Fonts inside the stylesheet would do too, but reading half a million signs of them
    takes longer than drawing a page.
    """
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFontsAlone(URLFetcher):
        def fetch(self, url, headers=None):
            if url in FONTS:
                return URLFetcherResponse(url, _font(FONTS[url]).read_bytes())
            return super().fetch(url, headers)

    return OurFontsAlone(
        allowed_protocols=["data"], allow_redirects=False, fail_on_errors=True
    )


PDFUA = "http://www.aiim.org/pdfua/ns/id/"
CLAIM = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="{PDFUA}"
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfuaid:part>1</pdfuaid:part>
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{PDFUA}</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that is met</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def _claim_accessibility(metadata):
    """WeasyPrint writes a file for the archive (PDF/A) or an accessible one (PDF/UA).

    Ours is both; what the second lacks is to say so, and to tell the first what that
    word means, because an archive accepts no metadata that the file does not explain.
    """
    written = metadata.generate_rdf_metadata

    def with_claim(*args):
        return written(*args).replace(b"</rdf:RDF>", CLAIM.encode() + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = with_claim


def printable(html):
    """The document without signs that our fonts lack.

    They would be drawn in whatever font the machine has, so that the bytes of a report
    would depend on it. Signs that have a plain form take it, others (rare emoji, scripts
    that nobody here writes in) are shown as left out; what turns the order of reading
    goes.
    """
    known = re.escape("".join(sorted(_letters())))
    html = unicodedata.normalize("NFC", html)
    html = re.sub(f"[^{known}\n\t]+", _plain, html)
    return PICTURES.sub(rf"\g<0>{AS_TEXT}", html)


def _plain(found):
    plain = unicodedata.normalize("NFKC", found[0])
    visible = "".join(
        sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Cc", "Mn")
    )
    return visible if set(visible) <= _letters() else OMITTED


@functools.cache
def _letters():
    """What can be printed; the three weights hold the same."""
    fonts = (_font(f"sans-{FONT_WEIGHTS[0]}"), _font("signs"))
    return frozenset(chr(sign) for font in fonts for sign in TTFont(font).getBestCmap())


@functools.cache
def _stylesheet(name):
    faces = [
        _font_face("Tilts Sans", f"sans-{weight}", weight) for weight in FONT_WEIGHTS
    ]
    # For what the other one lacks, in one weight
    faces.append(_font_face("Tilts Signs", "signs", 400))
    return "".join(faces) + (STATIC / f"css/{name}.css").read_text(encoding="utf-8")


def _font_face(family, name, weight):
    return (
        f'@font-face{{font-family:"{family}";font-weight:{weight};'
        f"src:url(font:{name})}}"
    )


def _font(name):
    """Merged files: those cut for the web lose Latvian letters on paper."""
    return STATIC / f"fonts/pdf/tilts-{name}.ttf"

"""The quick guide: two sides of paper in both languages, for everybody."""

import pytest

from agenda import guide
from tests.stories.test_leaflet import PATIENCE, unpacked


@pytest.mark.paper
@pytest.mark.parametrize("language", guide.LANGUAGES)
def test_the_guide_is_two_sides_of_paper_with_pictures(language):
    pdf = guide.draw(language, seconds=PATIENCE)

    assert pdf.pages == 2
    assert b"pdfuaid" in b"".join(unpacked(pdf.content))


@pytest.mark.paper
@pytest.mark.parametrize("language", guide.LANGUAGES)
def test_what_is_handed_out_says_what_the_template_says(language):
    """Drawn anew it has the same length: whoever changes words runs scripts/quick-guide."""
    kept, drawn = (
        guide.pdf_of(language).read_bytes(),
        guide.draw(language, seconds=PATIENCE).content,
    )

    assert abs(len(kept) - len(drawn)) < len(kept) // 100


@pytest.mark.parametrize("language", guide.LANGUAGES)
def test_anybody_fetches_it_in_either_language(client, db, language):
    answer = client.get("/palidziba/atrais-celvedis.pdf", {"valoda": language})

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == guide.pdf_of(language).read_bytes()


def test_an_unknown_language_is_latvian(client, db):
    answer = client.get("/palidziba/atrais-celvedis.pdf", {"valoda": "../../x"})

    assert answer.content == guide.pdf_of("lv").read_bytes()

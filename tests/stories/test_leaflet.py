"""The leaflet on paper: one side, for archives and screen readers, nothing from outside."""

import dataclasses
import zlib
from base64 import b64encode
from io import BytesIO

import pytest
from PIL import Image

from interface import drawing
from privacy.pdf_gate import STREAM
from stories.leaflet import LEGIBLE, LETTERS, Leaflet, Size
from stories.models import Story
from stories.pdf import leaflet_html, leaflet_pdf

PATIENCE = 300
"""Seconds: a machine on which much else is tested draws slowly."""
FULL = Leaflet(
    title="Ļoti garš virsraksts par ceļu uz skolu un atpakaļ katru rītu, katru vakaru un at",
    region="Vidzeme",
    place="Upesciema novads",
    parts=tuple(
        (heading, ("Gara pasaka par garu darbu. " * 20)[:320])
        for heading in ("Kas bija grūti", "Ko darīja", "Kas palīdzēja", "Kas mainījās")
    ),
    quote=("Ļoti gara saruna ar mammu. " * 9)[:150],
    effect=("Cilvēki priecājas. " * 20)[:200],
    municipality_did=("Pašvaldība palīdzēja. " * 20)[:220],
    in_brief=("Darbs un darbs. " * 20)[:200],
    call=("Sociālais dienests. " * 9)[:120],
    mediator="Sanita Vītola",
    address="/stasti/gara-pasaka/",
    picture="",
    picture_text="",
    funding="",
    funders=(),
)
PAID = "Līdzfinansē izdomāts fonds no izdomāta budžeta izdomātiem līdzekļiem. " * 2


def unpacked(content):
    for stream in STREAM.finditer(content):
        try:
            yield zlib.decompress(stream[1])
        except zlib.error:
            yield stream[1]


@pytest.mark.paper
@pytest.mark.parametrize("size", list(Size))
def test_all_that_may_be_written_fits_on_one_side(size):
    pdf = leaflet_pdf(FULL, size, seconds=PATIENCE)

    assert pdf.pages == 1
    plain = b"".join(unpacked(pdf.content))
    assert b"pdfuaid" in plain
    assert b"pdfaid" in plain


def cut(leaflet, room):
    """With answers shortened until so many signs are left."""
    parts = leaflet.parts
    while dataclasses.replace(leaflet, parts=parts).excess(room):
        parts = tuple((heading, text[:-10]) for heading, text in parts)
    return dataclasses.replace(leaflet, parts=parts)


def jpeg():
    file = BytesIO()
    Image.new("RGB", (60, 90), "#0E4F52").save(file, "JPEG")
    return f"data:image/jpeg;base64,{b64encode(file.getvalue()).decode()}"


def fits(leaflet, size, points):
    html = leaflet_html(leaflet, size)
    return drawing.is_one_side(drawing.laid_out(html, drawing.LEAFLET, (points,)))


@pytest.mark.paper
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("picture", ["", jpeg()], ids=["plain", "photo"])
def test_what_an_editor_is_not_warned_of_stands_in_legible_letters(size, picture):
    longest = cut(dataclasses.replace(FULL, picture=picture, funding=PAID), size)

    assert fits(longest, size, LEGIBLE[size])


@pytest.mark.paper
@pytest.mark.parametrize("size", list(Size))
@pytest.mark.parametrize("letter", ["W", "a\n"])
def test_nothing_that_can_be_typed_runs_over_the_foot_or_to_a_second_page(size, letter):
    def all_of(text):
        return (letter * len(text))[: len(text)]

    names = ("title", "quote", "effect", "municipality_did", "in_brief", "call")
    typed = {name: all_of(getattr(FULL, name)) for name in names}
    parts = tuple((heading, all_of(text)) for heading, text in FULL.parts)
    leaflet = dataclasses.replace(
        FULL, **typed, parts=parts, picture=jpeg(), funding=PAID
    )

    assert fits(leaflet, size, LETTERS[size][0])


@pytest.mark.paper
def test_few_words_stand_in_large_letters():
    short = dataclasses.replace(
        FULL, parts=tuple((heading, text[:120]) for heading, text in FULL.parts)
    )

    assert fits(short, Size.A4, 12)
    assert fits(short, Size.A5, 10)


def test_a_full_story_with_a_photo_is_too_long_for_a5_alone():
    full = dataclasses.replace(FULL, picture=jpeg())

    assert full.excess(Size.A5)
    assert not full.excess(Size.A4)


@pytest.mark.paper
def test_the_leaflet_is_drawn_the_same_every_time():
    assert (
        leaflet_pdf(FULL, Size.A5, seconds=PATIENCE).sha256
        == leaflet_pdf(dataclasses.replace(FULL), Size.A5, seconds=PATIENCE).sha256
    )


@pytest.mark.once
def test_no_field_is_longer_than_what_was_tried_here():
    longest = {
        "title": len(FULL.title),
        **dict.fromkeys(Story.PROMPTS, 320),
        **{
            name: len(getattr(FULL, name))
            for name in ("quote", "effect", "municipality_did", "in_brief", "call")
        },
    }

    assert {
        name: Story._meta.get_field(name).max_length for name in Story.TEXTS
    } == longest

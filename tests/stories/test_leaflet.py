"""The leaflet on paper: one side, for archives and screen readers, nothing from outside."""

import dataclasses
import zlib

import pytest

from privacy.pdf_gate import STREAM
from stories.leaflet import Leaflet, Size
from stories.models import Story
from stories.pdf import leaflet_pdf

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

"""Who pays is read once, at the start, and a mistake in it stops the start."""

import struct

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import funding

NORTH = 'sentence = "Atbalsta fonds."\n[[funder]]\nname = "Ziemeļu fonds"\n'
SMALL = funding.PNG_BEGINS + struct.pack(">II", 300, 80) + b"points"


@pytest.fixture
def written(tmp_path):
    def write(text, logo=SMALL):
        (tmp_path / "logo.png").write_bytes(logo)
        path = tmp_path / "funders.toml"
        path.write_text(text)
        return path

    return write


def test_nobody_is_named_unless_a_file_is():
    assert funding.read("") == funding.Funding("", ())


def test_names_logos_and_the_sentence_are_read(written):
    found = funding.read(written(f'{NORTH}logo = "logo.png"\n'))

    assert found.sentence == "Atbalsta fonds."
    [funder] = found.funders
    assert funder["name"] == "Ziemeļu fonds"
    assert funder["logo"].startswith("data:image/png;base64,iVBORw0KGgo")


def test_the_demo_has_funders_with_logos():
    found = funding.read(settings.BASE_DIR / "agenda/demo/funders.toml")

    assert [bool(funder["logo"]) for funder in found.funders] == [True, True]


@pytest.mark.parametrize(
    "logo",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"",
        SMALL + b"x" * funding.LARGEST_LOGO,
        funding.PNG_BEGINS + struct.pack(">II", 90_000, 90_000),
    ],
)
def test_a_logo_is_a_small_png(written, logo):
    with pytest.raises(ImproperlyConfigured, match="a PNG of at most 32 kB"):
        funding.read(written(f'{NORTH}logo = "logo.png"\n', logo))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("not toml", "FUNDERS_FILE"),
        ('sentense = "x"', "a sentence and a list"),
        ('[funder]\nname = "x"', "a sentence and a list"),
        ('[[funder]]\nlogo = "logo.png"', "a funder has a name"),
        (f'{NORTH}logo = "none.png"', "No such file"),
        (NORTH + '[[funder]]\nname = "x"\n' * 6, "6 funders at most"),
    ],
)
def test_a_mistake_stops_the_start(written, text, told):
    with pytest.raises(ImproperlyConfigured, match=told):
        funding.read(written(text))


def test_a_file_that_is_not_there_stops_the_start():
    with pytest.raises(ImproperlyConfigured, match="FUNDERS_FILE"):
        funding.read("/nowhere/funders.toml")

"""The contrast of the colours we declare, and the letters of our font."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from interface import palette

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
TEXT, GRAPHIC = 4.5, 3

LETTERS = (
    "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž AĀBCČDEĒFGĢHIĪJKĶLĻMNŅOPRSŠTUŪVZŽ ōŗ"
    " śźćʒθǎäý 0123456789 .,:;!?%()„”–—…•×↑↓€ \N{NO-BREAK SPACE}\N{MINUS SIGN}"
)

# (ink, ground, least contrast)
PAIRS = [
    *[("ink", ground, 7) for ground in ("paper", "card", "sand", "hover")],
    *[("muted", ground, TEXT) for ground in ("paper", "card", "sand", "hover")],
    ("placeholder", "card", TEXT),
    ("link", "card", TEXT),
    ("link", "paper", TEXT),
    ("on-header", "header", 7),
    ("on-header", "header-badge", TEXT),
    ("grey-ink", "grey-tint", 7),
    ("on-spruce", "spruce", TEXT),
    ("on-spruce", "spruce-deep", TEXT),
    ("on-spruce-soft", "spruce", TEXT),
    ("on-spruce-accent", "spruce", GRAPHIC),
    ("spruce", "card", TEXT),
    ("spruce", "paper", TEXT),
    ("spruce", "spruce-tint", TEXT),
    ("spruce-deep", "spruce-tint", TEXT),
    ("ink", "spruce-tint", TEXT),
    ("on-amber", "amber", 7),
    ("amber-ink", "amber-tint", TEXT),
    ("amber-deep", "amber-tint", 7),
    ("ink", "amber-tint", 7),
    ("ink", "amber-wash", 7),
    ("ink", "mark", TEXT),
    ("amber-ink", "card", TEXT),
    ("on-brick", "brick", TEXT),
    ("brick-ink", "card", TEXT),
    ("brick-ink", "paper", TEXT),
    ("brick-ink", "brick-tint", TEXT),
    ("brick-deep", "brick-tint", 7),
    ("brick", "brick-tint", GRAPHIC),
    ("moss-ink", "moss-tint", TEXT),
    ("moss-ink", "card", TEXT),
    ("moss-deep", "moss-tint", 7),
    ("lake-ink", "lake-tint", TEXT),
    ("lake-deep", "lake-tint", 7),
    ("plum-ink", "plum-tint", TEXT),
    ("plum", "plum-tint", GRAPHIC),
    ("control", "card", GRAPHIC),
    ("control", "paper", GRAPHIC),
    *[("on-heat", f"heat-{step}", TEXT) for step in range(5)],
    ("on-heat-5", "heat-5", TEXT),
    ("focus-in", "focus-out", GRAPHIC),
]


def tokens(name):
    css = (STATIC / "css" / name).read_text()
    return dict(re.findall(r"--t-([a-z0-9-]+): (#[0-9A-Fa-f]{6});", css))


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("sheet", ["theme.css", "dark.css"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_people_can_read_ink_on_ground(sheet, ink, ground, least):
    colours = tokens(sheet)

    assert contrast(colours[ink], colours[ground]) >= least


def test_the_dark_theme_restates_every_colour():
    assert set(tokens("dark.css")) == set(tokens("theme.css"))


def test_the_dark_theme_restates_every_colour_of_bootstrap():
    def names(sheet):
        css = (STATIC / "css" / sheet).read_text()
        return set(re.findall(r"(--bs-[a-z-]+): (?:#|rgba?\(|\d+, )", css))

    buttons = {name for name in names("theme.css") if name.startswith("--bs-btn")}
    assert names("theme.css") - buttons - names("dark.css") == set()


@pytest.mark.parametrize("role", palette.PARTS)
def test_a_printed_count_can_be_read_on_its_part(role):
    part = palette.PARTS[role]

    assert contrast(part.text, part.ground) >= TEXT


def test_the_steps_of_the_palette_are_those_of_the_stylesheet():
    colours = tokens("theme.css")

    assert tuple(colours[f"heat-{step}"] for step in range(6)) == palette.STEPS


@pytest.mark.parametrize("path", sorted(STATIC.glob("fonts/*latin.woff2")), ids=str)
def test_the_font_of_the_page_has_latvian_and_romani_letters(path):
    assert {letter for letter in LETTERS if letter not in letters_of(path)} == set()


@pytest.mark.parametrize("path", sorted(STATIC.glob("fonts/*latvian.woff2")), ids=str)
def test_the_font_that_phones_keep_has_the_letters_it_is_asked_for(path):
    css = (STATIC / "css" / "theme.css").read_text()
    face = next(face for face in css.split("@font-face") if path.name in face)
    asked = re.search(r"unicode-range:([^;]+);", face)[1]

    assert letters_of(path) == {
        chr(code)
        for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", asked)
        for code in range(int(first, 16), int(last or first, 16) + 1)
    }


def test_the_font_that_phones_keep_has_every_letter_of_the_latvian_interface():
    kept = letters_of(STATIC / "fonts" / "tilts-sans-400-latvian.woff2")
    texts = [path.read_text() for path in ROOT.glob("locale/lv/**/*.po")]
    said = re.findall(r'^(?:msgstr(?:\[\d\])? )?"(.*)"$', "".join(texts), re.MULTILINE)

    letters = {letter for letter in "".join(said) if not is_cyrillic(letter)}
    # The sign of the browser's menu comes from the font of the phone
    assert letters - kept == {"⋮"}


def is_cyrillic(letter):
    return "\u0400" <= letter <= "\u045f"


@pytest.mark.parametrize(
    "path", sorted(STATIC.glob("fonts/pdf/tilts-sans-*.ttf")), ids=str
)
def test_the_font_of_the_pdf_has_them_and_cyrillic_in_one_file(path):
    wanted = LETTERS + "АБВабвжщыэюяё№"

    assert {letter for letter in wanted if letter not in letters_of(path)} == set()


def letters_of(path):
    with TTFont(path) as font:
        return {chr(code) for code in font.getBestCmap()}


def test_no_file_of_the_page_is_large():
    heavy = [
        path.name
        for path in STATIC.rglob("*")
        if path.stat().st_size > 300_000 and path.suffix != ".pdf"
    ]

    assert heavy == []


@pytest.mark.parametrize("path", sorted(STATIC.glob("css/*.css")), ids=lambda p: p.name)
def test_a_stylesheet_loads_nothing_from_elsewhere(path):
    urls = re.findall(r"url\(\"?([^\")]+)", path.read_text())

    assert [url for url in urls if not url.startswith(("../fonts/", "../img/"))] == []

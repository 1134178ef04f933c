import re
from pathlib import Path

import pytest
from django.template import Context, Template

from interface.icons import FOLDER, UnknownIcon, icon

ROOT = Path(__file__).resolve().parents[2]


def test_an_icon_is_drawn_in_the_page_and_hidden_from_screen_readers():
    svg = Template('{% icon "phone" %}').render(Context())

    assert svg.startswith('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"')
    assert svg.count("<path") == 1


def test_an_unknown_icon_is_an_error_and_not_a_hole():
    with pytest.raises(UnknownIcon, match="wheel"):
        icon("wheel")


@pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*.svg")), ids=lambda path: path.stem
)
def test_a_drawing_holds_shapes_only(path):
    shapes = path.read_text().strip()

    assert re.fullmatch(
        r"(<(path|circle|rect|line) [a-z0-9=\". -]+ ?/>)+", shapes, re.I
    )


def test_every_icon_named_in_a_template_exists():
    named = {
        (path.name, name)
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)" %}', path.read_text())
    }

    assert {(page, name) for page, name in named if not is_drawn(name)} == set()


def is_drawn(name):
    return (FOLDER / f"{name}.svg").exists()

"""Icons: drawings of one line width, kept as files beside this module."""

from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import mark_safe

FOLDER = Path(__file__).parent / "icons"


class UnknownIcon(LookupError):
    """A page asks for a drawing that is not in the folder."""


@cache
def icon(name):
    """Inline SVG of an icon. It is decoration: the word stands beside it."""
    try:
        shapes = (FOLDER / f"{name}.svg").read_text().strip()
    except FileNotFoundError:
        raise UnknownIcon(f"interface/icons has no {name}.svg.") from None
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        mark_safe(shapes),  # noqa: S308 -- a file of ours
    )

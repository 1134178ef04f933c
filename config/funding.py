"""Who pays for the project, read strictly from a file beside its logos.

    sentence = "The project is supported by …"

    [[funder]]
    name = "Fund of the North"
    logo = "north.png"

A logo is a small PNG: it holds no code and asks for nothing from outside, as an SVG may.
"""

import base64
import struct
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MOST_FUNDERS = 6
LARGEST_LOGO = 32 * 1024
"""Bytes: each approved report keeps the logos it was printed with."""
WIDEST_LOGO = 1200
"""Pixels of either side."""
PNG_BEGINS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


@dataclass(frozen=True)
class Funding:
    """Names with logos as data, and the sentence that the funders want to be read."""

    POLICY = {"img-src": ["data:"]}
    """What a page that shows the logos adds to the policy of what it may load."""

    sentence: str = ""
    funders: tuple[dict, ...] = ()


def read(path):
    """The content of the file; nothing when no file is named."""
    if not path:
        return Funding()
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ImproperlyConfigured(f"FUNDERS_FILE, {path}: {problem}.") from None
    return _funding(data, Path(path))


def _funding(data, path):
    sentence, funders = data.pop("sentence", ""), data.pop("funder", [])
    if data or not isinstance(sentence, str) or not isinstance(funders, list):
        raise ImproperlyConfigured(
            f"FUNDERS_FILE, {path}: a sentence and a list of [[funder]] are expected."
        )
    if len(funders) > MOST_FUNDERS:
        raise ImproperlyConfigured(f"FUNDERS_FILE: {MOST_FUNDERS} funders at most.")
    return Funding(sentence, tuple(_funder(funder, path.parent) for funder in funders))


def _funder(funder, folder):
    name, logo = funder.pop("name", ""), funder.pop("logo", "")
    if funder or not name or not isinstance(name, str) or not isinstance(logo, str):
        raise ImproperlyConfigured(
            "FUNDERS_FILE: a funder has a name and may have a logo."
        )
    return {"name": name, "logo": _logo(folder / logo) if logo else ""}


def _logo(path):
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise ImproperlyConfigured(f"Logo {path}: {problem.strerror}.") from None
    if len(content) > LARGEST_LOGO or not _is_small_png(content):
        raise ImproperlyConfigured(
            f"Logo {path}: a PNG of at most {LARGEST_LOGO // 1024} kB and "
            f"{WIDEST_LOGO} pixels a side is expected."
        )
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def _is_small_png(content):
    if not content.startswith(PNG_BEGINS) or len(content) < 24:
        return False
    return max(struct.unpack(">II", content[16:24])) <= WIDEST_LOGO

"""Pictures from outside, drawn anew in a process of its own.

What leaves is a JPEG of the visible points alone: no place, no time, no device, no
thumbnail of before the crop, nothing behind the end of the picture.
"""

import resource
import signal
import warnings
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from privacy import child
from privacy.workbook_gate import LARGEST_FILE

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1400
"""Pixels of a side of what is kept: enough for half a sheet of paper."""
MOST_POINTS = 50_000_000
QUALITY = 82
MEMORY = 768 * 1024 * 1024
SECONDS = 10

REASONS = {
    "large": _("The photo is larger than 5 MB. Make it smaller first."),
    "kind": _("This is not a photo. Choose a JPEG, PNG or WebP file."),
    "broken": _("The photo cannot be read. Take it once more."),
    "heavy": _("The photo takes too much to read. Make it smaller first."),
}


class NoPicture(Exception):
    """The file is refused, by the key of a reason; as text it says what to do."""

    def __str__(self):
        return str(REASONS[self.args[0]])


def redrawn(file, *, draw=None, seconds=SECONDS):
    """The bytes of a new JPEG. Raises ``NoPicture`` with words for who chose the file."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise NoPicture("large")
    try:
        answer = child.ask(draw or answer_with_picture, content, seconds=seconds)
    except child.Stumbled as failure:
        # Decoders raise whatever a broken file makes them trip over
        raise NoPicture("broken") from failure
    except child.ChildFailed as failure:
        raise NoPicture("heavy") from failure
    if isinstance(answer, str):
        raise NoPicture(answer)
    return answer


def answer_with_picture(asker, content):
    """In a process of its own: send the new picture, or the key of why there is none."""
    warnings.simplefilter("ignore")
    # Loads the decoders, before nothing new may be opened
    Image.init()
    signal.alarm(SECONDS + 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    try:
        asker.send(picture_of(content))
    except UnidentifiedImageError:
        asker.send("kind")
    except (NoPicture, Image.DecompressionBombError):
        asker.send("heavy")


def picture_of(content):
    """What the child does, without its limits."""
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_POINTS:
            raise NoPicture("heavy")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A canvas of its own carries the points and nothing that stood beside them
    canvas = Image.new("RGB", upright.size)
    canvas.paste(upright)
    new = BytesIO()
    canvas.save(new, "JPEG", quality=QUALITY, optimize=True)
    return new.getvalue()

"""A picture from outside is drawn anew, upright and no larger than is needed."""

import resource
import signal
import warnings
from io import BytesIO

import pytest
from PIL import Image

from privacy import child, pictures
from privacy.pictures import NoPicture, answer_with_picture, picture_of, redrawn
from privacy.workbook_gate import LARGEST_FILE
from tests.privacy.stand_ins import Asker, Upload

SIDEWAYS = 6
"""Orientation of a phone that was held upright."""


def image(width, height, *, mode="RGB", kind="PNG", orientation=None, **options):
    new = Image.new(mode, (width, height))
    if orientation:
        options["exif"] = Image.Exif()
        options["exif"][0x0112] = orientation
    file = BytesIO()
    new.save(file, kind, **options)
    return file.getvalue()


def drawn(content):
    return Image.open(BytesIO(picture_of(content)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_kept_is_a_jpeg_of_1400_points_a_side_at_most(kind):
    picture = drawn(image(3000, 1500, kind=kind))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1400, 700))
    assert drawn(image(900, 2800, kind=kind)).size == (450, 1400)
    assert drawn(image(40, 30, kind=kind)).size == (40, 30), "never made larger"


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "1"])
def test_colours_of_every_kind_become_those_of_a_photo(mode):
    assert drawn(image(4, 4, mode=mode)).mode == "RGB"


def test_it_stands_upright_and_says_nothing_about_the_device():
    picture = drawn(image(400, 300, kind="JPEG", orientation=SIDEWAYS))

    assert picture.size == (300, 400)
    assert not picture.getexif()


def test_what_is_drawn_is_what_was_to_be_seen():
    file = BytesIO()
    Image.new("RGB", (8, 8), (200, 30, 60)).save(file, "PNG")

    colour = drawn(file.getvalue()).getpixel((4, 4))

    assert all(
        abs(one - other) < 8 for one, other in zip(colour, (200, 30, 60), strict=True)
    )


def test_it_is_saved_as_well_as_was_settled():
    expected = BytesIO()
    Image.new("RGB", (40, 30)).save(expected, "JPEG", quality=82, optimize=True)

    assert picture_of(image(40, 30)) == expected.getvalue()


def test_more_points_than_allowed_are_refused_before_they_are_unpacked(monkeypatch):
    assert pictures.MOST_POINTS == 50_000_000
    monkeypatch.setattr(pictures, "MOST_POINTS", 100)

    assert picture_of(image(10, 10))
    with pytest.raises(NoPicture) as refused:
        picture_of(image(10, 11))
    assert refused.value.args == ("heavy",)


@pytest.mark.parametrize("reason", ["large", "kind", "broken", "heavy"])
def test_each_reason_has_words(reason):
    assert str(NoPicture(reason)) == str(pictures.REASONS[reason])
    assert set(pictures.REASONS) == {"large", "kind", "broken", "heavy"}


def test_a_file_of_the_largest_size_is_drawn_and_a_larger_one_is_not_read(asked):
    calls, file = asked(b"jpeg"), Upload(LARGEST_FILE)

    assert redrawn(file) == b"jpeg"
    assert calls == [
        ((answer_with_picture, file.content), {"seconds": pictures.SECONDS})
    ]

    larger = Upload(LARGEST_FILE + 1)
    with pytest.raises(NoPicture) as refused:
        redrawn(larger)
    assert refused.value.args == ("large",)
    assert larger.asked == [LARGEST_FILE + 1]
    assert len(calls) == 1


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("kind", "kind"),
        (child.Stumbled("stumbled"), "broken"),
        (child.TookTooLong("took too long"), "heavy"),
        (child.TookTooMuch("took too much"), "heavy"),
    ],
)
def test_why_there_is_no_picture_is_told(asked, answer, reason):
    calls = asked(answer)

    with pytest.raises(NoPicture) as refused:
        redrawn(Upload(1), draw="draw", seconds=3)

    assert refused.value.args == (reason,)
    assert calls == [(("draw", b"x"), {"seconds": 3})]


@pytest.fixture
def child_of(monkeypatch):
    """The work of the process, done here; its limits are noted and not set."""
    limits, alarms = {}, []
    monkeypatch.setattr(resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(signal, "alarm", alarms.append)

    def work(content):
        asker = Asker()
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            answer_with_picture(asker, content)
            # What a decoder warns of would stand in the log, with words of the file
            warnings.warn("words of the file", stacklevel=1)
        assert warned == []
        [answer] = asker.sent
        return answer, limits, alarms

    return work


def test_the_process_has_ten_seconds_three_quarters_of_a_gigabyte_and_no_files(
    child_of,
):
    answer, limits, alarms = child_of(image(4, 4))

    assert answer.startswith(b"\xff\xd8")
    # Its own end comes after the one that its parent waits for
    assert alarms == [11]
    assert limits == {
        resource.RLIMIT_AS: (768 << 20, 768 << 20),
        resource.RLIMIT_CPU: (10, 10),
        resource.RLIMIT_NOFILE: (0, 0),
    }


def test_the_process_says_what_kind_of_file_it_could_not_draw(child_of, monkeypatch):
    assert child_of(image(4, 4, kind="GIF"))[0] == "kind"
    monkeypatch.setattr(pictures, "MOST_POINTS", 15)
    assert child_of(image(4, 4))[0] == "heavy"
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 5)
    assert child_of(image(4, 4))[0] == "heavy"

"""A story as others read it: the same words on the page and on paper."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from interface.latvian import unbroken
from stories.workflow import Status

HEADINGS = {
    "hard": _("What was hard"),
    "done": _("What the mediator did"),
    "helped": _("Who else helped"),
    "changed": _("What has changed"),
}


LATIN = 0x2FF


class Size(StrEnum):
    A4 = "a4"
    A5 = "a5"


LETTERS = {
    Size.A4: (6, 7, 8, 9, 9.5, 10, 10.5, 11, 11.5, 12, 13, 14),
    Size.A5: (5, 6, 7, 7.5, 8, 8.5, 9, 9.5, 10, 10.5, 11, 11.5, 12),
}
"""Points of the letters of a story, the largest that fit are taken."""
LEGIBLE = {Size.A4: 10, Size.A5: 9}
"""Points below which an editor is asked to shorten the words."""
ROOM = {Size.A4: 3000, Size.A5: 1900}
"""Signs that fit in legible letters; ``test_leaflet`` tries it on paper."""
PHOTO = 250
"""Signs in whose place a photo stands."""


@dataclass(frozen=True)
class Leaflet:
    """What of a story goes out; neither family nor case nor code is in it."""

    title: str
    region: str
    place: str
    parts: tuple[tuple[str, str], ...]
    quote: str
    effect: str
    municipality_did: str
    in_brief: str
    call: str
    mediator: str
    address: str
    """Path of the public page, "" while there is none."""
    picture: str
    """The photo as data, for paper."""
    picture_text: str
    funding: str
    funders: tuple[dict, ...]
    is_draft: bool = False
    """Not agreed to by everybody yet: not for handing out."""

    @classmethod
    def of(cls, story):
        photo = getattr(story, "photo", None)
        return cls(
            title=story.title,
            region=story.municipality.region.label_lv,
            place=story.municipality.label_lv,
            parts=tuple(
                (heading, getattr(story, name))
                for name, heading in HEADINGS.items()
                if getattr(story, name)
            ),
            quote=story.quote,
            effect=story.effect,
            municipality_did=story.municipality_did,
            in_brief=story.in_brief,
            call=unbroken(story.call),
            mediator=story.mediator.full_name if story.names_mediator else "",
            address=story.public_url if story.slug else "",
            picture=photo.as_data if photo else "",
            picture_text=photo.description if photo else "",
            funding=settings.FUNDING.sentence,
            funders=settings.FUNDING.funders,
            is_draft=story.status != Status.PUBLISHED,
        )

    @property
    def has_brief(self):
        """Whether there is anything for the box beside the story."""
        return bool(self.in_brief or self.mediator or self.call or self.effect)

    def excess(self, size):
        """About how many signs too many there are for legible letters; 0 if none."""
        texts = [text for _heading, text in self.parts]
        texts += [self.title, self.quote, self.effect, self.municipality_did]
        texts += [self.in_brief, self.call]
        needed = sum(_width(text) for text in texts) + (PHOTO if self.picture else 0)
        return max(needed - ROOM[size], 0)

    def on_paper(self):
        """The same with each answer as one paragraph: paper has no room for blank lines."""
        texts = {
            name: " ".join(getattr(self, name).split())
            for name in ("quote", "effect", "municipality_did", "in_brief", "call")
        }
        parts = tuple((heading, " ".join(text.split())) for heading, text in self.parts)
        return replace(self, parts=parts, **texts)

    @property
    def site_address(self):
        """“tilts.example/stasti/skola/”, to be typed from paper."""
        return (settings.SITE_URL + self.address).partition("//")[2]


def _width(text):
    """Capitals and signs of other scripts take the room of two."""
    return sum(2 if sign.isupper() or ord(sign) > LATIN else 1 for sign in text)

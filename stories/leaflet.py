"""A story as others read it: the same words on the page and on paper."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext_lazy as _

HEADINGS = {
    "hard": _("What was hard"),
    "done": _("What the mediator did"),
    "helped": _("Who else helped"),
    "changed": _("What has changed"),
}


class Size(StrEnum):
    A4 = "a4"
    A5 = "a5"


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
            call=story.call,
            mediator=story.mediator.full_name if story.names_mediator else "",
            address=story.public_url if story.slug else "",
            picture=photo.as_data if photo else "",
            picture_text=photo.description if photo else "",
            funding=settings.FUNDING.sentence,
            funders=settings.FUNDING.funders,
        )

    @property
    def site_address(self):
        """“tilts.example/stasti/skola/”, to be typed from paper."""
        return (settings.SITE_URL + self.address).partition("//")[2]

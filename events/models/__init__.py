"""Groups: resource centres, events and series, counts of participants, testimonials."""

from events.models.centre import Centre
from events.models.event import Event
from events.models.headcount import MOST_PEOPLE, OF_PEOPLE, OF_SESSIONS, Headcount
from events.models.people import Invitation, Leader, Testimonial
from events.models.reach import EVERYBODY, READERS, WRITERS

__all__ = [
    "EVERYBODY",
    "MOST_PEOPLE",
    "OF_PEOPLE",
    "OF_SESSIONS",
    "READERS",
    "WRITERS",
    "Centre",
    "Event",
    "Headcount",
    "Invitation",
    "Leader",
    "Testimonial",
]

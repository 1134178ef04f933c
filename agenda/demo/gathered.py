"""What every event of the demo has: a number, and how many people came."""

from events.models import Event, Headcount
from events.services.events import settle
from municipalities.models import Vocabulary


def event_of(terms, kind, **fields):
    """A stored event with its number; ``kind`` is the code of a term of ``terms``."""
    event = Event(kind=terms[Vocabulary.EVENT_TYPE, kind], **fields)
    event.code = Event.next_code(event.held_on)
    event.save()
    return event


def count(event, terms, counts):
    """So many people of each category; institutions of the list are counted too."""
    Headcount.objects.bulk_create(
        Headcount(
            event=event,
            category=terms[Vocabulary.PARTICIPANT_CATEGORY, code],
            count=number,
        )
        for code, number in counts.items()
        if number
    )
    settle(event)

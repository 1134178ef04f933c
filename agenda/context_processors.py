"""What the base templates show around each page."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from agenda.navigation import (
    ROOM_IN_THE_BOTTOM_BAR,
    Link,
    addresses_of,
    places_of,
)
from agenda.shortcuts import BAR, SHORTCUTS
from agenda.waiting import beside_reports, how_many
from cases.models import Advice
from families.hidden_names import are_hidden
from mediators.models import Role
from mediators.services import sessions
from reports.models import MonthlyReport
from stories.models import Story

WAITING = {
    "reports": MonthlyReport.objects.waiting_for,
    "advice": Advice.objects.waiting_for,
    "stories": Story.objects.waiting_for,
}
"""What a place may count: the rows of which the next move is this person's."""


def frame(request):
    """Adds ``frame``. Nothing is asked of the database until a page shows it."""
    return {"frame": Frame(request)}


class Frame:
    """Navigation, language, theme and text size of the person who looks."""

    def __init__(self, request):
        self.request = request
        # An error page may be drawn before anybody was recognised
        self.user = getattr(request, "user", AnonymousUser())
        self.path = request.path
        self.address = request.get_full_path()
        self.demo = settings.DEMO
        self.version = settings.VERSION
        self.theme = getattr(self.user, "theme", "light")
        self.text_size = getattr(self.user, "text_size", "normal")

    is_kept = False
    """True for a page that a phone keeps and that is about nobody."""

    @property
    def is_signed_in(self):
        return self.user.is_authenticated

    @property
    def person(self):
        """The id by which a phone tells whose things it keeps."""
        return "" if self.is_kept or not self.is_signed_in else str(self.user.pk)

    @cached_property
    def is_mediator(self):
        return self.is_kept or (self.is_signed_in and self.user.has_role(Role.MEDIATOR))

    @property
    def seconds_left(self):
        """Until the session ends by itself."""
        if self.is_kept or not self.is_signed_in:
            return 0
        return sessions.seconds_left(self.request)

    @property
    def names_are_hidden(self):
        return are_hidden()

    @property
    def look(self):
        """What makes kept pages of one person differ from those of another."""
        return f"{get_language()}.{self.theme}.{self.text_size}"

    @cached_property
    def waits(self):
        """What waits beside reports, for a first page of a room below this one."""
        return beside_reports(self.user, timezone.localdate())

    @property
    def waiting_count(self):
        return how_many(self.waits)

    @property
    def roles(self):
        return self.user.roles

    @cached_property
    def _places(self):
        """Pairs of the place and its link."""
        if not self.is_signed_in:
            return []
        places = places_of(self.roles)
        urls = addresses_of(self.roles)
        here = max(
            (url for url in urls if self.path.startswith(url)), key=len, default=""
        )
        return [
            (place, self._link(place, url, url == here))
            for place, url in zip(places, urls, strict=True)
        ]

    def _link(self, place, url, is_here):
        current = ("page" if url == self.path else "true") if is_here else ""
        return Link(
            *(place.label, url, place.icon, current),
            *(place.raised, self._count(place), place.key, place.group),
        )

    def _count(self, place):
        """How many wait there; a page that a phone keeps is about nobody."""
        if self.is_kept or not place.counts:
            return 0
        return WAITING[place.counts](self.user).count()

    @property
    def has_keys(self):
        """Keys are for people at a desk, not for mediators with a phone."""
        if self.is_kept or not self.is_signed_in:
            return False
        return self.user.works_at_a_desk and self.user.uses_shortcuts

    keys, keys_bar = SHORTCUTS, BAR

    @cached_property
    def desktop(self):
        return [link for place, link in self._places if place.is_in_the_top_bar]

    @property
    def account_count(self):
        """How much waits in the places of ``account``."""
        return sum(link.count for link in self.account)

    @property
    def more_count(self):
        return sum(link.count for link in self.more)

    @cached_property
    def account(self):
        """Places that have no room in the top bar."""
        return [
            link
            for place, link in self._places
            if not place.is_in_the_top_bar and not place.raised
        ]

    @cached_property
    def _by_bar(self):
        """Links of the bottom bar, and those that it has no room for."""
        shown, others = [], []
        for place, link in self._places:
            has_room = len(shown) < ROOM_IN_THE_BOTTOM_BAR
            fits = has_room and place.may_be_in_the_bottom_bar
            (shown if fits else others).append(link)
        return shown, others

    @property
    def phone(self):
        return self._by_bar[0]

    @property
    def more(self):
        """Whatever the bottom bar has no room for."""
        return self._by_bar[1]

    @property
    def is_in_more(self):
        return any(link.current for link in self.more)

"""Where each role can go: the places of the top bar, the bottom bar and the menu.

A new page for a role is one line here.
"""

from functools import cache
from typing import NamedTuple

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from mediators.models import Role

ROOM_IN_THE_BOTTOM_BAR = 4


class Group(TextChoices):
    """What the menu folds together, in this order, below what stands there by itself."""

    NONE = ""
    COMMUNITY = "community", pgettext_lazy("places", "Community")
    MATERIALS = "materials", pgettext_lazy("places", "Materials and stories")
    TEAM = "team", pgettext_lazy("places", "Team")
    DATA = "data", pgettext_lazy("places", "Families' data")
    OWN = "own", pgettext_lazy("places", "My work")


class Place(NamedTuple):
    """A page people go to, and where it is offered.

    ``raised`` is the round button; ``counts`` says of what the link tells how many wait
    (``agenda.context_processors``); ``key`` leads there after G (see ``shortcuts``); a
    place of a ``group`` is in the menu only, unless ``in_bar`` puts it into the top bar,
    where a wide screen has room.
    """

    label: str
    name: str
    icon: str
    on_desktop: bool = True
    on_phone: bool = True
    raised: bool = False
    counts: str = ""
    key: str = ""
    group: Group = Group.NONE
    in_bar: bool = False

    @property
    def is_in_the_top_bar(self):
        return self.on_desktop and (self.in_bar or not self.group)

    @property
    def may_be_in_the_bottom_bar(self):
        return self.on_phone and not self.group


class Link(NamedTuple):
    """A place as one page shows it."""

    label: str
    url: str
    icon: str
    current: str
    raised: bool
    count: int
    key: str
    group: Group


CONTACTS = Place(
    pgettext_lazy("place", "Contacts"),
    "municipalities:contact-list",
    "friends",
    on_phone=False,
)
REPORTS = Place(
    pgettext_lazy("place", "Reports"),
    "reports:list",
    "file-text",
    counts="reports",
    key="a",
)
EVENTS = Place(
    pgettext_lazy("place", "Events"),
    "events:list",
    "school",
    group=Group.COMMUNITY,
)
ASKS = Place(pgettext_lazy("place", "Asks"), "reports:asks", "flag", key="l")
RESULTS = Place(
    pgettext_lazy("place", "Results"), "reports:results", "chart-bar", key="r"
)
DOCUMENTS = Place(
    pgettext_lazy("place", "Documents"),
    "reports:documents",
    "file-download",
    group=Group.MATERIALS,
)
STORIES = Place(
    pgettext_lazy("place", "Stories"),
    "stories:list",
    "star",
    counts="stories",
    group=Group.MATERIALS,
)
MATERIALS = Place(
    pgettext_lazy("place", "Materials"),
    "stories:materials",
    "file-text",
    group=Group.MATERIALS,
)
PLACES_OF_WORK = Place(
    pgettext_lazy("place", "Municipalities"),
    "municipalities:places",
    "building-community",
    group=Group.TEAM,
)
TEAM = Place(
    pgettext_lazy("place", "Mediators"),
    "agenda:team",
    "users",
    group=Group.TEAM,
)
PROGRAMMES = Place(
    pgettext_lazy("place", "Programmes"),
    "cases:programmes",
    "school",
    group=Group.COMMUNITY,
)
DISCRIMINATION = Place(
    pgettext_lazy("place", "Discrimination"),
    "cases:incidents",
    "scale",
    group=Group.COMMUNITY,
)
STAND_IN = Place(
    pgettext_lazy("place", "Substitution"),
    "families:substitutions",
    "users-group",
    group=Group.TEAM,
)
NAMES = Place(
    pgettext_lazy("place", "Names"),
    "families:name-request",
    "eye",
    group=Group.DATA,
)
COMPLAINTS = Place(
    pgettext_lazy("place", "Complaints"),
    "complaints",
    "message-circle",
    group=Group.TEAM,
)
DATA_REQUESTS = Place(
    pgettext_lazy("place", "Requests about data"),
    "data_protection:requests",
    "message-question",
    group=Group.DATA,
)
SURVEYS = Place(
    pgettext_lazy("place", "Surveys"),
    "evaluation:surveys",
    "clipboard-list",
    on_phone=False,
)
RECOMMENDATIONS = Place(
    pgettext_lazy("place", "Recommendations"),
    "evaluation:recommendations",
    "flag-check",
    group=Group.COMMUNITY,
)
ISSUES = Place(
    pgettext_lazy("place", "Community issues"),
    "cases:issue-list",
    "flag",
    group=Group.COMMUNITY,
)
ADVICE = Place(
    pgettext_lazy("place", "Advice"),
    "cases:advice-list",
    "message-question",
    counts="advice",
    group=Group.TEAM,
)
HELP = Place(pgettext_lazy("place", "Help"), "help", "help", on_phone=False)
SETTINGS = Place(
    pgettext_lazy("place", "Settings"),
    "settings",
    "settings",
    on_desktop=False,
    on_phone=False,
)

OF_THE_WORK = (
    *(EVENTS, RECOMMENDATIONS, ISSUES, PROGRAMMES),
    *(DOCUMENTS, STORIES, MATERIALS),
)
"""What everybody who mediates or coordinates shares."""
OF_A_MEDIATOR = tuple(place._replace(counts="") for place in OF_THE_WORK)
"""The same on a phone, where Today tells what waits and no page asks the database for it."""
OF_THE_PROJECT = tuple(place._replace(in_bar=place is STORIES) for place in OF_THE_WORK)
"""The same for who works for the whole project, at a desk."""

PLACES = {
    Role.MEDIATOR: (
        Place(pgettext_lazy("place", "Today"), "agenda:today", "calendar-due"),
        Place(pgettext_lazy("place", "Families"), "families:list", "users-group"),
        Place(
            pgettext_lazy("place", "Log"),
            "cases:visit-create",
            "plus",
            on_desktop=False,
            raised=True,
        ),
        CONTACTS,
        REPORTS._replace(label=pgettext_lazy("place", "Report")),
        Place(
            pgettext_lazy("place", "Cases"),
            "cases:case-list",
            "briefcase",
            on_phone=False,
        ),
        Place(
            pgettext_lazy("place", "Entries"),
            "cases:visit-list",
            "list-details",
            on_phone=False,
        ),
        *OF_A_MEDIATOR,
        DISCRIMINATION,
        ASKS._replace(group=Group.COMMUNITY),
        Place(pgettext_lazy("place", "My page"), "my-page", "school", group=Group.OWN),
        ADVICE._replace(counts="", group=Group.OWN),
        STAND_IN._replace(
            label=pgettext_lazy("place", "Who covers for me?"), group=Group.OWN
        ),
        Place(
            pgettext_lazy("place", "Supervision"),
            "supervision",
            "heart",
            group=Group.OWN,
        ),
        Place(
            pgettext_lazy("place", "Child in danger"),
            "families:safeguarding",
            "alert-triangle",
            on_desktop=False,
            on_phone=False,
        ),
    ),
    Role.COORDINATOR: (
        Place(
            pgettext_lazy("place", "Overview"),
            "agenda:dashboard",
            "layout-dashboard",
            key="p",
        ),
        REPORTS,
        ASKS,
        CONTACTS,
        SURVEYS,
        *OF_THE_WORK,
        DISCRIMINATION,
        TEAM._replace(in_bar=True),
        PLACES_OF_WORK._replace(label=pgettext_lazy("place", "Municipality")),
        ADVICE._replace(in_bar=True),
        STAND_IN,
        COMPLAINTS,
        NAMES,
    ),
    Role.LEAD_MEDIATOR: (
        RESULTS,
        REPORTS,
        *OF_THE_PROJECT,
        TEAM._replace(in_bar=True),
        PLACES_OF_WORK._replace(in_bar=True),
        ADVICE._replace(in_bar=True),
        COMPLAINTS,
        DATA_REQUESTS,
        DATA_REQUESTS._replace(
            label=pgettext_lazy("place", "Retention"),
            name="data_protection:retention",
            icon="history",
        ),
        NAMES,
    ),
    Role.PROJECT_STAFF: (
        RESULTS,
        REPORTS,
        Place(
            pgettext_lazy("place", "Export"),
            "reports:export",
            "file-spreadsheet",
            on_phone=False,
        ),
        SURVEYS,
        *OF_THE_PROJECT,
        TEAM,
        PLACES_OF_WORK._replace(in_bar=True),
        ADVICE._replace(in_bar=True),
        COMPLAINTS,
    ),
    Role.ADMINISTRATOR: (
        Place(pgettext_lazy("place", "Administration"), "admin:index", "adjustments"),
        Place(pgettext_lazy("place", "System"), "operations:system", "list-check"),
    ),
    Role.DATA_PROTECTION_OFFICER: (
        Place(
            pgettext_lazy("place", "Oversight"),
            "data_protection:desk",
            "shield-lock",
        ),
        Place(pgettext_lazy("place", "Privacy"), "privacy", "file-text"),
    ),
}
PLACES[Role.DEPUTY_COORDINATOR] = PLACES[Role.COORDINATOR]

HOME = {
    Role.MEDIATOR: "agenda:today",
    Role.COORDINATOR: "agenda:dashboard",
    Role.DEPUTY_COORDINATOR: "agenda:dashboard",
    Role.LEAD_MEDIATOR: "reports:results",
    Role.PROJECT_STAFF: "reports:results",
    Role.ADMINISTRATOR: "admin:index",
    Role.DATA_PROTECTION_OFFICER: "data_protection:desk",
}


def home_of(roles):
    """The first page after signing in; people without a role get help."""
    return next((name for role, name in HOME.items() if role in roles), "help")


@cache
def places_of(roles):
    """Every place of a frozenset of roles, each once, group by group, as the tables order them."""
    places = {}
    for role, own in PLACES.items():
        if role in roles:
            for place in own:
                places.setdefault(place.name, place)
    groups = list(Group)
    by_group = sorted(places.values(), key=lambda place: groups.index(place.group))
    return (*by_group, HELP, SETTINGS)


@cache
def addresses_of(roles):
    """The addresses of these places, in the same order."""
    return tuple(reverse(place.name) for place in places_of(roles))

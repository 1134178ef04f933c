"""Where each role can go: the places of the top bar, the bottom bar and the menu.

A new page for a role is one line here.
"""

from typing import NamedTuple

from django.utils.translation import pgettext_lazy

from mediators.models import Role

ROOM_IN_THE_BOTTOM_BAR = 4


class Place(NamedTuple):
    """A page people go to, and where it is offered.

    ``raised`` is the round button; ``key`` leads there after G (see ``shortcuts``).
    """

    label: str
    name: str
    icon: str
    on_desktop: bool = True
    on_phone: bool = True
    raised: bool = False
    counts_waiting: bool = False
    key: str = ""


class Link(NamedTuple):
    """A place as one page shows it."""

    label: str
    url: str
    icon: str
    current: str
    raised: bool
    count: int
    key: str


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
    counts_waiting=True,
    key="a",
)
EVENTS = Place(
    pgettext_lazy("place", "Events"),
    "events:list",
    "school",
    on_desktop=False,
    on_phone=False,
)
ASKS = Place(pgettext_lazy("place", "Asks"), "reports:asks", "flag", key="l")
RESULTS = Place(
    pgettext_lazy("place", "Results"), "reports:results", "chart-bar", key="r"
)
DOCUMENTS = Place(
    pgettext_lazy("place", "Documents"),
    "reports:documents",
    "file-download",
    on_desktop=False,
    on_phone=False,
)
STORIES = Place(
    pgettext_lazy("place", "Stories"),
    "stories:list",
    "star",
    on_desktop=False,
    on_phone=False,
)
MATERIALS = Place(
    pgettext_lazy("place", "Materials"),
    "stories:materials",
    "file-text",
    on_desktop=False,
    on_phone=False,
)
PLACES_OF_WORK = Place(
    pgettext_lazy("place", "Municipalities"),
    "municipalities:places",
    "building-community",
    on_desktop=False,
    on_phone=False,
)
TEAM = Place(
    pgettext_lazy("place", "Mediators"),
    "agenda:team",
    "users",
    on_desktop=False,
    on_phone=False,
)
PROGRAMMES = Place(
    pgettext_lazy("place", "Programmes"),
    "cases:programmes",
    "school",
    on_desktop=False,
    on_phone=False,
)
DISCRIMINATION = Place(
    pgettext_lazy("place", "Discrimination"),
    "cases:incidents",
    "scale",
    on_desktop=False,
    on_phone=False,
)
STAND_IN = Place(
    pgettext_lazy("place", "Substitution"),
    "families:substitutions",
    "users-group",
    on_desktop=False,
    on_phone=False,
)
NAMES = Place(
    pgettext_lazy("place", "Names"),
    "families:name-request",
    "eye",
    on_desktop=False,
    on_phone=False,
)
COMPLAINTS = Place(
    pgettext_lazy("place", "Complaints"),
    "complaints",
    "message-circle",
    on_desktop=False,
    on_phone=False,
)
DATA_REQUESTS = Place(
    pgettext_lazy("place", "Requests about data"),
    "data_protection:requests",
    "message-question",
    on_desktop=False,
    on_phone=False,
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
    on_desktop=False,
    on_phone=False,
)
ISSUES = Place(
    pgettext_lazy("place", "Community issues"),
    "cases:issue-list",
    "flag",
    on_desktop=False,
    on_phone=False,
)
ADVICE = Place(
    pgettext_lazy("place", "Advice"),
    "cases:advice-list",
    "message-question",
    on_desktop=False,
    on_phone=False,
)
HELP = Place(pgettext_lazy("place", "Help"), "help", "help", on_phone=False)
SETTINGS = Place(
    pgettext_lazy("place", "Settings"),
    "settings",
    "settings",
    on_desktop=False,
    on_phone=False,
)

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
        EVENTS,
        ASKS._replace(on_desktop=False, on_phone=False),
        ISSUES,
        ADVICE,
        DOCUMENTS,
        STORIES,
        MATERIALS,
        PROGRAMMES,
        DISCRIMINATION,
        STAND_IN._replace(label=pgettext_lazy("place", "Who covers for me?")),
        Place(
            pgettext_lazy("place", "Supervision"),
            "supervision",
            "heart",
            on_desktop=False,
            on_phone=False,
        ),
        RECOMMENDATIONS,
        Place(
            pgettext_lazy("place", "My page"),
            "my-page",
            "school",
            on_desktop=False,
            on_phone=False,
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
        EVENTS,
        SURVEYS,
        RECOMMENDATIONS,
        ISSUES,
        ADVICE,
        DOCUMENTS,
        STORIES,
        MATERIALS,
        TEAM,
        PLACES_OF_WORK._replace(label=pgettext_lazy("place", "Municipality")),
        PROGRAMMES,
        DISCRIMINATION,
        STAND_IN,
        NAMES,
        COMPLAINTS,
    ),
    Role.LEAD_MEDIATOR: (
        RESULTS,
        REPORTS,
        EVENTS,
        RECOMMENDATIONS,
        ADVICE,
        ISSUES,
        DOCUMENTS,
        STORIES,
        MATERIALS,
        TEAM,
        PLACES_OF_WORK,
        PROGRAMMES,
        DATA_REQUESTS,
        DATA_REQUESTS._replace(
            label=pgettext_lazy("place", "Retention"),
            name="data_protection:retention",
            icon="history",
        ),
        NAMES,
        COMPLAINTS,
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
        EVENTS,
        SURVEYS,
        RECOMMENDATIONS,
        ISSUES,
        DOCUMENTS,
        STORIES,
        MATERIALS,
        TEAM,
        PLACES_OF_WORK,
        PROGRAMMES,
        COMPLAINTS,
    ),
    Role.ADMINISTRATOR: (
        Place(pgettext_lazy("place", "Administration"), "admin:index", "adjustments"),
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


def places_of(roles):
    """Every place of the roles, each once, in the order of the table above."""
    places = {}
    for role, own in PLACES.items():
        if role in roles:
            for place in own:
                places.setdefault(place.name, place)
    return [*places.values(), HELP, SETTINGS]

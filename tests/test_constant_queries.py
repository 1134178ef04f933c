"""However much stands in the database, a page asks it as often as when there was little.

Each page is asked for by everybody to whom it opens, before and after everything has
grown: rows of the same family, case, report and survey, neighbours with a household of
their own, municipalities of the same coordinator.
"""

import re
from collections import Counter

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from agenda.management.commands.print_urls import walk
from data_protection.models import DueCount
from families.models import LookedThrough
from mediators.models import Role, Tries, User
from reports.models import Delivery, KeptResults, ReportVersion
from tests import cast, house_attic
from tests.access_table import ACCESS, PEOPLE
from tests.asking import ask, signed_in
from tests.factories import AppointmentFactory, MunicipalityFactory, UserFactory
from tests.growing import everything, one_more_of_each, tables
from tests.house import House

ALONE = ("colleague", "outsider")
"""Mediators who see the same pages as the one of the house, with less on them."""
OF_EVERYBODY = ("anonymous", "coordinator")
"""Who asks for what opens to all: it is the same for each, with a menu or without."""
BY_ANSWER = "evaluation:words"
"""Each municipality of its twenty answers knows other names, against which they are held."""
LISTS = [
    row["name"]
    for row in walk(get_resolver())
    if row["name"].startswith("admin:") and row["name"].endswith("_changelist")
]
PAGES = [
    (name, who)
    for (method, name), row in ACCESS.items()
    for who, status in zip(PEOPLE, row, strict=True)
    if method == "GET" and status == 200 and name != BY_ANSWER
    # A drawing takes a second, and reads the same for whoever asks
    if not name.endswith("-pdf") or who == "coordinator"
    if who in (OF_EVERYBODY if set(row) == {200} else PEOPLE) and who not in ALONE
] + [(name, "administrator") for name in LISTS]
NOT_ASKED = re.compile(
    r'.*"(django_session|usersessions_usersession)"|(RELEASE |ROLLBACK TO )?SAVEPOINT'
)
"""Now and then it is noted who was here last, which hangs on the clock alone."""


class Town:
    """The house with its people; ``grow`` gives it more of everything."""

    def __init__(self):
        everybody = cast.everybody(cast.upesciems())
        mediator, self.coordinator = everybody["mediator"], everybody["coordinator"]
        self.place = mediator.factory_municipality
        self.house = House(self.place, mediator, self.coordinator)
        house_attic.fill(
            self.house,
            self.coordinator,
            everybody["project_staff"],
            everybody["data_protection_officer"],
        )
        self.browsers = signed_in({"anonymous": None, **everybody})
        self.at_first, self._letters = everything(), iter("BCDEFGHJ")

    def grow(self):
        """A neighbour here and one elsewhere, and one more of all that was here at first."""
        elsewhere = MunicipalityFactory()
        AppointmentFactory(
            user=self.coordinator, role=Role.COORDINATOR, municipality=elsewhere
        )
        for place in (self.place, elsewhere):
            House(
                place,
                UserFactory(role=Role.MEDIATOR, municipality=place),
                User.objects.get(pk=self.coordinator.pk),
                letter=next(self._letters),
            )
        one_more_of_each(self.at_first)
        newest = ReportVersion.objects.filter(report=self.house.sent).latest("number")
        Delivery.objects.filter(pk=self.house.delivery.pk).update(version=newest)

    def queries(self, name, who):
        """What a page asks the database, by kind of statement."""
        address = reverse(name, kwargs=self.house.arguments(name))
        # Django keeps the last 9000
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            answer = ask(self.browsers[who], "GET", address)
        assert answer.status_code == 200, (name, who)
        return Counter(
            shape(query["sql"])
            for query in asked.captured_queries
            if not NOT_ASKED.match(query["sql"])
        )


def shape(sql):
    """A statement without what it looks for."""
    return re.sub(r"(\?, )+", "", re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\b\d+\b", "?", sql))


@pytest.fixture
def town(db):
    return Town()


@pytest.mark.once
def test_no_page_asks_the_database_more_often_when_more_stands_there(town):
    town.grow()
    rows = {model: model.objects.count() for model in tables()}
    # What is asked once per process is asked before
    for name, who in PAGES[:20]:
        town.queries(name, who)
    before = {page: town.queries(*page) for page in PAGES}
    for _time in range(3):
        town.grow()
    after = {page: town.queries(*page) for page in PAGES}

    more = {
        page: [
            f"{before[page][sql]} → {after[page][sql]} × {sql}"
            for sql in after[page] - before[page]
        ]
        for page in PAGES
        if after[page].total() > before[page].total()
    }
    grown = {model for model in rows if model.objects.count() > rows[model]}
    assert {*tables()} - grown == {
        DueCount,
        KeptResults,
        LookedThrough,
        Tries,
    }
    assert more == {}

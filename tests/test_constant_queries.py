"""However much stands in the database, a page asks it as often as when there was little.

Each page is asked for by everybody to whom it opens, before and after everything has
grown: rows of the same family, case, report and survey, neighbours with a household of
their own, municipalities of the same coordinator. Nor does a list of the country hold more
rows, unless it says why.
"""

import re
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from agenda.management.commands.print_urls import walk
from cases.models import (
    Case,
    CommunityIssue,
    Delegation,
    Visit,
    VisitArea,
    VisitFamily,
)
from data_protection.models import DueCount
from evaluation.models import FollowUp
from events.models import Centre
from families.models import LookedThrough
from mediators.models import Appointment, FactorReset, Role, Tries, User
from municipalities.models import Municipality, Partner, Region, Term
from reports.models import (
    ApiToken,
    Delivery,
    KeptResults,
    MonthlyReport,
    ReportVersion,
    Target,
)
from stories.models import Material
from tests import cast, house_attic
from tests.access_table import ACCESS, PEOPLE
from tests.asking import ask, signed_in
from tests.factories import AppointmentFactory, MunicipalityFactory, UserFactory
from tests.growing import everything, one_more_of_each, tables
from tests.held_rows import held_rows
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
    (name, who, "")
    for (method, name), row in ACCESS.items()
    for who, status in zip(PEOPLE, row, strict=True)
    if method == "GET" and status == 200 and name != BY_ANSWER
    # A drawing takes a second, and reads the same for whoever asks
    if not name.endswith("-pdf") or who == "coordinator"
    if who in (OF_EVERYBODY if set(row) == {200} else PEOPLE) and who not in ALONE
]
PAGES += [(name, "administrator", "") for name in LISTS]
PAGES += [
    ("data_protection:account", "data_protection_officer", "konts={0.mediator.pk}"),
    ("data_protection:family", "data_protection_officer", "kods={0.family.code}"),
    ("agenda:today", "mediator", "visas=1"),
    ("families:list", "mediator", "piekrisana=jaludz"),
    ("cases:visit-create", "mediator", "uzdevums={0.step.pk}"),
    ("reports:list", "coordinator", "all=1"),
    ("reports:list", "project_staff", "page=2"),
    ("reports:results", "project_staff", "csv=areas"),
]
"""The same addresses as they stand in a link or after a form that asks by GET."""
NOT_ASKED = re.compile(
    r'.*"(django_session|usersessions_usersession)"|(RELEASE |ROLLBACK TO )?SAVEPOINT'
)
"""Now and then it is noted who was here last, which hangs on the clock alone."""
PAGE_SIZES = re.compile(r"(\w+_)?(A_PAGE|SHOWN|AT_ONCE|LATEST)")
FEW_ROWS = 3
OF_THE_COUNTRY = (
    "lead_mediator", "project_staff", "data_protection_officer", "administrator",
)  # fmt: skip
"""Who sees more than one person's or one municipality's share."""
AS_MANY_AS_THE_COUNTRY_HAS = {Municipality, Region, Term}
READ_WHOLE = {
    "agenda:team": ("appointments of the people of a page", {Appointment}),
    "cases:delegation-list": ("one for each area of a municipality", {Delegation}),
    "cases:issue-list": ("sums by municipality and area", {CommunityIssue}),
    "data_protection:factor-resets": (
        "what was asked for since yesterday",
        {FactorReset},
    ),
    "evaluation:recommendations": ("follow-ups of a page", {FollowUp}),
    "events:centre-list": ("as many as are open in the country", {Centre}),
    "events:create": ("the same, to choose from", {Centre}),
    "events:list": ("the same, to choose from", {Centre}),
    "municipalities:places": ("a few of each municipality", {Partner}),
    "reports:api-tokens": ("one for each program that reads now", {ApiToken}),
    "reports:list": ("keys of the mediators", {Appointment, MonthlyReport}),
    "reports:recommendations-csv": ("follow-ups of some at a time", {FollowUp}),
    "reports:results": (
        "sums, and the state of each report; what is large is counted by the worker",
        {Appointment, Case, MonthlyReport, Visit, VisitArea, VisitFamily},
    ),
    "reports:targets": ("one for each number and municipality", {Target}),
    "stories:materials": ("what one project has printed", {Material}),
}
"""Lists of the country that are read as a whole, and what keeps them short."""


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

    def queries(self, page):
        """What a page asks the database, by kind of statement."""
        # Django keeps the last 9000
        reset_queries()
        with CaptureQueriesContext(connection) as asked:
            self._open(*page)
        return Counter(
            shape(query["sql"])
            for query in asked.captured_queries
            if not NOT_ASKED.match(query["sql"])
        )

    def rows(self, page):
        """Of each model the most rows that a page holds, where few stand on one."""
        with few_on_a_page(), held_rows() as held:
            self._open(*page)
        return held.by_model

    def _open(self, name, who, question):
        address = reverse(name, kwargs=self.house.arguments(name))
        address += f"?{question.format(self.house)}" if question else ""
        answer = ask(self.browsers[who], "GET", address)
        assert answer.status_code == 200, (address, who)

    def lists_of_the_country(self):
        return [
            (name, who, question)
            for name, who, question in PAGES
            if who in OF_THE_COUNTRY and not self.house.arguments(name)
        ]


def shape(sql):
    """A statement without what it looks for."""
    return re.sub(r"(\?, )+", "", re.sub(r"'[^']*'|\b[0-9a-f]{32}\b|\b\d+\b", "?", sql))


@contextmanager
def few_on_a_page():
    """A list that is read whole shows itself; one that asks per row would hide."""
    with pytest.MonkeyPatch.context() as patch:
        for module in filter(is_ours, [*sys.modules.values()]):
            for name in filter(PAGE_SIZES.fullmatch, vars(module)):
                if isinstance(getattr(module, name), int):
                    patch.setattr(module, name, FEW_ROWS)
        patch.setattr(ModelAdmin, "list_per_page", FEW_ROWS)
        yield


def is_ours(module):
    path = Path(getattr(module, "__file__", None) or "/")
    ours = path.is_relative_to(settings.BASE_DIR)
    return ours and not {".venv", "tests"} & {
        *path.relative_to(settings.BASE_DIR).parts
    }


@pytest.mark.once
def test_no_page_asks_or_holds_more_when_more_stands_there(db):
    town = Town()
    town.grow()
    there_were = {model: model.objects.count() for model in tables()}
    lists = town.lists_of_the_country()
    # What is asked once per process is asked before
    for page in PAGES[:20]:
        town.queries(page)
    before = {page: town.queries(page) for page in PAGES}
    few = {page: town.rows(page) for page in lists}
    for _time in range(3):
        town.grow()
    after = {page: town.queries(page) for page in PAGES}
    many = {page: town.rows(page) for page in lists}

    grown = {
        model for model, count in there_were.items() if model.objects.count() > count
    }
    assert {*tables()} - grown == {DueCount, KeptResults, LookedThrough, Tries}
    assert {
        page: [
            f"{before[page][sql]} → {after[page][sql]} × {sql}"
            for sql in after[page] - before[page]
        ]
        for page in PAGES
        if after[page].total() > before[page].total()
    } == {}
    held = {name: set() for name, _who, _question in lists}
    for page in lists:
        held[page[0]] |= {
            model
            for model, count in many[page].items()
            if count > max(few[page].get(model, 0), FEW_ROWS)
        } - AS_MANY_AS_THE_COUNTRY_HAS
    assert {name: models for name, models in held.items() if models} == {
        name: models for name, (_why, models) in READ_WHOLE.items()
    }

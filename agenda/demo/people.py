"""Invented people: accounts of the demo and officials of the institutions."""

from itertools import count, islice
from typing import NamedTuple

from mediators.models import Role


class Person(NamedTuple):
    """An account of the demo; ``prefix`` is empty for roles of the whole project."""

    role: Role
    first_name: str
    last_name: str
    prefix: str = ""
    is_masculine: bool = False


# The first of a role is the one that people try first
ACCOUNTS = (
    Person(Role.MEDIATOR, "Sanita", "Vītola", "UPC"),
    Person(Role.MEDIATOR, "Raimonds", "Zeltiņš", "KLM", True),
    Person(Role.MEDIATOR, "Marija", "Skujiņa", "DZK"),
    Person(Role.MEDIATOR, "Kristaps", "Upmalis", "DZK", True),
    Person(Role.MEDIATOR, "Aina", "Dreimane", "VDM"),
    Person(Role.COORDINATOR, "Ilze", "Kronberga", "UPC"),
    Person(Role.COORDINATOR, "Māris", "Apsītis", "KLM", True),
    Person(Role.COORDINATOR, "Dace", "Brūvere", "DZK"),
    Person(Role.COORDINATOR, "Vita", "Grundmane", "VDM"),
    Person(Role.DEPUTY_COORDINATOR, "Guntis", "Ķirsis", "UPC", True),
    Person(Role.LEAD_MEDIATOR, "Rasma", "Vecvagare"),
    Person(Role.PROJECT_STAFF, "Līga", "Grava"),
    Person(Role.PROJECT_STAFF, "Edgars", "Silenieks", is_masculine=True),
    Person(Role.ADMINISTRATOR, "Toms", "Jirgens", is_masculine=True),
    Person(Role.DATA_PROTECTION_OFFICER, "Zane", "Hartmane"),
)

FEMININE = (
    *("Inga", "Daina", "Kristīne", "Sandra", "Baiba", "Evita", "Ginta", "Iveta"),
    *("Jana", "Lelde", "Maija", "Nora", "Olita", "Rita", "Santa", "Una", "Vija"),
)
MASCULINE = ("Aldis", "Māris", "Normunds", "Oskars", "Uldis", "Valdis", "Artūrs")
# Feminine and masculine form
LAST_NAMES = (
    *(("Kalniņa", "Kalniņš"), ("Lapsa", "Lapsa"), ("Celmiņa", "Celmiņš")),
    *(("Dambe", "Dambis"), ("Siliņa", "Siliņš"), ("Krūmiņa", "Krūmiņš")),
    *(("Vanaga", "Vanags"), ("Podniece", "Podnieks"), ("Kalēja", "Kalējs")),
    *(("Muceniece", "Mucenieks"), ("Zariņa", "Zariņš"), ("Gaile", "Gailis")),
    *(("Sproģe", "Sproģis"), ("Avotiņa", "Avotiņš"), ("Kauliņa", "Kauliņš")),
    *(("Graudiņa", "Graudiņš"), ("Zemīte", "Zemītis"), ("Lejniece", "Lejnieks")),
    *(("Skrastiņa", "Skrastiņš"), ("Muižniece", "Muižnieks"), ("Medne", "Mednis")),
    *(("Akmentiņa", "Akmentiņš"), ("Dumpe", "Dumpis")),
)


def names_of_officials():
    """A generator that takes whether the next person is a man and gives the name.

    The lengths of the lists have no common divisor, so combinations come back late.
    """
    is_masculine = yield ""
    for number in count():
        first = MASCULINE if is_masculine else FEMININE
        last = LAST_NAMES[number % len(LAST_NAMES)][is_masculine]
        is_masculine = yield f"{first[number % len(first)]} {last}"


def further_mediators(number):
    """``(first name, last name, is_masculine)`` of mediators beyond the named ones."""
    return list(islice(_combinations(), number))


def _combinations():
    for number in count(7):
        is_masculine = number % 3 == 0
        first = MASCULINE if is_masculine else FEMININE
        last = LAST_NAMES[(number * 5) % len(LAST_NAMES)][is_masculine]
        yield first[number % len(first)], last, is_masculine

"""Invented municipalities and everybody who works there."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import product
from string import ascii_uppercase

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.text import slugify

from agenda.demo import people, settling
from agenda.demo.ethics import accept_the_code
from agenda.demo.places import PLACES, Place
from mediators import demo
from mediators.models import Appointment, Role, User

# Of a name, and its genitive: “Ozolkalns, Ozolkalna novads”
BEGINNINGS = ("Ozol", "Liep", "Bērz", "Egļ", "Kļav", "Lazd", "Kārkl", "Alkšņ", "Priež")
ENDS = (("kalns", "kalna"), ("ciems", "ciema"), ("muiža", "muižas"), ("pils", "pils"))
LATER = (("lejas", "leju"), ("krasts", "krasta"))
PREFIX = "Q"
"""No real municipality has a prefix that begins with it."""


@dataclass
class Desk:
    """One mediator with what is worked with; ids alone, because there are many."""

    number: int
    mediator: object
    municipality: object
    coordinator: object
    contact_person: object
    institutions: dict
    town_parts: tuple[str, ...]
    households: list = field(default_factory=list)


def settle(size, clock):
    """Municipalities, institutions, accounts and appointments; a desk for each mediator."""
    rows = list(_places(size.municipalities))
    found, institutions, contact_people = settling.settle_places(rows, clock)
    mediators = _mediators(size.mediators)
    coordinators = _named(people.FEMININE, size.municipalities, "coordinator")
    others = [row for row in people.ACCOUNTS if not row.prefix]
    team = [
        _account(
            row.first_name,
            row.last_name,
            f"{slugify(row.first_name)}.{slugify(row.last_name)}",
        )
        for row in others
    ]
    User.objects.bulk_create([*mediators, *coordinators, *team], batch_size=500)
    desks = [
        Desk(
            number=number,
            mediator=mediator,
            municipality=found[place.prefix],
            coordinator=coordinators[number % len(rows)],
            contact_person=contact_people[place.prefix],
            institutions=institutions[place.prefix],
            town_parts=place.town_parts,
        )
        for number, mediator in enumerate(mediators)
        for place in [rows[number % len(rows)]]
    ]
    since = clock.first - timedelta(days=365)
    appointments = [
        *((desk.mediator, Role.MEDIATOR, desk.municipality) for desk in desks),
        *(
            (user, Role.COORDINATOR, found[place.prefix])
            for user, place in zip(coordinators, rows, strict=True)
        ),
        *((user, row.role, None) for user, row in zip(team, others, strict=True)),
    ]
    Appointment.objects.bulk_create(
        [
            Appointment(user=user, role=role, municipality=place, starts_on=since)
            for user, role, place in appointments
        ],
        batch_size=500,
    )
    accept_the_code(clock)
    return desks


def _places(count):
    """The places of the small demo under other names; all regions in turn."""
    names = [*product(BEGINNINGS, ENDS), *product(BEGINNINGS, LATER)][:count]
    prefixes = product(ascii_uppercase, repeat=2)
    for number, ((begin, (end, genitive)), letters) in enumerate(
        zip(names, prefixes, strict=False)
    ):
        model = PLACES[number % len(PLACES)]
        yield Place(
            prefix=PREFIX + "".join(letters),
            slug=slugify(begin + end),
            name=begin + end,
            genitive=begin + genitive,
            region=model.region,
            tile=(None, None),
            preschool=model.preschool,
            practice=model.practice,
            deputy_mayor=model.deputy_mayor,
            deputy_mayor_post=model.deputy_mayor_post,
            families=(),
            town_parts=model.town_parts,
        )


def _mediators(count):
    names = people.further_mediators(count)
    return [
        _account(first, last, f"mediator-{number}", is_masculine=is_masculine)
        for number, (first, last, is_masculine) in enumerate(names)
    ]


def _named(first_names, count, role):
    return [
        _account(
            first_names[number % len(first_names)],
            people.LAST_NAMES[number % len(people.LAST_NAMES)][0],
            f"{role}-{number}",
        )
        for number in range(count)
    ]


@cache
def _password():
    """One for all, as in the small demo: to hash it takes a tenth of a second."""
    return make_password(demo.PASSWORD)


def _account(first_name, last_name, address, *, is_masculine=False):
    return User(
        email=f"{address}@tilts.example",
        first_name=first_name,
        last_name=last_name,
        address_form="masculine" if is_masculine else "feminine",
        password=_password(),
        welcomed_at=timezone.now(),
    )

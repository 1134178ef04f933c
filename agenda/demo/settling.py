"""Settles the invented places: municipalities, institutions, officials and accounts."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.text import slugify

from agenda.demo import people, places
from agenda.demo.chance import dice
from agenda.demo.households import LABELS
from mediators import demo
from mediators.models import COORDINATING, Appointment, Role, User
from municipalities.models import (
    ContactPerson,
    Institution,
    InstitutionContact,
    Municipality,
    Region,
)

# Latvian numbers begin with 2, 6, 8 or 9, so nobody is called by mistake
OFFICE_PHONE = "+371 310 {:05}"
STAFF_PHONE = "+371 320 {:05}"


@dataclass
class Desk:
    """One mediator in one municipality, and everything the mediator works with."""

    number: int
    place: places.Place
    municipality: Municipality
    mediator: User
    coordinator: User
    contact_person: ContactPerson
    institutions: dict
    labels: tuple[str, ...]
    families_a_month: tuple[int, ...]
    dice: Random
    families: list = field(default_factory=list)
    ends: dict = field(default_factory=dict)
    """Last days of families that moved away or withdrew their consent."""

    @property
    def is_first(self):
        """The mediator whose pages look as the pictures in the manual."""
        return self.number == 0

    def institution(self, key):
        return self.institutions[key][0]

    def official(self, key):
        """Somebody who answers at the institution."""
        return self.dice.choice(self.institutions[key][1])


def settle(clock, *, seed, scale):
    """Everything that exists before the first family; the desks with their mediators."""
    municipalities, institutions, contact_people = settle_places(places.PLACES, clock)
    accounts = _accounts(scale)
    _appoint(accounts, municipalities, clock)
    mediators = [row for row in accounts if row[0].role == Role.MEDIATOR]
    desks, met = [], {}
    for number, (person, user) in enumerate(mediators):
        place = next(row for row in places.PLACES if row.prefix == person.prefix)
        rank = met[person.prefix] = met.get(person.prefix, -1) + 1
        counts = place.families
        desks.append(
            Desk(
                number=number,
                place=place,
                municipality=municipalities[person.prefix],
                mediator=user,
                coordinator=_coordinator(accounts, person.prefix),
                contact_person=contact_people[person.prefix],
                institutions=institutions[person.prefix],
                labels=LABELS[number % len(LABELS)],
                families_a_month=counts[rank % len(counts)],
                dice=dice(seed, "desk", number),
            )
        )
    return desks


def settle_places(rows, clock):
    """Municipalities, their institutions and contact persons, each by the prefix."""
    municipalities = _municipalities(rows)
    institutions = _institutions(rows, municipalities)
    return municipalities, institutions, _contact_people(rows, municipalities, clock)


def _municipalities(rows):
    regions = {region.code: region for region in Region.objects.all()}
    made = [
        Municipality(
            atvk=place.atvk,
            prefix=place.prefix,
            slug=place.slug,
            label_lv=f"{place.genitive} novads",
            label_en=f"{place.name} Municipality",
            locative_lv=f"{place.genitive} novadā",
            full_name_lv=f"{place.genitive} novada pašvaldība",
            region=regions[place.region],
            tile_row=place.tile[0],
            tile_column=place.tile[1],
        )
        for place in rows
    ]
    return {row.prefix: row for row in Municipality.objects.bulk_create(made)}


def _contact_people(rows, municipalities, clock):
    people_there = [
        ContactPerson(
            municipality=municipalities[place.prefix],
            name=place.deputy_mayor,
            post=place.deputy_mayor_post,
            email=_address(place.deputy_mayor, place.domain),
            starts_on=clock.first - timedelta(days=365),
        )
        for place in rows
    ]
    made = ContactPerson.objects.bulk_create(people_there)
    return {row.municipality.prefix: row for row in made}


def _institutions(rows, municipalities):
    """``{prefix: {key: (institution, officials)}}``, the national one in each."""
    names = people.names_of_officials()
    next(names)
    found = {
        place.prefix: {
            template.key: _institution(
                template,
                municipalities[place.prefix],
                place.domain,
                names,
                vars(place),
            )
            for template in places.INSTITUTIONS
        }
        for place in rows
    }
    shared = _institution(places.NATIONAL, None, "tilts.example", names, {})
    for institutions in found.values():
        institutions[places.NATIONAL.key] = shared
    unique = {pair[0].pk: pair for rows in found.values() for pair in rows.values()}
    for phone, (institution, _officials) in enumerate(unique.values(), start=1):
        institution.phone = OFFICE_PHONE.format(phone * 10)
    officials = [official for _one, many in unique.values() for official in many]
    for phone, official in enumerate(officials, start=1):
        official.phone = STAFF_PHONE.format(phone * 7)
    Institution.objects.bulk_create([pair[0] for pair in unique.values()])
    InstitutionContact.objects.bulk_create(officials)
    return found


def _institution(template, municipality, domain, names, words):
    name = template.name.format(**words)
    institution = Institution(
        municipality=municipality,
        name=name,
        type_id=f"institution_type.{template.type}",
        email=f"{slugify(name)}@{domain}",
    )
    officials = []
    for post, is_masculine in template.posts:
        name = names.send(is_masculine)
        officials.append(
            InstitutionContact(
                institution=institution,
                name=name,
                post=post,
                email=_address(name, domain),
            )
        )
    return institution, officials


def _accounts(scale):
    """Pairs of the person and the account; ``scale`` multiplies the mediators."""
    named = list(people.ACCOUNTS)
    mediators = [person for person in named if person.role == Role.MEDIATOR]
    missing = len(mediators) * (scale - 1)
    further = [
        people.Person(
            Role.MEDIATOR, first, last, mediators[number % len(mediators)].prefix, form
        )
        for number, (first, last, form) in enumerate(people.further_mediators(missing))
    ]
    password = make_password(demo.PASSWORD)
    rows, addresses = [], set()
    for person in [*named, *further]:
        email = address = _address(f"{person.first_name} {person.last_name}")
        while email in addresses:
            email = address.replace("@", f".{len(addresses)}@")
        addresses.add(email)
        user = User(
            email=email,
            first_name=person.first_name,
            last_name=person.last_name,
            address_form="masculine" if person.is_masculine else "feminine",
            password=password,
            welcomed_at=timezone.now(),
        )
        rows.append((person, user))
    User.objects.bulk_create([user for _person, user in rows])
    return rows


def _appoint(accounts, municipalities, clock):
    Appointment.objects.bulk_create(
        Appointment(
            user=user,
            role=person.role,
            municipality=municipalities.get(person.prefix),
            starts_on=clock.first - timedelta(days=365),
            **contract,
        )
        for person, user in accounts
        for contract in _contracts(person)
    )


def _contracts(person):
    """Hours a day of each contract of a mediator, and who pays them (R241, R242)."""
    if person.role != Role.MEDIATOR:
        return [{}]
    return [
        {"hours_per_day": hours, "funding_id": f"funding_source.{funding}"}
        for hours, funding in places.CONTRACTS[person.prefix]
    ]


def _coordinator(accounts, prefix):
    return next(
        user
        for person, user in accounts
        if person.role == COORDINATING[0] and person.prefix == prefix
    )


def _address(name, domain="tilts.example"):
    """“sanita.vitola@tilts.example”."""
    return f"{slugify(name).replace('-', '.')}@{domain}"

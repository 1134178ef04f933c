"""The family side of the demo: who lives there, what is needed, where they are."""

from datetime import timedelta

from agenda.demo.chance import dice
from families.models import (
    FamilyMember,
    FamilyNeed,
    NeedLevel,
    Occupation,
    Residence,
    ResidenceStatus,
    Sex,
)
from municipalities.areas import MAIN_AREAS

# Names that no official, mediator or text of the demo has
WOMEN = ("Skaidrīte", "Velga", "Zenta", "Austra", "Biruta", "Mirdza", "Vizma", "Dzidra")
MEN = (
    "Ādolfs",
    "Brencis",
    "Eižens",
    "Fricis",
    "Indulis",
    "Ojārs",
    "Tālivaldis",
    "Vilnis",
)
GIRLS = ("Luīze", "Kerija", "Samanta", "Vanesa", "Renāte", "Melānija", "Grēta")
BOYS = ("Roberts", "Ričards", "Markuss", "Dāvis", "Raivo", "Sandis", "Kristers")
RELATION = "family_relation.{}"
# (place in the list of families, status, country, days ago)
RESIDENCES = (
    (3, ResidenceStatus.DECLARED_ELSEWHERE, "", 200),
    (6, ResidenceStatus.ABROAD, "IE", 48),
    (7, ResidenceStatus.RETURNED, "GB", 25),
    (8, ResidenceStatus.LIVES_HERE, "", 150),
    (9, ResidenceStatus.WANTS_TO_RETURN, "DE", 61),
)


def add_care(desk, clock):
    """People of most families, needs of many, residence of a few."""
    open_families = [
        (position, family)
        for position, family in enumerate(desk.families)
        if not family.closed_on and family.pk not in desk.ends
    ]
    FamilyMember.objects.bulk_create(
        person
        for position, family in open_families
        if position % 3 != 2 or _is_shown(family)
        for person in _people(family, clock)
    )
    FamilyNeed.objects.bulk_create(
        need
        for position, family in open_families
        if position % 2 == 0 or _is_shown(family)
        for need in _needs(desk, family, clock)
    )
    Residence.objects.bulk_create(_residences(desk, dict(open_families), clock))


def _is_shown(family):
    """The family of the pictures in the manual."""
    return family.label.startswith("Kārkliņu")


def _people(family, clock):
    """Everybody whom the two numbers of the family count."""
    chance, year = dice("people", family.code), clock.until.year
    women, men, girls, boys = (
        chance.sample(names, len(names)) for names in (WOMEN, MEN, GIRLS, BOYS)
    )
    has_grandmother = family.adults == 1 and family.children and chance.random() < 0.3
    for number in range(family.adults):
        is_man = number % 2 == 1
        relation = "FATHER" if is_man else "MOTHER"
        if number == 2 or has_grandmother:
            relation, is_man = "GRANDMOTHER", False
        is_old = relation == "GRANDMOTHER"
        yield FamilyMember(
            family=family,
            name=(men if is_man else women).pop(),
            relation_id=RELATION.format(relation),
            birth_year=year - chance.randint(*((55, 72) if is_old else (24, 45))),
            occupation=_occupation(chance, is_old=is_old),
            is_carer=bool(family.children) and (number == 0 or has_grandmother),
        )
    for _number in range(family.children):
        age = chance.randint(0, 16)
        is_boy = chance.random() < 0.5
        yield FamilyMember(
            family=family,
            name=(boys if is_boy else girls).pop(),
            sex=Sex.MALE if is_boy else Sex.FEMALE,
            relation_id=RELATION.format("GRANDCHILD" if has_grandmother else "CHILD"),
            birth_year=year - age,
            occupation=_occupation_at(age),
        )


def _occupation(chance, *, is_old):
    if is_old:
        return Occupation.RETIRED
    return chance.choice((Occupation.WORKS, Occupation.SEEKS_WORK, Occupation.AT_HOME))


def _occupation_at(age):
    if age >= 7:
        return Occupation.SCHOOL
    return Occupation.KINDERGARTEN if age >= 3 else Occupation.AT_HOME


def _needs(desk, family, clock):
    """Asked at the first meeting; one answer has changed since."""
    chance = dice("needs", family.code)
    day = max(family.started_on, clock.first)
    for area in MAIN_AREAS:
        yield FamilyNeed(
            family=family,
            area=area,
            level=chance.choices(NeedLevel.values, (6, 3, 1))[0],
            noted_on=day,
            by=desk.mediator,
        )
    yield FamilyNeed(
        family=family,
        area=chance.choice(MAIN_AREAS),
        level=chance.choice((NeedLevel.PRESENT, NeedLevel.URGENT)),
        noted_on=max(day, clock.ago(chance.randint(5, 40))),
        by=desk.mediator,
    )


def _residences(desk, families, clock):
    for position, status, country, days in RESIDENCES:
        family = families.get(position)
        if family:
            day = clock.ago(days)
            yield Residence(
                family=family,
                status=ResidenceStatus.LIVES_HERE,
                since_on=min(family.started_on, day - timedelta(days=30)),
                confirmed_on=min(family.started_on, day - timedelta(days=30)),
                by=desk.mediator,
            )
            yield Residence(
                family=family,
                status=status,
                country_id=f"country.{country}" if country else None,
                since_on=day,
                confirmed_on=day,
                by=desk.mediator,
            )

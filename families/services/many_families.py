"""Taking on many families at once, by few statements however many there are."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from families.models import Consent, ConsentText, Family, FamilyAssignment
from families.services import hand_overs, substitutions
from families.services.consents import Told
from privacy import audit

A_STATEMENT = 500
"""Rows that are stored by one statement."""


@dataclass(frozen=True)
class NewFamily:
    """A family without its code, and what it was told and answered."""

    family: Family
    told: Told
    told_on: date
    manner: str = ""
    language: str = ""


@dataclass(frozen=True)
class Taken:
    """All rows that came of it."""

    families: list
    assignments: list
    consents: list


@transaction.atomic
def take_on_all(news, *, mediator, municipality, actor):
    """Store new families with their codes, assigned to the mediator, as ``take_on`` does.

    ``actor`` is who did it, or None for whoever works at the server.
    """
    codes = Family.next_codes(municipality, len(news))
    for new, code in zip(news, codes, strict=True):
        new.family.code = code
    families = [new.family for new in news]
    Family.objects.bulk_create(families, batch_size=A_STATEMENT)
    _assign(families, mediator, municipality)
    consents = _consents(news, mediator)
    Consent.objects.bulk_create(consents, batch_size=A_STATEMENT)
    _note(families, consents, actor)
    assigned = FamilyAssignment.objects.filter(family__in=families)
    return Taken(families, list(assigned), consents)


def _assign(families, mediator, municipality):
    own = [FamilyAssignment(family=family, mediator=mediator) for family in families]
    FamilyAssignment.objects.bulk_create(own, batch_size=A_STATEMENT)
    where = {"mediator": mediator, "municipality": municipality}
    hand_overs.give_new_families(own, **where)
    substitutions.cover_new_families(own, **where)


def _consents(news, mediator):
    days = {new.told_on for new in news if new.told.purposes}
    texts = {day: ConsentText.objects.in_force(day) for day in days}
    return [
        Consent(
            family=new.family,
            purpose=purpose,
            recorded_by=mediator,
            given_on=new.told_on,
            text=texts[new.told_on],
            manner=new.manner,
            language=new.language,
        )
        for new in news
        for purpose in new.told.purposes
    ]


def _note(families, consents, actor):
    audit.record_all(
        actor,
        audit.Verb.CREATE,
        [(family, {"code": family.code}) for family in families],
    )
    purposes = {}
    for consent in consents:
        purposes.setdefault(consent.family, []).append(consent.purpose)
    audit.record_all(
        actor,
        audit.Verb.CONSENT,
        [(family, {"purposes": sorted(told)}) for family, told in purposes.items()],
    )

"""Participants of programmes: their answers, given of their own will and deleted alone."""

from django.db import transaction

from cases.models import Involvement, Participant
from cases.models.involvement import IN
from families.models import FamilyMember
from privacy import audit


def may_be_asked(involvement):
    """Who was only informed is no participant, and neither is a family as a whole."""
    return bool(involvement.person_id and IN.intersection(involvement.taken))


def known_of(way):
    """What the list of people says already, so that nobody types it again."""
    person = FamilyMember.objects.filter(pk=way.person_id).first()
    if person is None:
        return {}
    sexes = Participant.Sex.values
    sex = person.counted_sex
    return {"birth_year": person.birth_year, "sex": sex if sex in sexes else ""}


@transaction.atomic
def store(participant, *, by, fields):
    """Store the answers of one person once; a number is given out with the first."""
    way = Involvement.objects.select_for_update().get(pk=participant.involvement_id)
    stored = Participant.objects.filter(involvement=way).first()
    is_new = stored is None
    if is_new:
        participant.number = Participant.next_number(way.family.municipality)
    else:
        participant.pk, participant.number = stored.pk, stored.number
    participant.save(force_insert=is_new, force_update=not is_new)
    verb = audit.Verb.CREATE if is_new else audit.Verb.UPDATE
    audit.record(by, verb, participant, fields=fields)


@transaction.atomic
def forget(rows, *, by):
    """Delete the answers alone: the consent was taken back, or the person is erased."""
    for participant in rows:
        audit.record(by, audit.Verb.DELETE, participant)
        participant.delete()

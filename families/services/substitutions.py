"""Covering the families of a mediator who is away for a time."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from families.models import FamilyAssignment, Substitution
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def arrange(substitution, *, by):
    """Store a substitution once, and let the substitute work with the families.

    Each assignment carries the two days, so that access comes and goes by itself.
    """
    made = made_before(
        substitution,
        Substitution.objects.editable_by(by),
        alike=["absent_id", "substitute_id", "starts_on", "ends_on"],
        lock=substitution.municipality,
    )
    if made:
        return made
    # Behind the lock once more: a coordinator may have arranged something just now
    substitution.clean()
    substitution.made_by = by
    substitution.save(force_insert=True)
    own = (
        FamilyAssignment.objects.own_of(substitution.absent, substitution.municipality)
        .between(substitution.starts_on, substitution.ends_on)
        .filter(family__closed_on=None)
    )
    covered = [_cover(row, substitution) for row in own]
    audit.record(
        by,
        audit.Verb.CREATE,
        substitution,
        absent=substitution.absent_id,
        substitute=substitution.substitute_id,
        families=len(covered),
    )
    return substitution


@transaction.atomic
def end(substitution, *, by):
    """Nobody covers from this moment on; what the substitute logged stays hers."""
    ended = Substitution.objects.standing().filter(pk=substitution.pk)
    if ended.update(ended_early_on=timezone.localdate()):
        audit.record(by, audit.Verb.CLOSE, substitution)


def cover_new_families(rows, *, mediator, municipality):
    """Families taken on just now are covered in the mediator's coming absences as well."""
    arranged = Substitution.objects.standing().filter(
        absent=mediator,
        municipality=municipality,
        ends_on__gte=timezone.localdate(),
    )
    for substitution in arranged:
        for own in rows:
            _cover(own, substitution)


def _cover(own, substitution):
    return FamilyAssignment.objects.create(
        family_id=own.family_id,
        mediator=substitution.substitute,
        kind=FamilyAssignment.Kind.SUBSTITUTION,
        substitution=substitution,
        starts_on=max(substitution.starts_on, own.starts_on),
        ends_on=min(substitution.ends_on, own.ends_on or substitution.ends_on),
    )


def shorten(mediator, municipality, *, to, by):
    """Nobody covers for a mediator after her last day."""
    later = Substitution.objects.standing().filter(
        absent=mediator, municipality=municipality, ends_on__gt=to
    )
    for substitution in later:
        if substitution.starts_on > to or to < timezone.localdate():
            end(substitution, by=by)
        else:
            substitution.ends_on = to
            substitution.save(update_fields=["ends_on"])
            substitution.assignments.filter(starts_on__lte=to).update(ends_on=to)
            audit.record(by, audit.Verb.UPDATE, substitution, fields=["ends_on"])


def uncover(family, absent, *, after):
    """Who covers for a mediator does not keep the family that she has given away."""
    rows = FamilyAssignment.objects.filter(
        family=family, substitution__absent=absent, ends_on__gt=after
    )
    rows.filter(starts_on__gt=after).delete()
    rows.update(ends_on=after)


def running_for(mediator):
    """What holds today for somebody who is away or who covers."""
    mine = Substitution.objects.current().filter(
        Q(absent=mediator) | Q(substitute=mediator)
    )
    return mine.visible_to(mediator).select_related("absent", "substitute")


def covered_in(running, substitute):
    """The same as ``absent_by_family`` where what runs for a person is known already."""
    is_covering = any(row.substitute_id == substitute.pk for row in running)
    return absent_by_family(substitute) if is_covering else {}


def absent_by_family(substitute):
    """Whom a mediator stands in for today: ``{id of the family: absent mediator}``."""
    rows = FamilyAssignment.objects.current().filter(
        mediator=substitute, substitution__isnull=False
    )
    return {
        row.family_id: row.substitution.absent
        for row in rows.select_related("substitution__absent")
    }

"""Ways through programmes: begun once, a step at a time, never in a month handed in."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from cases.models import ClosedMonth, Involvement, InvolvementStep, Participant
from cases.models.involvement import IN
from cases.services.months import mediator_of, wait_for_month
from families.models import FamilyMember
from privacy import audit


class StepDoesNotFollow(Exception):
    """Somebody was faster: the step cannot come after those that stand there now."""


@transaction.atomic
def begin(family, *, programme, step, day, members, case=None, by):
    """Put each of the people, or without any the family, on the way; returns new steps.

    Whoever is on the way already takes the step there; the same again is stored once.
    Raises ``MonthIsHandedIn`` and ``StepDoesNotFollow``.
    """
    mediator = mediator_of(family, by)
    wait_for_month(mediator, family.municipality, day)
    taken = []
    for member in members or [None]:
        way = _on_the_way(family, programme, member, step, day)
        if way is None:
            way = Involvement(family=family, programme=programme, case=case)
            if member:
                way.count_as(member, day)
            way.save(force_insert=True)
        row = _take(way, step, day, mediator=mediator, by=by)
        taken += [row] if row else []
    return taken


def _on_the_way(family, programme, member, step, day):
    """The way that is not over, or the one to which just this step was written."""
    whose = {"person_id": member.pk} if member else {"person_id__isnull": True}
    ways = Involvement.objects.filter(family=family, programme=programme, **whose)
    for way in ways.with_steps():
        if not way.is_over or (way.last.step, way.last.stepped_on) == (step, day):
            return way
    return None


@transaction.atomic
def take(involvement, step, day, *, reason="", by):
    """The next step of a way; None if it stands there already with that day."""
    mediator = mediator_of(involvement.family, by)
    wait_for_month(mediator, involvement.family.municipality, day)
    return _take(involvement, step, day, reason=reason, mediator=mediator, by=by)


def _take(involvement, step, day, *, mediator, by, reason=""):
    way = Involvement.objects.select_for_update().get(pk=involvement.pk)
    rows = list(way.steps.all())
    if any((row.step, row.stepped_on) == (step, day) for row in rows):
        return None
    if rows and not (step.may_follow(way.taken) and day >= rows[-1].stepped_on):
        raise StepDoesNotFollow
    row = InvolvementStep(
        involvement=way,
        municipality=way.family.municipality,
        mediator=mediator,
        position=len(rows),
        step=step,
        stepped_on=day,
        reason=reason,
        by=by,
    )
    row.save(force_insert=True)
    verb = audit.Verb.UPDATE if rows else audit.Verb.CREATE
    audit.record(by, verb, way, family=way.family.code, step=step)
    return row


@transaction.atomic
def take_back(row, *, by):
    """Delete the last step that was a mistake; False if it is not the last, or counted.

    Nor can an acceptance go on which answers of a participant rest.
    A way without steps is none and goes as well.
    """
    way = Involvement.objects.select_for_update().get(pk=row.involvement_id)
    ClosedMonth.objects.wait_for(row.mediator)
    editable = InvolvementStep.objects.editable_by(by).filter(pk=row.pk)
    if way.last.pk != row.pk or not editable.exists():
        return False
    if row.step in IN and Participant.objects.filter(involvement=way).exists():
        return False
    audit.record(by, audit.Verb.DELETE, way, family=way.family.code, step=row.step)
    row.delete()
    if not way.steps.exists():
        way.delete()
    return True


class Way(NamedTuple):
    """A way as a mediator reads it: which, and whose; None for the whole family."""

    row: Involvement
    person: FamilyMember | None

    @property
    def whom(self):
        if self.row.person_id is None:
            return _("for the whole family")
        if self.person:
            return self.person.told_apart
        return _("for a person who is no longer on the list")


def told(rows):
    """``Way``s of rows, with the people fetched at once."""
    rows = list(rows)
    people = FamilyMember.objects.filter(pk__in=[row.person_id for row in rows])
    known = {one.pk: one for one in people.select_related("relation")}
    return [Way(row, known.get(row.person_id)) for row in rows]


def who_of(row):
    [way] = told([row])
    return way.whom

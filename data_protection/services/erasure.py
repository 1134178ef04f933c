"""Take everything out that tells who a family or a person is; the numbers stay.

What is written in the family's own rows is emptied. Where other texts of its mediators
name it, the name is taken out. Dates, kinds, minutes, areas and the code stay, so that
every indicator is what it was; cases that are open end as stopped, or they would be counted
as work for ever. Approved reports hold codes alone and are not touched.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils import timezone

from cases.models import CaseShare, DeletedVisit, Participant, Visit
from cases.services import cases, participants
from data_protection.models import Erasure, LegalHold
from data_protection.services import texts
from families.models import (
    EducationRecord,
    Family,
    FamilyAssignment,
    FamilyMember,
    LookedThrough,
    SparedWord,
)
from imports.models import Import
from privacy import audit
from stories.services import erasing


class Held(Exception):
    """A legal hold forbids the erasure."""


@dataclass
class Change:
    """New texts of one row."""

    row: object
    fields: dict

    def save(self):
        fields = self.fields
        if isinstance(self.row, Visit):
            # By it a guess of what was written could be proved
            fields = fields | {"fingerprint": ""}
        for name, text in fields.items():
            setattr(self.row, name, text)
        self.row.save(update_fields=list(fields))


@dataclass
class Plan:
    """What an erasure would change: rows of the family, mentions elsewhere, people."""

    family: Family
    member: FamilyMember | None = None
    own: list[Change] = field(default_factory=list)
    named: dict[tuple, Change] = field(default_factory=dict)
    """By model and key: a text of a whole place is read for each of its mediators."""
    marks: set = field(default_factory=set)

    @property
    def mentions(self):
        return self.named.values()

    @property
    def people(self):
        return 1 if self.member else self.family.members.count()

    @property
    def open_cases(self):
        """They end as stopped, unless who works with the family closes them before."""
        return 0 if self.member else self.family.cases.open().count()

    @property
    def counts(self):
        """{kind of row: how many}, codes only; for the dry run and the audit."""
        rows = Counter(change.row._meta.model_name for change in self.own)
        return {
            **dict(sorted(rows.items())),
            "people": self.people,
            "mentions": len(self.mentions),
        }


def plan_family(family):
    """The dry run of a whole family."""
    plan = Plan(family)
    for one in texts.WRITTEN:
        if one.family:
            for row in texts.own_rows(one, family):
                _empty(plan, one, row)
    for mediator in texts.mediators_of(family):
        _plan_mentions(plan, mediator)
    return plan


def _empty(plan, one, row):
    wanted = {
        name: texts.ERASED if name in one.required else ""
        for name in one.fields
        if getattr(row, name) not in ("", None)
    }
    if wanted:
        plan.own.append(Change(row, wanted))


def _plan_mentions(plan, mediator):
    """In entries shared with other families and in reports also the first names of its
    people count; elsewhere a first name alone may be anybody's."""
    family = plan.family
    near, far = (
        texts.family_finder(family, mediator, with_people=with_people)
        for with_people in (True, False)
    )
    about = set(family.visits.values_list("pk", flat=True))
    for one in texts.WRITTEN:
        if not one.mediator:
            continue
        rows = texts.rows_of(one, mediator)
        if one.family:
            rows = rows.exclude(pk__in=texts.own_rows(one, family).values("pk"))
        for row in rows.iterator():
            is_near = not one.family or row.pk in about
            _take_out(plan, row, one.mentioning, near if is_near else far)


def _take_out(plan, row, fields, finder):
    key = (type(row), row.pk)
    change = plan.named.get(key) or Change(row, {})
    for name in fields:
        text = change.fields.get(name, getattr(row, name))
        found = finder.hits(text)
        if found:
            change.fields[name] = texts.without(text, found)
            plan.marks.update(hit.mark for hit in found)
    if change.fields:
        plan.named[key] = change


def plan_member(member):
    """The dry run of one person: the name goes from the texts about the family."""
    plan = Plan(member.family, member)
    for mediator in texts.mediators_of(member.family):
        finder = texts.person_finder(member, mediator)
        for one in texts.WRITTEN:
            if one.family and one.mediator:
                rows = texts.rows_about(one, member.family)
                for row in rows.filter(**{one.mediator: mediator}).distinct():
                    _take_out(plan, row, one.fields, finder)
    return plan


def is_erased(family):
    """Nothing has come back since, as a restore may do."""
    return family.erased_on is not None and not family.label


def holds_of(family):
    """What forbids the erasure today: holds of this family, and those of everything."""
    return LegalHold.objects.standing().filter(Q(family=None) | Q(family=family))


def is_held(family):
    return holds_of(family).exists()


@transaction.atomic
def erase_family(family, *, why, by):
    """Empty what tells who the family is; returns what was changed.

    Raises ``Held`` while a legal hold stands. A second erasure changes nothing.
    """
    family = Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    if is_held(family):
        raise Held
    plan = plan_family(family)
    counts = plan.counts
    _carry_out(plan)
    for record in family.education.all():
        record.forget_who()
    family.members.all().delete()
    _end_what_goes_on(family, by=by)
    today = timezone.localdate()
    Family.objects.filter(pk=family.pk).update(
        erased_on=family.erased_on or today,
        closed_on=family.closed_on or today,
        restricted_on=None,
    )
    Erasure.objects.create(family_id=family.pk, why=why, by=by)
    audit.record(by, audit.Verb.DELETE, family, erased=True, why=why, rows=counts)
    return counts


def _carry_out(plan):
    for change in (*plan.own, *plan.mentions):
        change.save()
    mediators = texts.mediators_of(plan.family)
    SparedWord.objects.filter(mediator__in=mediators, mark__in=plan.marks).delete()
    # An entry deleted a moment ago would come back with its note
    DeletedVisit.objects.filter(mediator__in=mediators).update(remains="")
    Import.objects.filter(by__in=mediators).waiting().update(content="")
    # Whoever waits for the worker sends the words once more
    LookedThrough.objects.waiting().update(text="")


def _end_what_goes_on(family, *, by):
    """Nobody works with the family any more, and nobody reads its cases."""
    today = timezone.localdate()
    FamilyAssignment.objects.filter(family=family, ends_on=None).update(
        ends_on=Greatest(F("starts_on"), today)
    )
    participants.forget(Participant.objects.filter(involvement__family=family), by=by)
    for share in CaseShare.objects.running().filter(case__family=family):
        share.stop()
    cases.stop_all(family, by=by)
    erasing.let_go(family)


@transaction.atomic
def erase_member(member, *, why, by):
    """Take one person out of the family's list and texts; the counts of people stay."""
    if is_held(member.family):
        raise Held
    plan = plan_member(member)
    counts = plan.counts
    _carry_out(plan)
    for record in EducationRecord.objects.of(member):
        record.forget_who()
    Erasure.objects.create(
        family_id=member.family_id, member_id=member.pk, why=why, by=by
    )
    audit.record(by, audit.Verb.DELETE, member, erased=True, why=why, rows=counts)
    participants.forget(
        Participant.objects.filter(involvement__person_id=member.pk), by=by
    )
    member.delete()
    return counts


class Replayed(NamedTuple):
    """Codes of families: where something came back and went again, and where a legal hold
    forbids that."""

    codes: list
    held: list


def replay(erasures):
    """After a restore: erase once more whatever a backup has brought back.

    ``erasures`` are dicts with ``family_id``, ``member_id`` and ``why``.
    """
    codes, held = [], []
    for one in erasures:
        family = Family.objects.filter(pk=one["family_id"]).first()
        if family is None:
            continue
        try:
            if _erase_again(family, one):
                codes.append(family.code)
        except Held:
            held.append(family.code)
    return Replayed(codes, held)


def _erase_again(family, one):
    """Whether it had come back. Raises ``Held``."""
    if one["member_id"]:
        member = family.members.filter(pk=one["member_id"]).first()
        if member:
            erase_member(member, why=one["why"], by=None)
        return member is not None
    if is_erased(family):
        return False
    erase_family(family, why=one["why"], by=None)
    return True

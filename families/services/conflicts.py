"""Saying that one knows a family privately, and finding another mediator for it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from families.models import ConflictOfInterest, Family, HandOver
from families.services import hand_overs
from privacy import audit


@dataclass(frozen=True)
class Related:
    """What others than the mediator may know of a conflict: the code and its kind."""

    pk: UUID
    code: str
    mediator: str
    kind: str
    at: datetime


def as_related(rows):
    return [
        Related(
            row.pk,
            row.family.code,
            row.mediator.full_name,
            row.get_kind_display(),
            row.reported_at,
        )
        for row in rows.select_related("family", "mediator")
    ]


@transaction.atomic
def report(family, kind, *, by):
    """Write down how the mediator knows the family; another kind replaces the first."""
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    known = family.conflicts.standing().filter(mediator=by).first()
    if known and known.kind == kind:
        return known
    if known:
        withdraw(known, by=by)
    conflict = ConflictOfInterest.objects.create(family=family, mediator=by, kind=kind)
    audit.record(by, audit.Verb.CREATE, conflict, family=family.code, kind=kind)
    return conflict


@transaction.atomic
def withdraw(conflict, *, by):
    """It was a slip, or holds no longer."""
    standing = ConflictOfInterest.objects.standing().filter(pk=conflict.pk)
    if standing.update(withdrawn_at=timezone.now()):
        audit.record(by, audit.Verb.WITHDRAW, conflict)


def between(colleague, families):
    """What a colleague said of some of the families that are about to come to her."""
    rows = ConflictOfInterest.objects.standing().filter(
        mediator=colleague, family__in=families
    )
    return as_related(rows.order_by("family__code"))


@transaction.atomic
def reassign(conflict, plan, *, by):
    """Hand the one family over, from tomorrow, as a mediator who leaves hands over all."""
    plan = HandOver(
        pk=plan.pk,
        mediator=conflict.mediator,
        successor=plan.successor,
        municipality=conflict.family.municipality,
        family=conflict.family,
        last_day=timezone.localdate(),
    )
    return hand_overs.hand_over(plan, by=by)

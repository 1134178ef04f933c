"""The register of breaches, and whom one affects."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases.models import Case, NextStep, Referral, Visit
from data_protection.models import Breach
from families.models import Family, FamilyAssignment, FamilyMember
from municipalities.services import made_before
from privacy import audit
from privacy.models import AuditEntry


@transaction.atomic
def register(breach, *, by):
    """Number and store it, once."""
    made = made_before(
        breach,
        Breach.objects.visible_to(by),
        alike=["what", "discovered_at"],
        lock=by,
    )
    if made:
        return made
    breach.code = Breach.next_code()
    breach.registered_by = by
    breach.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, breach, code=breach.code)
    return breach


def affected(breach):
    """[(code, how often)] of the families whose data the account saw or changed then.

    From the audit trail: the family itself, its people, cases, entries, referrals and
    steps. A list, or the copy on a phone, shows every family that the account works
    with: whoever opened one in that time may have seen them all, so those that were not
    opened one by one are told with 0. Names are on the pages of their mediators alone.
    """
    if breach.account is None:
        return []
    deeds = AuditEntry.objects.filter(actor=breach.account.pk)
    if breach.seen_from:
        deeds = deeds.filter(at__gte=breach.seen_from)
    if breach.seen_to:
        deeds = deeds.filter(at__lte=breach.seen_to)
    one_by_one = deeds.exclude(object_id="")
    seen = Counter(one_by_one.values_list("object_type", "object_id"))
    times = Counter()
    for label, family_of in WAYS.items():
        ids = {pk: n for (kind, pk), n in seen.items() if kind == label}
        for pk, code in family_of(list(ids)):
            times[code] += ids[str(pk)]
    listed = dict.fromkeys(_held(breach), 0) if deeds.exists() else {}
    return sorted((listed | times).items())


def _held(breach):
    """Codes of the families that the account worked with at the time."""
    first = timezone.localdate(breach.seen_from) if breach.seen_from else date.min
    last = (
        timezone.localdate(breach.seen_to) if breach.seen_to else timezone.localdate()
    )
    held = FamilyAssignment.objects.between(first, last).filter(mediator=breach.account)
    return held.values_list("family__code", flat=True)


def _rows(model, path):
    """Asks for the codes of the families of some rows of a model."""

    def families(ids):
        rows = model.objects.filter(Q(pk__in=ids), ~Q(**{path: None}))
        return rows.values_list("pk", path)

    return model._meta.label_lower, families


WAYS = dict(
    (
        _rows(Family, "code"),
        _rows(FamilyMember, "family__code"),
        _rows(Case, "family__code"),
        _rows(Referral, "case__family__code"),
        _rows(NextStep, "family__code"),
        _rows(Visit, "families__code"),
    )
)

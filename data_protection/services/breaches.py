"""The register of breaches, and whom one affects."""

from collections import Counter
from datetime import date
from itertools import groupby, islice
from operator import itemgetter

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from data_protection.models import Breach
from families.models import FamilyAssignment
from families.services.belongings import codes_of
from municipalities.services import made_before
from privacy import audit
from privacy.models import AuditEntry

A_STATEMENT = 2000
"""Rows whose families are asked for at once: an account sees thousands a year."""


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

    From the audit trail: the family itself and all that belongs to it. A list, or the
    copy on a phone, shows every family that the account works with: whoever opened one
    in that time may have seen them all, so those that were not opened one by one are
    told with 0. Names are on the pages of their mediators alone.
    """
    if breach.account is None:
        return []
    deeds = AuditEntry.objects.filter(actor=breach.account.pk)
    if breach.seen_from:
        deeds = deeds.filter(at__gte=breach.seen_from)
    if breach.seen_to:
        deeds = deeds.filter(at__lte=breach.seen_to)
    listed = dict.fromkeys(_held(breach), 0) if deeds.exists() else {}
    return sorted((listed | _one_by_one(deeds)).items())


def _one_by_one(deeds):
    """{code of a family: how many of the deeds were done to it or what belongs to it}."""
    rows = deeds.exclude(object_id="").values_list("object_type", "object_id")
    counted = rows.annotate(n=Count("pk")).order_by("object_type").iterator()
    times = Counter()
    for label, seen in groupby(counted, itemgetter(0)):
        while batch := {pk: n for _label, pk, n in islice(seen, A_STATEMENT)}:
            for pk, code in codes_of(label, list(batch)):
                times[code] += batch[str(pk)]
    return times


def _held(breach):
    """Codes of the families that the account worked with at the time."""
    first = timezone.localdate(breach.seen_from) if breach.seen_from else date.min
    last = (
        timezone.localdate(breach.seen_to) if breach.seen_to else timezone.localdate()
    )
    held = FamilyAssignment.objects.between(first, last).filter(mediator=breach.account)
    return held.values_list("family__code", flat=True)

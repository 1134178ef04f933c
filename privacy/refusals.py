"""What a signed-in person was refused: noted once, so that nobody floods the chain."""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from privacy import audit
from privacy.models import AuditEntry, AuditHead

WITHIN = timedelta(minutes=1)
MOST = 60
"""Whoever tries more addresses in a minute is found out by these already."""
OBJECT_CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}(-[A-Z]?[0-9]{1,6}){1,2}")
OBJECT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def object_in(arguments):
    """The code or id in an address; anything else that was typed may be a name."""
    given = str(arguments.get("code") or arguments.get("pk"))
    if OBJECT_CODE.fullmatch(given) or OBJECT_ID.fullmatch(given):
        return given
    return ""


@transaction.atomic
def record_refusal(person, view, arguments):
    """One entry for a person, an address and a minute, at most ``MOST`` for a person."""
    refused = {"view": view, "object": object_in(arguments)}
    # Two requests at once wait for each other here, as any two entries do
    AuditHead.objects.select_for_update().filter(pk=1).first()
    known = AuditEntry.objects.filter(
        actor=person.pk, at__gt=timezone.now() - WITHIN, verb=audit.Verb.REFUSE
    ).values_list("detail", flat=True)[:MOST]
    if len(known) < MOST and refused not in known:
        audit.record(person, audit.Verb.REFUSE, person, **refused)

"""What somebody was refused: noted once, so that nobody floods the chain."""

import re
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from privacy import audit
from privacy.models import AuditEntry, AuditHead

MOST = 60
"""Whoever tries more addresses is found out by these already."""
WITHIN, STRANGERS_WITHIN = timedelta(minutes=1), timedelta(hours=1)
"""So many of one person, so many of everybody without an account together."""
NOTED = {401, 403, 405, 410, 429}
"""Answers that are a refusal to anybody; 404 is one to a person who is signed in."""
OBJECT_CODE = re.compile(r"[A-Z][A-Z0-9]{1,4}(-[A-Z]?[0-9]{1,6}){1,2}")
OBJECT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def object_in(arguments):
    """The code or id in an address; anything else that was typed may be a name."""
    given = str(arguments.get("code") or arguments.get("pk"))
    if OBJECT_CODE.fullmatch(given) or OBJECT_ID.fullmatch(given):
        return given
    return ""


def record_refusal(person, view, arguments, status=404):
    """One entry for a person, an address, an answer and a minute, at most ``MOST`` of them.

    ``person`` is None where nobody is signed in. Whoever has no account can write as
    much as the network carries, so of strangers no more than that are kept in an hour,
    and what is known already is asked before anything is locked.
    """
    refused = {"view": view, "object": object_in(arguments), "status": status}
    if _is_noted(person, refused):
        return
    with transaction.atomic():
        # Two requests at once wait for each other here, as any two entries do
        AuditHead.objects.select_for_update().filter(pk=1).first()
        if not _is_noted(person, refused):
            about = person or get_user_model()
            audit.record(person, audit.Verb.REFUSE, about, **refused)


def _is_noted(person, refused):
    """Whether it stands in the chain already, or as much does as is kept."""
    within = WITHIN if person else STRANGERS_WITHIN
    begin = timezone.now()
    known = AuditEntry.objects.filter(
        actor=person and person.pk, at__gt=begin - within, verb=audit.Verb.REFUSE
    ).values_list("at", "detail")[:MOST]
    return len(known) == MOST or any(
        detail == refused and at > begin - WITHIN for at, detail in known
    )

"""Asking for advice and answering: once each, whoever presses twice."""

from django.db import transaction
from django.utils import timezone

from cases.models import Advice
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def ask(advice, *, by):
    """Store a question about a case; a double click makes one."""
    advice.by = by
    made = made_before(
        advice,
        Advice.objects.filter(by=by),
        alike=["case_id", "asked", "to_id", "question"],
        lock=advice.case,
    )
    if made:
        return made
    advice.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, advice, case=advice.case.code)
    return advice


@transaction.atomic
def answer(advice, words, *, by):
    """Store the answer; False if somebody else was quicker, whose answer stays."""
    advice = Advice.objects.select_for_update(no_key=True).get(pk=advice.pk)
    if not advice.is_open:
        return False
    advice.answer, advice.answered_at, advice.answered_by = words, timezone.now(), by
    advice.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record(by, audit.Verb.UPDATE, advice, fields=["answer"])
    return True

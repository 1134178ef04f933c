"""Asking an institution, and what its answer means for the case."""

from django.db import transaction

from cases.models import Case, CaseStatus, Referral
from cases.services.cases import set_status
from families.models import Consent
from municipalities.services import made_before
from privacy import audit


class AlreadyAnswered(Exception):
    """Somebody wrote the answer down in the meantime."""


def may_share_names(family):
    """Names leave the team only while the family's agreement to it is in force."""
    return family.consents.in_force().filter(purpose=Consent.Purpose.SHARE).exists()


@transaction.atomic
def send(referral, *, by):
    """Store what was asked, once; the case waits for the institution from now on."""
    made = made_before(
        referral,
        Referral.objects.visible_to(by),
        alike=["case_id", "institution_id", "request_id", "text", "sent_on"],
        lock=referral.case,
    )
    if made:
        return made
    referral.by = by
    referral.save(force_insert=True)
    set_status(referral.case, CaseStatus.WAITING, by=by)
    audit.record(
        by,
        audit.Verb.SEND,
        referral,
        case=referral.case.code,
        institution=referral.institution_id,
        names_shared=referral.names_shared,
    )
    return referral


@transaction.atomic
def answer(referral, *, by, **answered):
    """Write the answer down. When nothing else is waited for, the case is worked on again.

    A wrong answer may be corrected; that changes nothing about the case.
    """
    Case.objects.select_for_update(no_key=True).get(pk=referral.case_id)
    was_open = Referral.objects.filter(pk=referral.pk, answer="").exists()
    if not was_open and referral.is_open:
        raise AlreadyAnswered
    for name, value in answered.items():
        setattr(referral, name, value)
    referral.save(update_fields=list(answered))
    audit.record(
        by,
        audit.Verb.UPDATE,
        referral,
        fields=sorted(answered),
        case=referral.case.code,
        answer=referral.answer,
    )
    if was_open:
        _back_to_work(referral.case, by=by)


def _back_to_work(case, *, by):
    is_waiting = Case.objects.filter(pk=case.pk, status=CaseStatus.WAITING).exists()
    if is_waiting and not case.referrals.open().exists():
        set_status(case, CaseStatus.ACTIVE, by=by)

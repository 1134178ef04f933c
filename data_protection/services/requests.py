"""From a request of a person to its end: taken down, decided by a second person, done."""

from django.db import transaction
from django.utils import timezone

from data_protection.models import Erasure, SubjectRequest
from data_protection.services import dry_run, erasure, retention
from data_protection.services.alerts import Lifted, tell_of_lifting
from families.models import Family
from mediators.models import Role
from municipalities.services import made_before
from privacy import audit

Kind, Status = SubjectRequest.Kind, SubjectRequest.Status


@transaction.atomic
def receive(request, *, by):
    """Take a request down, once; a second person decides."""
    made = made_before(
        request,
        SubjectRequest.objects.visible_to(by),
        alike=["family_id", "kind", "member_id", "received_on", "wish"],
        lock=by,
    )
    if made:
        return made
    request.code = SubjectRequest.next_code()
    request.created_by = by
    request.is_from_officer = by.has_role(Role.DATA_PROTECTION_OFFICER)
    request.is_about_one = request.member is not None
    request.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, request, **_codes(request))
    if dry_run.is_long(request):
        dry_run.ask_for_count(request)
    return request


@transaction.atomic
def refuse(request, *, by, reason):
    request.decide(Status.REFUSED, by=by)
    _keep_reason(request, reason)
    audit.record(by, audit.Verb.REFUSE, request, **_codes(request))


@transaction.atomic
def confirm(request, *, by, reason=""):
    """The second person agrees. Erasing, restricting and its end happen at once; a copy waits to
    be handed out, a correction to be made by the family's mediator.

    Raises ``AlreadyDecided`` or ``erasure.Held``; then nothing has happened.
    """
    request.decide(Status.CONFIRMED, by=by)
    audit.record(by, audit.Verb.APPROVE, request, **_codes(request))
    if request.kind == Kind.ERASURE:
        _erase(request, by=by)
        request.finish()
    elif request.kind in (Kind.RESTRICTION, Kind.OBJECTION):
        _restrict(request.family, by=by)
        request.finish()
    elif request.kind == Kind.LIFTING:
        _lift(request.family, by=by)
        request.finish()
    _keep_reason(request, reason)


def _erase(request, *, by):
    why = Erasure.Why.REQUEST
    if request.is_about_one:
        # None if the person was taken off the list in the meantime
        if request.member:
            erasure.erase_member(request.member, why=why, by=by)
    else:
        erasure.erase_family(request.family, why=why, by=by)
        retention.count_again()


def _restrict(family, *, by):
    changed = Family.objects.filter(pk=family.pk, restricted_on=None).update(
        restricted_on=timezone.localdate()
    )
    if changed:
        audit.record(by, audit.Verb.UPDATE, family, restricted=True)


def ask_to_lift(family, *, by):
    """An officer wants the data used again: a request like any other, for a second person.

    The one that waits already, or None where nothing is restricted.
    """
    if family.restricted_on is None:
        return None
    waiting = SubjectRequest.objects.waiting().filter(family=family, kind=Kind.LIFTING)
    request = SubjectRequest(
        family=family,
        kind=Kind.LIFTING,
        identity=SubjectRequest.Identity.CHECKED_OTHERWISE,
    )
    return waiting.first() or receive(request, by=by)


def _lift(family, *, by):
    """The data may be used again; the family is told before (GDPR 18(3)), its mediators
    and the other officers after."""
    changed = (
        Family.objects.exclude(restricted_on=None)
        .filter(pk=family.pk)
        .update(restricted_on=None)
    )
    if changed:
        tell_of_lifting(Lifted.RESTRICTION, family=family, by=by)
        audit.record(by, audit.Verb.UPDATE, family, restricted=False)


@transaction.atomic
def corrected(request, *, by):
    """The mediator has made the correction that was asked; a second tap changes nothing."""
    request = SubjectRequest.objects.select_for_update().get(pk=request.pk)
    if request.status != Status.CONFIRMED:
        return
    request.finish()
    audit.record(by, audit.Verb.CLOSE, request, **_codes(request))


def _keep_reason(request, reason):
    request.refresh_from_db()
    request.reason = reason
    request.save(update_fields=["reason"])


def _codes(request):
    return {"code": request.code, "kind": request.kind, "family": request.family.code}

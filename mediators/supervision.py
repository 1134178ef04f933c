"""Asking for supervision and keeping the log of it: for the mediator's eyes alone."""

import logging
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import task

from mediators.emails import supervision_mail
from mediators.models import (
    Appointment,
    Role,
    SupervisionRequest,
    SupervisionSession,
    Supervisor,
    User,
)
from municipalities.services import made_before
from privacy import audit

logger = logging.getLogger(__name__)

RETRIES = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2))


@transaction.atomic
def ask(request, *, by):
    """Store the wish and queue its mail, once."""
    made = made_before(
        request,
        SupervisionRequest.objects.visible_to(by),
        alike=["supervisor_id", "when", "how", "phone"],
        lock=request.supervisor,
    )
    if made:
        return made
    request.save(force_insert=True)
    send_request.enqueue(str(request.pk))
    audit.record(by, audit.Verb.CREATE, request)
    return request


@task()
def send_request(request_id):
    """Send the mail to the supervisor; a failure is tried again later."""
    request = SupervisionRequest.objects.select_related("mediator", "supervisor").get(
        pk=request_id
    )
    if request.status != SupervisionRequest.Status.QUEUED:
        return
    try:
        supervision_mail(request).send()
    except (SMTPException, OSError) as failure:
        # Without its words, which may hold an address
        logger.warning("Request %s failed: %s", request.pk, type(failure).__name__)
        _try_again(request)
    else:
        _note(request, status=SupervisionRequest.Status.SENT)


@transaction.atomic
def _try_again(request):
    if request.attempts < len(RETRIES):
        due_at = timezone.now() + RETRIES[request.attempts]
        send_request.using(run_after=due_at).enqueue(str(request.pk))
        _note(request)
    else:
        _note(request, status=SupervisionRequest.Status.REFUSED)


def _note(request, **changes):
    SupervisionRequest.objects.filter(pk=request.pk).update(
        attempts=F("attempts") + 1, **changes
    )


@transaction.atomic
def keep(session, *, by):
    """Write a session into the log, once."""
    made = made_before(
        session,
        SupervisionSession.objects.visible_to(by),
        alike=["held_on", "hours", "supervisor_id", "kind"],
        lock=session.supervisor,
    )
    if made:
        return made
    session.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, session)
    return session


@transaction.atomic
def forget(session, *, by):
    """Take a session out of the log: it did not take place, or was a slip."""
    audit.record(by, audit.Verb.DELETE, session)
    session.delete()


@dataclass(frozen=True)
class Care:
    """What the card on the day says."""

    last: SupervisionSession | None
    next: SupervisionSession | None
    is_long_ago: bool

    @property
    def months(self):
        """After how many months without supervision the page says so."""
        return settings.SUPERVISION_MONTHS


def care_for(mediator, today, *, has_sessions=True):
    """The next and the last session, and whether too long a time passed without one.

    ``has_sessions`` is False where the page knows already that there is none.
    """
    near = _near(mediator, today) if has_sessions else []
    last = next((one for one in near if one.held_on <= today), None)
    coming = next((one for one in reversed(near) if one.held_on > today), None)
    since = last.held_on if last else _began(mediator)
    is_long_ago = since is not None and since < today - long_ago()
    return Care(last, coming, is_long_ago and coming is None)


def _near(mediator, today):
    """The newest session and those that are coming."""
    sessions = SupervisionSession.objects.visible_to(mediator)
    newest = sessions.filter(held_on__lte=today).values("pk")[:1]
    return list(sessions.filter(Q(held_on__gt=today) | Q(pk__in=newest)))


def long_ago():
    """A month is 30 days and two thirds, so that three of them are never fewer than 92."""
    return timedelta(days=settings.SUPERVISION_MONTHS * 92 // 3)


def _began(mediator):
    """Since when the person has been a mediator."""
    held = (row for row in mediator.held_today if row.role == Role.MEDIATOR)
    return min((row.starts_on for row in held), default=None)


def supervisors_of(mediator):
    """Those of the mediator's own places first."""
    supervisors = Supervisor.objects.visible_to(mediator).active()
    return supervisors.order_by(F("municipality").asc(nulls_last=True), "name")


def whom_to_ask():
    """Lead mediators know who gives supervision, where nobody is entered."""
    leads = Appointment.objects.current().filter(role=Role.LEAD_MEDIATOR)
    return User.objects.filter(is_active=True, pk__in=leads.values("user"))

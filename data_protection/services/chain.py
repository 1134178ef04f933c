"""Checking the audit chain in the background, and telling the officer each Monday.

A million entries take half a minute or more, so no page waits for the check: the worker
walks the chain, some seconds at a time. Between two parts it does what else is queued, and goes on
from the place that is stored. The page shows what was found last.
"""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from data_protection.models import AuditCheck, AuditLetter
from mediators.models import Appointment, Role, User
from municipalities.working_days import MORNING
from privacy import audit
from privacy.mails import try_to_send
from reports.services.letters import queue_once

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
WAITS_AT_MOST = timedelta(minutes=15)
"""After so long without a part of the walk the worker is taken to have died, and another
check may be asked for."""
RETRIES = (timedelta(minutes=15), timedelta(hours=2), timedelta(days=1))


@transaction.atomic
def ask_for_check(anchor, *, by):
    """Queue a check; whoever presses again while it waits gets the same one."""
    since = timezone.now() - WAITS_AT_MOST
    waiting = AuditCheck.objects.alive_since(since).filter(asked_by=by, anchor=anchor)
    if waiting:
        return waiting[0]
    check = AuditCheck.objects.create(asked_by=by, anchor=anchor)
    run_check.enqueue(str(check.pk))
    audit.record(by, audit.Verb.CREATE, check)
    return check


@task()
def run_check(check_id):
    """One part of the walk; the next one queues behind whatever waits already."""
    check = AuditCheck.objects.get(pk=check_id)
    if check.done_at is not None:
        return
    walk = audit.Walk(**check.walk) if check.walk else audit.Walk.from_the_first()
    has_more = walk.go_on(since=check.asked_at - A_WEEK)
    with transaction.atomic():
        if not _is_ours(check):
            return
        if has_more:
            check.walk = asdict(walk)
            run_check.enqueue(check_id)
        else:
            _finish(check, walk)
        check.save()
        if check.done_at and check.asked_by is None:
            _tell_officers(check)


def _is_ours(check):
    """False when another worker, which took this part for abandoned, was faster."""
    same = AuditCheck.objects.filter(
        pk=check.pk, walked_at=check.walked_at, done_at=None
    )
    check.walked_at = timezone.now()
    return same.update(walked_at=check.walked_at) == 1


def _finish(check, walk):
    anchor = audit.Anchor.parse(check.anchor) if check.anchor else None
    chain = walk.result(anchor)
    check.walk, check.done_at = {}, timezone.now()
    check.head_seq, check.head_hash = walk.begin_seq, walk.begin_hash
    check.rows, check.first_broken = chain.rows, chain.first_broken
    check.knows_anchor, check.rows_of_the_week = chain.knows_anchor, walk.newer


def _tell_officers(check):
    for officer in officers():
        letter = AuditLetter.objects.create(to=officer, check_told=check)
        send_letter.enqueue(str(letter.pk))
    audit.record(None, audit.Verb.CREATE, check, rows=check.rows)


def next_monday(moment):
    """Eight o'clock in Riga on the first Monday after an instant's own day."""
    day = timezone.localdate(moment)
    monday = day + timedelta(days=7 - day.weekday())
    return timezone.make_aware(datetime.combine(monday, MORNING))


@transaction.atomic
def wait_for_monday():
    """See to it that the next Monday is waited for, once; called at every start."""
    queue_once(monday, next_monday(timezone.now()))


@task()
def monday():
    """Check the chain and tell every officer; the waiting for the next week comes first.

    Once a day, however often a worker is killed and another one does it again.
    """
    wait_for_monday()
    today = timezone.now() - A_DAY
    if not AuditCheck.objects.filter(asked_by=None, asked_at__gt=today).exists():
        with transaction.atomic():
            run_check.enqueue(str(AuditCheck.objects.create().pk))


def officers():
    appointed = Appointment.objects.current().filter(role=Role.DATA_PROTECTION_OFFICER)
    return User.objects.filter(pk__in=appointed.values("user"), is_active=True)


@task()
def send_letter(letter_id, attempt=0):
    """Send the mail once; a mail server that does not answer is tried again."""
    letter = AuditLetter.objects.select_related("to", "check_told").get(pk=letter_id)
    if letter.sent_at:
        return
    sent = try_to_send(
        mail_of(letter), send_letter, letter_id, attempt=attempt, retries=RETRIES
    )
    if sent:
        AuditLetter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())


def mail_of(letter):
    """Where the chain ends, how much was added, whether it holds; nothing else."""
    with translation.override(letter.to.language):
        return EmailMessage(
            subject=_("Tilts: the audit of last week"),
            body=render_to_string(
                "data_protection/email/audit.txt",
                {"check": letter.check_told, "site": settings.SITE_URL},
            ),
            to=[letter.to.email],
            headers={"Auto-Submitted": "auto-generated"},
        )

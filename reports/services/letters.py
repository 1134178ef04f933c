"""The mornings of working days: letters to the team, once to each person."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from evaluation.services.telling import tell_due
from municipalities.working_days import is_working_day, next_morning
from reports.letters import readers, sentences
from reports.models import Letter

logger = logging.getLogger(__name__)

RETRY_AFTER = timedelta(minutes=15)


@transaction.atomic
def wait_for_morning():
    """See to it that the next morning is waited for, once; called at every start."""
    queue_once(morning, next_morning(timezone.now()))


def queue_once(recurring, at):
    """Queue a task that queues itself again, unless one of it waits already."""
    waiting = DBTaskResult.objects.filter(
        task_path=recurring.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        recurring.using(run_after=at).enqueue()


@task()
def morning():
    """Begin the letters of today, if it is a working day, and wait for the next one.

    The waiting comes first: whatever fails today, tomorrow has its morning. Each letter is
    a task, which finds out whether it has anything to say: no failure is another's.
    """
    wait_for_morning()
    today = timezone.localdate()
    if not is_working_day(today):
        return
    tell_due.enqueue()
    for user in readers(today):
        _begin(user, today)


@transaction.atomic
def _begin(user, today):
    letter, is_new = Letter.objects.get_or_create(to=user, day=today)
    if is_new:
        send_letter.enqueue(str(letter.pk))


@task()
def send_letter(letter_id):
    """Send what waits now; a mail server that does not answer is tried again."""
    letter = Letter.objects.select_related("to").filter(pk=letter_id).first()
    if letter is None or letter.sent_at:
        return
    mail = _mail(letter)
    if mail is None:
        letter.delete()
        return
    try:
        mail.send()
    except (SMTPException, OSError) as failure:
        # Without its words, which may hold an address
        logger.warning("Letter %s failed: %s", letter.pk, type(failure).__name__)
        _try_again(letter)
    else:
        Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())


def _mail(letter):
    """The mail in the language of its reader, or None when nothing waits any more."""
    with translation.override(letter.to.language):
        lines = sentences(letter.to, letter.day)
        if not lines:
            return None
        body = render_to_string(
            "reports/email/letter.txt", {"lines": lines, "link": settings.SITE_URL}
        )
        return EmailMessage(
            subject=_("Tilts: what waits for you"),
            body=body,
            to=[letter.to.email],
            headers={"Auto-Submitted": "auto-generated"},
        )


@transaction.atomic
def _try_again(letter):
    Letter.objects.filter(pk=letter.pk).update(attempts=F("attempts") + 1)
    if letter.attempts + 1 < Letter.ATTEMPTS and letter.day == timezone.localdate():
        due_at = timezone.now() + RETRY_AFTER
        send_letter.using(run_after=due_at).enqueue(str(letter.pk))

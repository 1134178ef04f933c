"""Mails that tell a person what happened to the own account."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.utils import timezone
from django_tasks import task

from mediators.emails import Notice, notice_mail
from mediators.models import User

logger = logging.getLogger(__name__)

RETRIES = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2))


def tell(user, notice):
    """Queue the mail in the transaction of what it tells about."""
    send_notice.enqueue(str(user.pk), Notice(notice).value)


@task()
def send_notice(user_id, notice, attempt=0):
    """Send it; a mail server that does not answer is tried again."""
    mail = notice_mail(User.objects.get(pk=user_id), Notice(notice))
    try_to_send(mail, send_notice, user_id, notice, attempt=attempt)


def try_to_send(mail, again, *arguments, attempt):
    """Hand a mail over, or queue the task ``again`` for later; False when it failed."""
    try:
        mail.send()
    except (SMTPException, OSError) as failure:
        # Without its words, which may hold an address
        logger.warning("A mail about an account failed: %s", type(failure).__name__)
        if attempt < len(RETRIES):
            later = again.using(run_after=timezone.now() + RETRIES[attempt])
            later.enqueue(*arguments, attempt=attempt + 1)
        return False
    return True

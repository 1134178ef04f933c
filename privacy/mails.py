"""Mails that nobody waits for: handed over by a task, and tried again when that fails."""

import logging
from datetime import timedelta
from smtplib import SMTPException

from django.utils import timezone

logger = logging.getLogger(__name__)

RETRIES = (timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2))


class MailGivenUp(Exception):
    """Tried as often as it should be; the task ends as failed, so that it is counted."""


def try_to_send(mail, again, *arguments, attempt, retries=None):
    """Hand a mail over, or queue the task ``again`` for later; False when it failed.

    Raises ``MailGivenUp`` after the last time.
    """
    waits = retries or RETRIES
    try:
        mail.send()
    except (SMTPException, OSError) as failure:
        # Without its words, which may hold an address
        logger.warning(
            "The mail of %s failed: %s", again.module_path, type(failure).__name__
        )
    else:
        return True
    if attempt >= len(waits):
        raise MailGivenUp(again.module_path)
    later = again.using(run_after=timezone.now() + waits[attempt])
    later.enqueue(*arguments, attempt=attempt + 1)
    return False

"""Mails that tell a person what happened to the own account."""

from django_tasks import task

from mediators.emails import Notice, notice_mail
from mediators.models import User
from privacy.mails import try_to_send


def tell(user, notice):
    """Queue the mail in the transaction of what it tells about."""
    send_notice.enqueue(str(user.pk), Notice(notice).value)


@task()
def send_notice(user_id, notice, attempt=0):
    """Send it; a mail server that does not answer is tried again."""
    mail = notice_mail(User.objects.get(pk=user_id), Notice(notice))
    try_to_send(mail, send_notice, user_id, notice, attempt=attempt)

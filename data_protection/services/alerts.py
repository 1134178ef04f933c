"""Telling every officer that somebody erased at the server, past the pages."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from data_protection.services.chain import officers
from mediators.models import User
from privacy.mails import try_to_send


def tell_officers(command, count):
    """Queue a mail to each; it goes only if what happened was stored."""
    at = timezone.now().isoformat()
    for officer in officers():
        send_alert.enqueue(str(officer.pk), command, count, at)


@task()
def send_alert(officer_id, command, count, at, attempt=0):
    officer = User.objects.get(pk=officer_id)
    mail = mail_of(officer, command, count, datetime.fromisoformat(at))
    try_to_send(mail, send_alert, officer_id, command, count, at, attempt=attempt)


def mail_of(officer, command, count, at):
    """Command, number and time; no family, no name, no code."""
    with translation.override(officer.language):
        return EmailMessage(
            subject=_("Tilts: data were erased by a command"),
            body=render_to_string(
                "data_protection/email/command.txt",
                {"command": command, "count": count, "at": at}
                | {"site": settings.SITE_URL},
            ),
            to=[officer.email],
            headers={"Auto-Submitted": "auto-generated"},
        )

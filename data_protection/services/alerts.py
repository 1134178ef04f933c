"""Telling others of what one person did alone: by a command, or lifting a protection."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tasks import task

from data_protection.services.chain import officers
from families.models import FamilyAssignment
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
            subject=_("Tilts: data were copied or erased by a command"),
            body=render_to_string(
                "data_protection/email/command.txt",
                {"command": command, "count": count, "at": at}
                | {"site": settings.SITE_URL},
            ),
            to=[officer.email],
            headers={"Auto-Submitted": "auto-generated"},
        )


class Lifted(models.TextChoices):
    """What protected data of a family and does no more."""

    RESTRICTION = "restriction", gettext_lazy("the restriction of the data of a family")
    HOLD = "hold", gettext_lazy("a legal hold")


def tell_of_lifting(lifted, *, family, by):
    """Queue a mail to the family's mediators and to every other officer.

    ``family`` is None where everything was held.
    """
    assigned = FamilyAssignment.objects.current().filter(family=family)
    mediators = User.objects.filter(pk__in=assigned.values("mediator"), is_active=True)
    at = timezone.now().isoformat()
    for reader in (officers() | mediators).exclude(pk=by.pk):
        send_lifted.enqueue(str(reader.pk), lifted.value, str(by.pk), at)


@task()
def send_lifted(reader_id, lifted, by_id, at, attempt=0):
    reader, by = (User.objects.get(pk=pk) for pk in (reader_id, by_id))
    mail = mail_of_lifting(reader, Lifted(lifted), by, datetime.fromisoformat(at))
    try_to_send(mail, send_lifted, reader_id, lifted, by_id, at, attempt=attempt)


def mail_of_lifting(reader, lifted, by, at):
    """What was lifted, by whom and when; no family, no code."""
    with translation.override(reader.language):
        return EmailMessage(
            subject=_("Tilts: a protection of data was lifted"),
            body=render_to_string(
                "data_protection/email/lifted.txt",
                {"what": lifted.label, "by": by.full_name, "at": at}
                | {"site": settings.SITE_URL},
            ),
            to=[reader.email],
            headers={"Auto-Submitted": "auto-generated"},
        )

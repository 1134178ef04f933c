"""Each hour a look; what does not hold is told to the administrators, once a day at most."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from mediators.models import Appointment, Role, User
from operations.findings import find
from operations.models import Alarm
from privacy.mails import try_to_send
from reports.services.letters import queue_once

AN_HOUR = timedelta(hours=1)


@transaction.atomic
def wait_for_the_next_look():
    """See to it that the next look is waited for, once; called at every start."""
    queue_once(look, timezone.now() + AN_HOUR)


@task()
def look():
    """Tell what is new today. The waiting comes first: a failure breaks no chain."""
    wait_for_the_next_look()
    if settings.DEMO:
        return
    wrong = sorted({one.check for one in find() if not one.holds})
    with transaction.atomic():
        today = timezone.localdate()
        new = [
            check
            for check in wrong
            if Alarm.objects.get_or_create(check_name=check, day=today)[1]
        ]
        if new:
            for reader in administrators():
                send_alarm.enqueue(str(reader.pk), new)


def administrators():
    appointed = Appointment.objects.current().filter(role=Role.ADMINISTRATOR)
    return User.objects.filter(pk__in=appointed.values("user"), is_active=True)


@task()
def send_alarm(reader_id, named, attempt=0):
    """Told as it stands when the mail goes: what was put right meanwhile is left out."""
    reader = User.objects.get(pk=reader_id)
    with translation.override(reader.language):
        wrong = [one for one in find() if one.check in named and not one.holds]
        mail = mail_of(reader, wrong)
    if wrong:
        try_to_send(mail, send_alarm, reader_id, named, attempt=attempt)


def mail_of(reader, wrong):
    return EmailMessage(
        subject=_("Tilts: something is not in order"),
        body=render_to_string(
            "operations/email/alarm.txt", {"wrong": wrong, "site": settings.SITE_URL}
        ),
        to=[reader.email],
        headers={"Auto-Submitted": "auto-generated"},
    )

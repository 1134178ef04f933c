"""Mails to a supervisor and to whoever reads complaints: that something waits, no more."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

LANGUAGE = "lv"


def supervision_mail(request):
    """In Latvian; neither families nor the reason, which nobody asked for."""
    with translation.override(LANGUAGE):
        return EmailMessage(
            subject=_("A request for supervision"),
            body=render_to_string("mediators/email/supervision.txt", {"wish": request}),
            to=[request.supervisor.email],
            headers={"Auto-Submitted": "auto-generated"},
        )


def complaint_mail(reader):
    """A complaint waits: neither who wrote it, nor about whom, nor a word of it."""
    with translation.override(reader.language):
        link = settings.SITE_URL + reverse("complaints")
        return EmailMessage(
            subject=_("Tilts: a complaint waits for you"),
            body=render_to_string("mediators/email/complaint.txt", {"link": link}),
            to=[reader.email],
            headers={"Auto-Submitted": "auto-generated"},
        )

"""The mail to a supervisor: who wishes to talk and when, and nothing else."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
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

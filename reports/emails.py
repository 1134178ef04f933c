"""Mails to contact people, with a personal link, and to whoever waits for a file."""

from smtplib import SMTPServerDisconnected

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from reports import wording
from reports.snapshot import LANGUAGE, Snapshot


class NobodyAddressed(Exception):
    """The mail was handed to no mail server, because nobody is to receive it."""


class NotSaid(Exception):
    """The mail server was handed the mail and broke off, or said nothing, before its answer."""


def link_of(token):
    """The personal address of the report; it exists in the mail alone."""
    return settings.SITE_URL + reverse("reports:public", args=[token])


def report_mail(delivery, token):
    """The mail, in Latvian, with text and HTML saying the same."""
    version = delivery.version
    snapshot = Snapshot.from_json(version.snapshot)
    place = version.report.municipality
    with translation.override(LANGUAGE):
        context = {
            "greeting": place.greeting,
            "is_reminder": delivery.is_reminder,
            "sentences": list(wording.mail_sentences(snapshot, version.pdf_pages)),
            "link": link_of(token),
            "expires_at": delivery.expires_at,
        }
        mail = EmailMultiAlternatives(
            subject=wording.mail_subject(snapshot, is_reminder=delivery.is_reminder),
            body=render_to_string("reports/email/report.txt", context),
            to=[delivery.recipient.email],
            reply_to=[delivery.requested_by.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(
            render_to_string("reports/email/report.html", context), "text/html"
        )
    if place.attaches_pdf:
        with version.pdf.open() as pdf:
            mail.attach(snapshot.file_name, pdf.read(), "application/pdf")
    return mail


def send_report_mail(delivery, token):
    """Hand the mail to the mail server; raises when the server does not take it.

    ``NotSaid`` where nobody can know: what goes wrong before there is a connection is
    another matter, as nothing was handed over then.
    """
    mail = report_mail(delivery, token)
    with get_connection() as mail.connection:
        try:
            is_taken = mail.send()
        except SMTPServerDisconnected as broken_off:
            raise NotSaid from broken_off
    if not is_taken:
        raise NobodyAddressed


def export_mail(export):
    """It is ready, or could not be made: no months, no numbers, where to look."""
    with translation.override(export.by.language):
        context = {
            "is_ready": export.is_ready,
            "ends_at": export.ends_at,
            "link": settings.SITE_URL + reverse("reports:export"),
        }
        subject = (
            _("Tilts: your file is ready")
            if export.is_ready
            else _("Tilts: your file could not be made")
        )
        return EmailMessage(
            subject=subject,
            body=render_to_string("reports/email/export.txt", context),
            to=[export.by.email],
            headers={"Auto-Submitted": "auto-generated"},
        )

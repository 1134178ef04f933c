"""Mails about accounts and supervision: what happened and what to do, and nothing else."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mediators.models import Invitation

LANGUAGE = "lv"


class Notice(models.TextChoices):
    """What a person is told about the own account, as the subject says it."""

    PASSWORD = "password", gettext_lazy("Your password was changed")
    FACTOR_ADDED = "factor_added", gettext_lazy("A second factor was added")
    FACTOR_REMOVED = "factor_removed", gettext_lazy("A second factor was removed")
    CODES = "codes", gettext_lazy("New recovery codes were made")
    RESET_ASKED = "reset_asked", gettext_lazy("Your second factor is to be reset")
    RESET_STOPPED = "reset_stopped", gettext_lazy("The reset was stopped")
    EMAIL = "email", gettext_lazy("Your e-mail address was changed")
    RESET_DONE = "reset_done", gettext_lazy("Your second factor was reset")


def _mail(subject, template, context, to):
    return EmailMessage(
        subject=subject,
        body=render_to_string(f"mediators/email/{template}.txt", context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )


def supervision_mail(request):
    """In Latvian; neither families nor the reason, which nobody asked for."""
    with translation.override(LANGUAGE):
        return _mail(
            _("A request for supervision"),
            "supervision",
            {"wish": request},
            request.supervisor.email,
        )


def appointment_mail(officer, by_id):
    """Somebody was given power over others: neither who nor which, the page tells."""
    with translation.override(officer.language):
        page = reverse("data_protection:account")
        link = f"{settings.SITE_URL}{page}?konts={by_id}"
        return _mail(
            _("Tilts: a new appointment in the whole project"),
            "appointment",
            {"link": link},
            officer.email,
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


def link_of(token):
    """The address in the mail; the token exists nowhere else."""
    return settings.SITE_URL + reverse("invitation-open", args=[token])


def invitation_mail(invitation, token):
    """In the language of the account: the link, until when it opens, what comes then."""
    person = invitation.user
    with translation.override(person.language):
        is_first = invitation.purpose == Invitation.Purpose.FIRST
        context = {
            "is_first": is_first,
            "name": person.first_name,
            "link": link_of(token),
            "expires_at": invitation.expires_at,
        }
        subject = (
            _("Your account in Tilts") if is_first else _("A new password for Tilts")
        )
        return _mail(subject, "invitation", context, person.email)


def email_link_of(token):
    """Leads to the page that confirms a new address, or to the one that stops it."""
    return settings.SITE_URL + reverse("email-open", args=[token])


def _email_mail(change, template, subject, to, token=None):
    person = change.user
    context = {
        "name": person.first_name,
        "link": token and email_link_of(token),
        "expires_at": change.expires_at,
    }
    with translation.override(person.language):
        return _mail(str(subject), template, context, to)


def email_change_mail(change, token):
    """To the new address: the link that proves it."""
    subject = gettext_lazy("Tilts: confirm your new address")
    return _email_mail(change, "email_change", subject, change.email, token)


def email_taken_mail(change):
    """To an address that has an account: its owner alone learns that."""
    subject = gettext_lazy("Tilts: this address has an account already")
    return _email_mail(change, "email_taken", subject, change.email)


def email_warning_mail(change, token):
    """To the old address: what is about to happen, and the link that stops it."""
    subject = gettext_lazy("Tilts: your e-mail address is to be changed")
    return _email_mail(change, "email_warning", subject, change.user.email, token)


def notice_mail(person, notice):
    """What happened, and what to do if it was somebody else."""
    with translation.override(person.language):
        context = {
            "notice": notice.value,
            "what": notice.label,
            "name": person.first_name,
            "link": settings.SITE_URL + reverse("mfa_index"),
        }
        return _mail(f"Tilts: {notice.label}", "notice", context, person.email)

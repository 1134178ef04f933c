"""Mails about grants: that a name is asked for or shown, without the name or its code."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation


def grant_mail(person, news):
    """In the language of its reader; the label of ``news`` is the subject."""
    with translation.override(person.language):
        context = {"news": news.value, "link": settings.SITE_URL + reverse("home")}
        return EmailMessage(
            subject=str(news.label),
            body=render_to_string("families/email/grant.txt", context),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )

"""Mails to partners about a survey: that it will come, is here, ends, or has moved."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mediators.emails import LANGUAGE


class Mail(models.TextChoices):
    """The mails of a survey, each to the whole list; the last where its link was changed."""

    ANNOUNCED = "announced", _("A survey about the work of the Roma mediator will come")
    INVITED = "invited", _("Survey about the work of the Roma mediator")
    REMINDED = "reminded", _("The survey about the work of the Roma mediator ends soon")
    MOVED = "moved", _("New link to the survey about the work of the Roma mediator")


def link_of(token):
    return settings.SITE_URL + reverse("evaluation:answer", args=[token])


def survey_mail(kind, link, address):
    """In Latvian; the address of the questions stands in it once they can be answered."""
    with translation.override(LANGUAGE):
        context = {
            "kind": kind.value,
            "place": link.municipality,
            "opens_on": link.round.opens_on,
            "closes_on": link.round.closes_on,
            "questions": len(link.questions),
            "sender": link.round.made_by,
            "link": "" if kind is Mail.ANNOUNCED else link_of(link.secret),
        }
        return EmailMessage(
            subject=str(kind.label),
            body=render_to_string("evaluation/email/survey.txt", context),
            to=[address],
            reply_to=[link.round.made_by.email],
            headers={"Auto-Submitted": "auto-generated"},
        )

"""What a button beside a hit of the name check asks for."""

from django.contrib import messages
from django.utils.translation import gettext as _


def keep_decision(request, *forms):
    """“That is no family's name”, said about a text that is being typed."""
    for form in forms:
        if form.fix and form.text_check.spare(form.fix, form.typed, by=request.user):
            messages.success(request, spared())
            return


def spared():
    return _("Remembered: this word in this sentence is not the name of a family.")

"""The first page of the data-protection officer."""

from typing import NamedTuple

from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mediators.access import role_required
from mediators.models import Role


class Place(NamedTuple):
    """A page of the officer, with one sentence about it."""

    label: str
    about: str
    icon: str
    url: str


PLACES = (
    Place(
        _("Privacy notice"),
        _("What everybody can read about the data that are kept here."),
        "file-text",
        reverse_lazy("privacy"),
    ),
    Place(
        _("Second factors"),
        _("Whose second step of signing in is to be reset: you are the second person."),
        "key",
        reverse_lazy("data_protection:factor-resets"),
    ),
)


@require_safe
@role_required(Role.DATA_PROTECTION_OFFICER)
def desk(request):
    """What the officer can look at and decide; no name of a family is on any of it."""
    return render(request, "data_protection/desk.html", {"places": PLACES})

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
        _("Grants of names"),
        _("Who asks to see the name behind a code, and who sees one now."),
        "eye",
        reverse_lazy("data_protection:name-grants"),
    ),
    Place(
        _("Who saw the family"),
        _("By the code of the family: who opened or changed its data, when and why."),
        "eye",
        reverse_lazy("data_protection:family"),
    ),
    Place(
        _("Who did what"),
        _("All that an account did, by deed and by day."),
        "list-details",
        reverse_lazy("data_protection:account"),
    ),
    Place(
        _("Unusual"),
        _("What is worth a question: many families in an hour, nights, refusals."),
        "message-question",
        reverse_lazy("data_protection:unusual"),
    ),
    Place(
        _("Files that were taken out"),
        _("Who took which results and documents, for what and for whom."),
        "file-spreadsheet",
        reverse_lazy("data_protection:exports"),
    ),
    Place(
        _("Check the chain"),
        _("Whether any entry of the audit was changed or removed."),
        "shield-check",
        reverse_lazy("data_protection:chain"),
    ),
    Place(
        _("Requests about data"),
        _("What people ask of their data, with the month to answer."),
        "message-question",
        reverse_lazy("data_protection:requests"),
    ),
    Place(
        _("Retention"),
        _("How long data are kept, what is due to end, and what is held."),
        "history",
        reverse_lazy("data_protection:retention"),
    ),
    Place(
        _("Data breaches"),
        _("The register with the clock of 72 hours and the families affected."),
        "alert-triangle",
        reverse_lazy("data_protection:breaches"),
    ),
    Place(
        _("Register of processing"),
        _("What is processed for which purpose, as GDPR 30 asks."),
        "list-details",
        reverse_lazy("data_protection:register"),
    ),
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

"""Documents that people take out of the log: one page each, and a page that lists them."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mediators.access import require_fresh_proof
from mediators.models import COORDINATING, MUNICIPAL, Role
from privacy.access import signed_in
from reports.forms.documents import (
    HandOverForm,
    InstitutionForm,
    MunicipalityForm,
    ProjectForm,
    WorkTimeForm,
)
from reports.forms.registers import (
    EducationForm,
    EventsForm,
    FrameworkForm,
    ParticipantsForm,
)
from reports.models import DocumentKind
from reports.pdf import PdfFailed
from reports.services.documents import (
    CSV,
    EXCEL,
    PDF,
    PNG,
    NothingToDraw,
    take_out,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Offer:
    """A kind of document, as its page offers it: what is in it, and what never is."""

    kind: DocumentKind
    address: str
    icon: str
    roles: tuple[Role, ...]
    form: Callable
    holds: Promise
    never: Promise
    formats: tuple[str, ...] = (PDF,)


OFFERS = (
    Offer(
        kind=DocumentKind.WORK_TIME,
        address="reports:document-work-time",
        icon="clock",
        roles=(Role.MEDIATOR, *COORDINATING, Role.PROJECT_STAFF),
        form=WorkTimeForm,
        holds=gettext_lazy(
            "For the employer: each day of the month with the time worked, by kind and "
            "source of funding, beside the hours of the contract."
        ),
        never=gettext_lazy("families, institutions, notes."),
        formats=(PDF, EXCEL),
    ),
    Offer(
        kind=DocumentKind.INSTITUTION,
        address="reports:document-institution",
        icon="building-community",
        roles=MUNICIPAL,
        form=InstitutionForm,
        holds=gettext_lazy(
            "For the head of an institution: the work with that institution alone. Days, "
            "kinds, areas, posts, referrals and their answers, and what is planned."
        ),
        never=gettext_lazy(
            "families, neither names nor codes, notes, other institutions."
        ),
    ),
    Offer(
        kind=DocumentKind.HAND_OVER,
        address="reports:document-hand-over",
        icon="users-group",
        roles=MUNICIPAL,
        form=HandOverForm,
        holds=gettext_lazy(
            "For the successor and the coordinator: families by code, their open cases and "
            "next steps, the institutions of the last year, the contact persons by area."
        ),
        never=gettext_lazy(
            "names of families and notes. A coordinator's sheet has no cases either."
        ),
    ),
    Offer(
        kind=DocumentKind.MUNICIPALITY,
        address="reports:document-municipality",
        icon="chart-bar",
        roles=(*COORDINATING, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF),
        form=MunicipalityForm,
        holds=gettext_lazy(
            "For the municipality: all indicators of a quarter, a year or other months, the "
            "months one by one, cooperation by type of institution, results of cases."
        ),
        never=gettext_lazy("families, neither names nor codes, notes."),
        formats=(PDF, EXCEL),
    ),
    Offer(
        kind=DocumentKind.EDUCATION,
        address="reports:document-education",
        icon="school",
        roles=(*COORDINATING, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF),
        form=EducationForm,
        holds=gettext_lazy(
            "For the education board: where the children of a municipality learn in a "
            "school year, by level, institution, group and attendance, with reasons of "
            "absence, risk, support, language and who was heard, and the shares apart from "
            "other children beside those of all."
        ),
        never=gettext_lazy("families, neither names nor codes, small numbers."),
        formats=(EXCEL, CSV),
    ),
    Offer(
        kind=DocumentKind.PROJECT,
        address="reports:document-project",
        icon="file-check",
        roles=(Role.LEAD_MEDIATOR, Role.PROJECT_STAFF),
        form=ProjectForm,
        holds=gettext_lazy(
            "For the funder: all municipalities side by side. Families in a chart, the main "
            "numbers, results of cases, and the words of approved reports."
        ),
        never=gettext_lazy(
            "families, neither names nor codes, reports that are not approved."
        ),
        formats=(PDF, EXCEL, PNG),
    ),
    Offer(
        kind=DocumentKind.FRAMEWORK,
        address="reports:document-framework",
        icon="file-spreadsheet",
        roles=(Role.PROJECT_STAFF,),
        form=FrameworkForm,
        holds=gettext_lazy(
            "For the ministry: what was done towards the seven objectives of the EU Roma "
            "framework, and for how many people by sex and age, with a note on the method."
        ),
        never=gettext_lazy("families, neither names nor codes, small numbers."),
        formats=(EXCEL, CSV),
    ),
    Offer(
        kind=DocumentKind.EVENTS,
        address="reports:document-events",
        icon="school",
        roles=(*COORDINATING, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF),
        form=EventsForm,
        holds=gettext_lazy(
            "For the funder: series and events with days, places, participants and "
            "attendances apart, by category, sex and age, and institutions represented."
        ),
        never=gettext_lazy("names, ethnicity, small numbers."),
        formats=(PDF, EXCEL),
    ),
    Offer(
        kind=DocumentKind.PARTICIPANTS,
        address="reports:document-participants",
        icon="clipboard-list",
        roles=(Role.PROJECT_STAFF,),
        form=ParticipantsForm,
        holds=gettext_lazy(
            "For the beneficiary of a programme: its participants one by one, by number, "
            "with the answers for the common indicators of the ESF+. Only who agreed."
        ),
        never=gettext_lazy("names, personal codes, families, neither names nor codes."),
        formats=(EXCEL, CSV),
    ),
)
BY_KIND = {offer.kind: offer for offer in OFFERS}
CHOSEN = ("municipality", "year", "plan")
"""What another page may have chosen of a document."""


def offers_to(user):
    return [offer for offer in OFFERS if user.has_role(*offer.roles)]


@signed_in
@require_safe
def documents(request):
    """What this person can take out."""
    offers = offers_to(request.user)
    if not offers:
        raise Http404
    return render(request, "reports/documents.html", {"offers": offers})


@signed_in
@transaction.non_atomic_requests
@require_http_methods(["GET", "HEAD", "POST"])
def document(request, kind):
    """Choose of whom and of what time, and take the document out.

    ``?municipality=upesciems&year=2026`` is chosen already.
    """
    offer = BY_KIND[kind]
    if offer not in offers_to(request.user):
        raise Http404
    require_fresh_proof(request)
    chosen = {name: request.GET[name] for name in CHOSEN if name in request.GET}
    form = offer.form(request.POST or None, user=request.user, initial=chosen)
    if "format" in request.POST and form.is_valid():
        try:
            return _file(request, offer, form)
        except NothingToDraw:
            form.add_error(
                None, _("There is nothing to draw in these months. Choose others.")
            )
    return render(
        request,
        "reports/document.html",
        {"offer": offer, "form": form},
        status=422 if form.errors else 200,
    )


def _file(request, offer, form):
    file_type = request.POST["format"]
    if file_type not in offer.formats:
        raise Http404
    try:
        file = take_out(form.count, file_type, by=request.user)
    except PdfFailed:
        logger.exception("The document %s could not be made", offer.kind)
        messages.error(request, _("The document could not be made. Try again later."))
        return redirect(request.path)
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )

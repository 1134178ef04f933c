"""Requests of people about their data: the list, a new one, its decision, the copy."""

import logging

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from data_protection.forms.requests import (
    CONFIRM,
    DecisionForm,
    FamilyCodeForm,
    RequestForm,
)
from data_protection.models import SubjectRequest
from data_protection.models.request import AlreadyDecided
from data_protection.services import erasure, requests
from data_protection.services.dry_run import described
from data_protection.services.subject_export import hand_out
from families.services import looks
from interface.pages import page_of
from mediators.access import require_fresh_proof, role_required
from mediators.models import Role
from privacy import audit
from privacy.access import signed_in
from reports.pdf import PdfFailed

logger = logging.getLogger(__name__)
FORMATS = ("json", "pdf")
A_PAGE = 50
ANSWERED = "atbildeti"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(Role.DATA_PROTECTION_OFFICER, Role.MEDIATOR, Role.LEAD_MEDIATOR)
@require_safe
def request_list(request):
    found = SubjectRequest.objects.visible_to(request.user).with_codes()
    audit.record(request.user, audit.Verb.LIST, SubjectRequest, count=found.count())
    page = page_of(found.open(), request.GET, name="page", size=A_PAGE)
    mine = SubjectRequest.objects.confirmable_by(request.user)
    shown = [asked.pk for asked in page]
    context = {
        "page": page,
        "closed": page_of(found.closed(), request.GET, name=ANSWERED, size=A_PAGE),
        "for_me": set(mine.filter(pk__in=shown).values_list("pk", flat=True)),
        "may_add": request.user.has_role(Role.DATA_PROTECTION_OFFICER, Role.MEDIATOR),
    }
    return render(request, "data_protection/request_list.html", context)


@role_required(Role.DATA_PROTECTION_OFFICER, Role.MEDIATOR)
@read_or_write
def request_create(request):
    """First the code of the family, then what is asked."""
    which = FamilyCodeForm(
        request.GET if "gimene" in request.GET else None, by=request.user
    )
    if not which.is_valid():
        context = {"form": which}
        status = 422 if which.errors else 200
        return render(
            request, "data_protection/request_family.html", context, status=status
        )
    family = which.cleaned_data["gimene"]
    # Its people are offered, so it has been looked at
    looks.record_opening(request, family, looks.Part.REQUEST)
    form = RequestForm(request.POST or None, by=request.user, family=family)
    if form.is_valid():
        asked = requests.receive(form.save(commit=False), by=request.user)
        messages.success(request, _("Taken down. A second person decides now."))
        return redirect(asked)
    context = {"form": form, "code": family.code}
    status = 422 if form.errors else 200
    return render(request, "data_protection/request_form.html", context, status=status)


@signed_in
@read_or_write
def request_detail(request, code):
    asked = get_object_or_404(
        SubjectRequest.objects.visible_to(request.user), code=code
    )
    form = _decision_form(request, asked)
    if form and form.is_valid() and _decide(request, asked, form):
        return redirect(asked)
    dry_run = described(asked, by=request.user) if form else None
    # Once more, without the family that the rows above brought along
    asked = (
        SubjectRequest.objects.visible_to(request.user).with_codes().get(pk=asked.pk)
    )
    audit.record(request.user, audit.Verb.READ, asked)
    context = {
        "asked": asked,
        "form": form,
        "dry_run": dry_run,
        "may_hand_out": SubjectRequest.objects.handed_out_by(request.user).contains(
            asked
        ),
        "may_correct": SubjectRequest.objects.to_correct_by(request.user).contains(
            asked
        ),
        "may_lift": _is_restricted(request, asked),
    }
    status = 422 if form and form.errors else 200
    return render(request, "data_protection/request.html", context, status=status)


def _decision_form(request, asked):
    """For the second person; None for everybody else, and when it is decided."""
    confirmable = SubjectRequest.objects.confirmable_by(request.user)
    if request.method != "POST" and not confirmable.contains(asked):
        return None
    return DecisionForm(
        request.POST or None, by=request.user, family_id=asked.family_id
    )


def _decide(request, asked, form):
    """Whether it worked; else the form says why not."""
    require_fresh_proof(request)
    reason = form.cleaned_data["reason"]
    try:
        if form.cleaned_data["decision"] == CONFIRM:
            requests.confirm(asked, by=request.user, reason=reason)
        else:
            requests.refuse(asked, by=request.user, reason=reason)
    except AlreadyDecided:
        form.add_error(None, _("You cannot decide on this request, or somebody has."))
    except erasure.Held:
        form.add_error(None, _("These data are held by law and cannot be erased now."))
    else:
        messages.success(request, _("Decided. The audit trail says so."))
        return True
    return False


def _is_restricted(request, asked):
    is_officer = request.user.has_role(Role.DATA_PROTECTION_OFFICER)
    asks_for_it = asked.kind == SubjectRequest.Kind.LIFTING and asked.is_open
    return is_officer and asked.family_restricted_on is not None and not asks_for_it


@signed_in
@transaction.non_atomic_requests
@require_POST
def request_file(request, code, file_type):
    """The copy of the data; made now, stored nowhere."""
    asked = get_object_or_404(
        SubjectRequest.objects.handed_out_by(request.user), code=code
    )
    require_fresh_proof(request)
    try:
        file = hand_out(asked, file_type, by=request.user)
    except PdfFailed:
        logger.exception("The copy for %s could not be made", asked.code)
        messages.error(request, _("The document could not be made. Try again later."))
        return redirect(asked)
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{file.name}"'},
    )


@signed_in
@require_POST
def request_corrected(request, code):
    asked = get_object_or_404(
        SubjectRequest.objects.to_correct_by(request.user), code=code
    )
    requests.corrected(asked, by=request.user)
    messages.success(request, _("Noted: the correction is made."))
    return redirect(asked)


@role_required(Role.DATA_PROTECTION_OFFICER)
@require_POST
def restriction_lift(request, code):
    asked = get_object_or_404(
        SubjectRequest.objects.visible_to(request.user), code=code
    )
    require_fresh_proof(request)
    wish = requests.ask_to_lift(asked.family, by=request.user)
    if wish is None:
        return redirect(asked)
    messages.success(request, _("Taken down. A second person decides now."))
    return redirect(wish)

"""Sharing a case with the coordinators: the mediator's side and the reader's."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cases.forms.shares import CaseShareForm
from cases.models import CaseShare
from cases.services import shares
from cases.services.names import check_for
from cases.services.page import shared_page_of
from cases.views.cases import visible_case
from families import words
from families.views.names import keep_decision
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import COORDINATING, Role
from privacy import audit


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def share_create(request, code):
    case = visible_case(request, code)
    if case.shares.active().exists():
        messages.info(request, _("The case is shared already."))
        return redirect(case)
    if request.method != "POST" and words.why_no_share(case.family):
        # The page of the case says so
        return redirect(case)
    form = CaseShareForm(
        request.POST or None,
        instance=CaseShare(case=case),
        mediator=request.user,
        text_check=check_for(case, request.user),
    )
    keep_decision(request, form)
    if form.is_valid():
        shares.share(form.save(commit=False), by=request.user)
        messages.success(request, _("The coordinators can read this case now."))
        return redirect(case)
    audit.record_opening(request, case, page="share")
    status = status_of(form)
    context = {"case": case, "form": form}
    return render(request, "cases/share_form.html", context, status=status)


@role_required(Role.MEDIATOR)
@require_POST
def share_stop(request, code):
    case = visible_case(request, code)
    shares.stop(case, by=request.user)
    messages.success(request, _("The case is no longer shared."))
    return redirect(case)


@role_required(*COORDINATING)
@require_safe
def shared_case(request, code):
    """What a coordinator reads of a case, as long as it is shared."""
    share = get_object_or_404(
        CaseShare.objects.shared_with(request.user).select_related(
            "case__family", "case__mediator", "by"
        ),
        case__code=code,
    )
    audit.record(request.user, audit.Verb.READ, share.case, share=share.pk)
    return render(request, "cases/shared_case.html", shared_page_of(share))

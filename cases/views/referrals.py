"""Asking an institution for a family, and writing its answer down."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.forms.referrals import ReferralAnswerForm, ReferralForm
from cases.models import Referral
from cases.services import referrals
from cases.services.cases import StatusHasChanged
from cases.services.names import check_for
from cases.services.page import people_of
from cases.views.cases import visible_case
from families.hidden_names import are_hidden
from families.views.names import keep_decision
from families.views.pages import show_names_first
from interface.two_windows import lock, status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(Role.MEDIATOR)
@read_or_write
def referral_create(request, code):
    case = visible_case(request, code)
    if case.is_closed:
        messages.info(request, _("The case is closed already."))
        return redirect(case)
    form = ReferralForm(
        request.POST or None,
        instance=Referral(case=case),
        mediator=request.user,
        people=people_of(case, request.user),
        text_check=check_for(case, request.user),
    )
    keep_decision(request, form)
    if form.is_valid() and _send(request, form):
        return redirect(case)
    audit.record_opening(request, case, page="referral")
    status = status_of(form)
    context = {"case": case, "form": form}
    return render(request, "cases/referral_form.html", context, status=status)


def _send(request, form):
    """Send it; when somebody closed the case meanwhile, keep what was typed."""
    try:
        referrals.send(form.save(commit=False), by=request.user)
    except StatusHasChanged:
        form.add_error(None, _("The case has changed in the meantime."))
        return False
    messages.success(request, _("Sent. The case waits for the institution now."))
    return True


@role_required(Role.MEDIATOR)
@read_or_write
def referral_answer(request, pk):
    """One tap on the row of the referral, or the page with day and note."""
    referral = get_object_or_404(
        Referral.objects.visible_to(request.user).select_related(
            "case__family", "institution", "contact", "request"
        ),
        pk=pk,
    )
    if are_hidden() and referral.note and request.method != "POST":
        return show_names_first(request, referral.case)
    if request.method == "POST":
        lock(referral)
    form = ReferralAnswerForm(request.POST or None, referral=referral)
    if form.is_valid():
        _answer(request, referral, form.cleaned_data)
        return redirect(referral.case)
    audit.record_opening(request, referral)
    status = status_of(form)
    context = {"referral": referral, "form": form}
    return render(request, "cases/referral_answer.html", context, status=status)


def _answer(request, referral, answered):
    try:
        referrals.answer(referral, by=request.user, **answered)
    except referrals.AlreadyAnswered:
        messages.info(request, _("The answer has been written down already."))
    else:
        messages.success(request, _("The answer is written down."))

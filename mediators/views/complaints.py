"""Complaints about a mediator: anybody may make one, coordinators answer it."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from interface.two_windows import status_of
from mediators import complaints
from mediators.access import role_required
from mediators.forms.complaints import ComplaintAnswerForm, ComplaintForm
from mediators.models import COORDINATING, Complaint, Role
from mediators.trying import may_look
from privacy import audit
from privacy.access import by_link

readers_only = role_required(*COORDINATING, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)
read_or_write = require_http_methods(["GET", "HEAD", "POST"])

GUESSES = 20
CLOSED_AT_ONCE = 50
"""Wrong codes that one address may look for in a minute."""


@login_not_required
@read_or_write
def complain(request):
    """No account, no name and no script is needed."""
    form = ComplaintForm(request.POST or None)
    is_too_often = False
    if form.is_valid():
        if ratelimit.consume(request, action="complain"):
            code = complaints.receive(form.save(commit=False), form.cleaned_data["key"])
            return redirect("complaint-state", code)
        is_too_often = True
    context = {
        "form": form,
        "is_too_often": is_too_often,
        "years": complaints.KEPT_YEARS,
    }
    status = 429 if is_too_often else status_of(form)
    return render(request, "mediators/complain.html", context, status=status)


@login_not_required
@require_safe
def poster(request):
    """To be printed and hung where families come by."""
    return render(
        request, "mediators/complaint_poster.html", {"site": settings.SITE_URL}
    )


@transaction.non_atomic_requests
@by_link
@require_safe
def state(request, code):
    """Whoever knows the code sees whether it was answered, and the answer; nothing else.

    A guess stays counted although the answer to it is an exception.
    """
    complaint = Complaint.objects.with_code(code).first()
    if complaint is None:
        if not may_look(request, "ask_about_complaint", most=GUESSES):
            return ratelimit.respond_429(request)
        raise Http404
    with transaction.atomic():
        audit.record(None, audit.Verb.LINK_VIEW, complaint)
    context = {
        "code": code.upper(),
        "made_at": complaint.made_at,
        "closed_at": complaint.closed_at,
        "outcome": complaint.outcome,
        "answer": complaint.answer,
    }
    response = render(request, "mediators/complaint_state.html", context)
    response["Cache-Control"] = "no-store"
    return response


@readers_only
@require_safe
def complaint_list(request):
    rows = Complaint.objects.visible_to(request.user).select_related(
        "municipality", "outcome"
    )
    waiting = list(rows.open())
    closed = Paginator(rows.closed(), CLOSED_AT_ONCE)
    closed = closed.get_page(request.GET.get("page"))
    count = len(waiting) + closed.paginator.count
    audit.record(request.user, audit.Verb.LIST, Complaint, count=count)
    context = {"waiting": waiting, "closed": closed}
    return render(request, "mediators/complaint_list.html", context)


@readers_only
@read_or_write
def complaint_detail(request, pk):
    complaint = get_object_or_404(
        Complaint.objects.visible_to(request.user).select_related(
            "municipality", "outcome", "closed_by"
        ),
        pk=pk,
    )
    form = None
    if request.method == "POST" or not complaint.is_closed:
        form = ComplaintAnswerForm(request.POST or None, instance=complaint)
        if form.is_valid() and _close(request, form):
            return redirect("complaints")
    audit.record(request.user, audit.Verb.READ, complaint)
    context = {"complaint": complaint, "form": form, "years": complaints.KEPT_YEARS}
    status = status_of(form) if form else 200
    return render(request, "mediators/complaint.html", context, status=status)


def _close(request, form):
    words = form.cleaned_data["answer"]
    try:
        complaints.close(form.save(commit=False), by=request.user)
    except complaints.AnsweredBefore:
        form.instance.refresh_from_db()
        if form.instance.answer == words:
            return True
        form.add_error(
            None,
            _(
                "A colleague has answered already. What you wrote is still here: copy it "
                "if you need it."
            ),
        )
        return False
    messages.success(request, _("The answer is stored and the complaint is closed."))
    return True

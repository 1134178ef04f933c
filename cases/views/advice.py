"""Asking for advice about a case in codes, and answering it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.advice import AdviceForm, AnswerForm
from cases.models import Advice
from cases.services import advice as services
from cases.services.names import check_for
from cases.views.cases import visible_case
from families import words
from families.views.names import keep_decision
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import CASE_WORK, MUNICIPAL, Role
from privacy import audit

ADVISERS = (*CASE_WORK, Role.PROJECT_STAFF)
A_PAGE = 50
ANSWERED_SHOWN = 20


@role_required(*ADVISERS)
@require_safe
def advice_list(request):
    """What waits for this person's advice, and what was asked lately."""
    user = request.user
    rows = Advice.objects.visible_to(user).in_codes()
    to_answer = rows.answerable_by(user).open().waiting_first(user)
    page = Paginator(to_answer, A_PAGE).get_page(request.GET.get("page"))
    waiting = to_answer.filter(is_waiting=True).count()
    own = list(rows.filter(by=user).open())
    audit.record(user, audit.Verb.LIST, Advice, open=waiting)
    context = {
        "page": page,
        "waiting": [row for row in page if row.is_waiting],
        "waiting_count": waiting,
        "others": [row for row in page if not row.is_waiting],
        "others_count": page.paginator.count - waiting,
        "own": own,
        "answered": rows.exclude(answered_at=None).order_by("-answered_at")[
            :ANSWERED_SHOWN
        ],
        "is_mediator": user.has_role(Role.MEDIATOR),
        "reads_resources": user.has_role(*MUNICIPAL, Role.PROJECT_STAFF),
    }
    return render(request, "cases/advice_list.html", context)


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def advice_create(request, code):
    case = visible_case(request, code)
    if case.is_closed:
        messages.info(
            request, _("The case is closed. Take it up again to ask about it.")
        )
        return redirect(case)
    if request.method != "POST" and words.why_no_share(case.family):
        # The page of the case says so
        return redirect(case)
    form = AdviceForm(
        request.POST or None,
        instance=Advice(case=case),
        mediator=request.user,
        text_check=check_for(case, request.user),
    )
    keep_decision(request, form)
    if form.is_valid():
        services.ask(form.save(commit=False), by=request.user)
        messages.success(request, _("Your question was sent, without names."))
        return redirect(case)
    audit.record_opening(request, case, page="advice")
    status = status_of(form)
    context = {"case": case, "form": form}
    return render(request, "cases/advice_form.html", context, status=status)


@role_required(*ADVISERS)
@require_http_methods(["GET", "HEAD", "POST"])
def advice(request, pk):
    """One question with its answer, or the place to write it."""
    found = get_object_or_404(Advice.objects.visible_to(request.user).in_codes(), pk=pk)
    may_answer = found.is_open and Advice.objects.visible_to(
        request.user
    ).answerable_by(request.user).contains(found)
    if request.method == "POST" and found.is_open and not may_answer:
        raise Http404
    form = None
    if may_answer or request.method == "POST":
        form = AnswerForm(request.POST or None, instance=found, by=request.user)
    if form and form.is_valid():
        words = form.cleaned_data["answer"]
        is_first = services.answer(found, words, by=request.user)
        found.refresh_from_db()
        if is_first or found.answer == words:
            messages.success(request, _("Your advice was sent."))
            return redirect("cases:advice-list")
        form.add_error(
            None,
            _(
                "A colleague has answered already. What you wrote is still here: copy it "
                "if you need it."
            ),
        )
    audit.record_opening(request, found)
    context = {"advice": found, "form": form, "is_own": found.by == request.user}
    status = status_of(form) if form else 200
    return render(request, "cases/advice.html", context, status=status)

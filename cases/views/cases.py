"""Cases: the list, one case with its line of time, opening, closing, reopening."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cases.forms.cases import (
    CaseCloseForm,
    CaseFilterForm,
    CaseForm,
    CaseStatusForm,
    NewCaseForm,
)
from cases.models import Case, NextStep, SubGoal
from cases.services import cases, goals, people
from cases.services.names import check_for_readers
from cases.services.page import page_of
from families.models import Family
from families.views.names import keep_decision
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit

A_PAGE = 50
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(Role.MEDIATOR)
@require_safe
def case_list(request):
    form = CaseFilterForm(request.GET)
    steps = NextStep.objects.visible_to(request.user).open()
    found = (
        form.narrow(Case.objects.visible_to(request.user))
        .select_related("family")
        .prefetch_related(Prefetch("next_steps", steps, to_attr="open_steps"))
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    audit.record(
        request.user,
        audit.Verb.LIST,
        Case,
        count=page.paginator.count,
        filters=audit.filters(request.GET, "statuss", "joma"),
    )
    rest = request.GET.copy()
    rest.pop("page", None)
    context = {"page": page, "form": form, "rest": rest.urlencode()}
    return render(request, "cases/case_list.html", context)


@role_required(Role.MEDIATOR)
@read_or_write
def case_create(request):
    form = NewCaseForm(
        request.POST or None,
        mediator=request.user,
        initial={"family": request.GET.get("gimene", "")},
    )
    if form.is_valid():
        case = cases.open_case(
            form.save(commit=False),
            by=request.user,
            sub_goals=form.sub_goal_texts,
            people=form.chosen_people,
        )
        messages.success(request, _("Case %(code)s opened.") % {"code": case.code})
        return redirect(case)
    if request.method != "POST":
        count = form.fields["family"].queryset.count()
        audit.record(request.user, audit.Verb.LIST, Family, count=count)
    return _form_page(request, "case_form", form)


@role_required(Role.MEDIATOR)
@require_safe
def case_detail(request, code):
    case = get_object_or_404(
        Case.objects.visible_to(request.user).select_related("family").with_parts(),
        code=code,
    )
    page = page_of(case, request.user, about=request.GET.get("laiks", ""))
    audit.record(request.user, audit.Verb.READ, case)
    return render(request, "cases/case_detail.html", page)


@role_required(Role.MEDIATOR)
@read_or_write
def case_update(request, code):
    case = visible_case(request, code)
    form = CaseForm(
        request.POST or None, instance=case, text_check=check_for_readers(case)
    )
    keep_decision(request, form)
    if form.is_valid():
        # Only these: somebody may be changing the status at the same moment
        form.save(commit=False).save(update_fields=form.Meta.fields)
        audit.record(
            request.user, audit.Verb.UPDATE, case, fields=audit.changed_fields(form)
        )
        goals.write_sub_goals(case, form.sub_goal_texts, by=request.user)
        people.write_people(case, form.chosen_people, by=request.user)
        messages.success(request, _("Changes saved."))
        return redirect(case)
    audit.record_opening(request, case, page="update")
    return _form_page(request, "case_form", form, case=case)


@role_required(Role.MEDIATOR)
@require_POST
def case_status(request, code):
    case = visible_case(request, code)
    form = CaseStatusForm(request.POST)
    if form.is_valid():
        status = form.cleaned_data["status"]
        _attempt(
            request,
            cases.set_status,
            _("Status changed."),
            case,
            status,
            by=request.user,
        )
    return redirect(case)


@role_required(Role.MEDIATOR)
@require_POST
def case_goal(request, code, position):
    """One tap on a sub-goal: reached, or not after all."""
    goal = get_object_or_404(
        SubGoal.objects.visible_to(request.user).select_related("case"),
        case__code=code,
        position=position,
    )
    goals.tick(goal, request.POST.get("done") == "1", by=request.user)
    return redirect(f"{goal.case.get_absolute_url()}#goal")


@role_required(Role.MEDIATOR)
@read_or_write
def case_close(request, code):
    case = visible_case(request, code)
    steps = NextStep.objects.visible_to(request.user).open().filter(case=case)
    form = CaseCloseForm(request.POST or None, case=case, has_steps=steps.exists())
    if case.is_closed and request.method != "POST":
        messages.info(request, _("The case is closed already."))
        return redirect(case)
    if form.is_valid():
        answers = form.answers()
        try:
            cases.close(case, by=request.user, **answers)
        except cases.StatusHasChanged:
            if answers["what_helped"] in ("", case.what_helped):
                messages.info(request, _("The case is closed already."))
                return redirect(case)
            form.add_error(
                None,
                _(
                    "The case has been closed in the meantime. What you wrote is still "
                    "here: copy it if you need it."
                ),
            )
        else:
            messages.success(request, _("Case closed."))
            return redirect(case)
    audit.record_opening(request, case, page="close")
    return _form_page(request, "case_close", form, case=case, steps=steps)


@role_required(Role.MEDIATOR)
@require_POST
def case_reopen(request, code):
    case = visible_case(request, code)
    _attempt(request, cases.reopen, _("Case reopened."), case, by=request.user)
    return redirect(case)


def visible_case(request, code):
    return get_object_or_404(
        Case.objects.visible_to(request.user).select_related("family"), code=code
    )


def _attempt(request, deed, done, case, *args, **kwargs):
    """Do it and say so; when somebody was faster, say that instead."""
    try:
        deed(case, *args, **kwargs)
    except cases.StatusHasChanged:
        messages.info(request, _("The case has changed in the meantime."))
    else:
        messages.success(request, done)


def _form_page(request, template, form, **context):
    return render(
        request,
        f"cases/{template}.html",
        {"form": form, **context},
        status=status_of(form),
    )

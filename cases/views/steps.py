"""Next steps: planned, changed, moved to another day, done, dropped."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.forms.options import Options
from cases.forms.steps import (
    StepDropForm,
    StepForm,
    StepMoveForm,
    as_it_stands,
    asked_for,
)
from cases.models import NextStep
from cases.services import steps
from families.models import Family
from interface.latvian import weekday_date
from interface.two_windows import lock, status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def _open_step(request, pk):
    rows = NextStep.objects.visible_to(request.user).open()
    return get_object_or_404(
        rows.select_related("family", "case__family", "institution", "contact"), pk=pk
    )


def _back(request, step):
    """The page the person came from, else the case of the step, else the day."""
    address = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        address, {request.get_host()}, request.is_secure()
    ):
        return address
    if step and step.case:
        return step.case.get_absolute_url()
    return reverse("agenda:today")


@role_required(Role.MEDIATOR)
@read_or_write
def step_create(request):
    """Plan a meeting with an institution, or anything else with a day."""
    options = Options(request.user, timezone.localdate())
    initial = asked_for(request.GET)
    form = StepForm(request.POST or None, initial=initial, options=options)
    if form.is_valid():
        step = steps.plan(form.planned(), by=request.user)
        day = weekday_date(step.due_on)
        messages.success(request, _("Planned for: %(day)s.") % {"day": day.lower()})
        return redirect(_back(request, step))
    return _form_page(request, form)


@role_required(Role.MEDIATOR)
@read_or_write
def step_update(request, pk):
    """Change an open step; another day counts as moved."""
    step = _open_step(request, pk)
    if request.method == "POST":
        lock(step)
    options = Options(request.user, timezone.localdate())
    form = StepForm(
        request.POST or None, initial=as_it_stands(step), options=options, step=step
    )
    if form.is_valid():
        steps.change(form.planned(), by=request.user)
        messages.success(request, _("Changes saved."))
        return redirect(_back(request, step))
    return _form_page(request, form, step)


def _form_page(request, form, step=None):
    """The form, with the families and officials that it offers."""
    if request.method != "POST":
        count = len(form.options.families)
        audit.record(request.user, audit.Verb.LIST, Family, count=count)
    if step:
        audit.record_opening(request, step)
    context = {"form": form, "step": step, "back": _back(request, step)}
    status = status_of(form)
    return render(request, "cases/step_form.html", context, status=status)


@role_required(Role.MEDIATOR)
@read_or_write
def step_move(request, pk):
    """Move a step to another day; the page also offers to finish or to drop it."""
    step = _open_step(request, pk)
    form = StepMoveForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        steps.move(step, form.cleaned_data["due_on"], by=request.user)
        messages.success(request, _("The next step has been moved."))
        return redirect(_back(request, step))
    audit.record_opening(request, step)
    return _move_page(request, step, form)


def _move_page(request, step, form, drop_form=None):
    """Where a step goes; ``form`` and ``drop_form`` say what could not be accepted."""
    drop_form = drop_form or StepDropForm()
    context = {
        "form": form,
        "drop_form": drop_form,
        "step": step,
        "back": _back(request, step),
        "here": reverse("cases:step-move", args=[step.pk]),
    }
    status = 422 if form.errors or drop_form.errors else 200
    return render(request, "cases/step_move.html", context, status=status)


@role_required(Role.MEDIATOR)
@require_POST
def step_done(request, pk):
    step = _open_step(request, pk)
    steps.finish(step, by=request.user)
    messages.success(request, _("The next step is done."))
    return redirect(_back(request, step))


@role_required(Role.MEDIATOR)
@require_POST
def step_drop(request, pk):
    step = _open_step(request, pk)
    form = StepDropForm(request.POST)
    if not form.is_valid():
        move_form = StepMoveForm(today=timezone.localdate())
        return _move_page(request, step, move_form, form)
    steps.drop(step, form.cleaned_data["drop_reason"], by=request.user)
    messages.success(request, _("The next step has been taken off the list."))
    return redirect(_back(request, step))

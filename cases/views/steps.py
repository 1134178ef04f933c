"""Next steps: another day, done, not needed any more."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.forms.steps import StepMoveForm
from cases.models import NextStep
from cases.services import steps
from mediators.access import role_required
from mediators.models import Role
from privacy import audit


def _open_step(request, pk):
    rows = NextStep.objects.visible_to(request.user).open()
    return get_object_or_404(
        rows.select_related("family", "case", "institution"), pk=pk
    )


def _back(request, step):
    """The page the person came from, else the case of the step, else the day."""
    address = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(
        address, {request.get_host()}, request.is_secure()
    ):
        return address
    return step.case.get_absolute_url() if step.case else reverse("agenda:today")


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def step_move(request, pk):
    """Move a step to another day; the page also offers to finish or to drop it."""
    step = _open_step(request, pk)
    form = StepMoveForm(request.POST or None, today=timezone.localdate())
    if form.is_valid():
        steps.move(step, form.cleaned_data["due_on"], by=request.user)
        messages.success(request, _("The next step has been moved."))
        return redirect(_back(request, step))
    if request.method != "POST":
        audit.record(request.user, audit.Verb.READ, step)
    context = {"form": form, "step": step, "back": _back(request, step)}
    status = 422 if form.errors else 200
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
    steps.drop(step, by=request.user)
    messages.success(request, _("The next step has been taken off the list."))
    return redirect(_back(request, step))

"""Supervision: a private request and a log without content, for the mediator alone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mediators import supervision
from mediators.access import role_required
from mediators.forms import SupervisionRequestForm, SupervisionSessionForm
from mediators.models import Role, SupervisionRequest, SupervisionSession
from privacy import audit

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(Role.MEDIATOR)
@read_or_write
def supervision_page(request):
    """Ask for a talk; the next and the past ones."""
    supervisors = supervision.supervisors_of(request.user)
    wish = SupervisionRequest(mediator=request.user, phone=request.user.phone)
    form = SupervisionRequestForm(
        request.POST or None, instance=wish, supervisors=supervisors
    )
    if supervisors and form.is_valid():
        supervision.ask(form.save(commit=False), by=request.user)
        messages.success(request, _("Your request is on its way to the supervisor."))
        return redirect("supervision")
    return _page(request, form, supervisors)


def _page(request, form, supervisors):
    today = timezone.localdate()
    sessions = SupervisionSession.objects.visible_to(request.user)
    sessions = sessions.select_related("supervisor")
    wishes = SupervisionRequest.objects.visible_to(request.user)
    count = sessions.count()
    audit.record(request.user, audit.Verb.LIST, SupervisionSession, count=count)
    context = {
        "form": form,
        "supervisors": supervisors,
        "leads": supervision.whom_to_ask(),
        "wish": wishes.select_related("supervisor").first(),
        "coming": sessions.filter(held_on__gt=today).reverse(),
        "past": sessions.filter(held_on__lte=today),
        "care": supervision.care_for(request.user, today),
    }
    status = 422 if form.errors else 200
    return render(request, "mediators/supervision.html", context, status=status)


@role_required(Role.MEDIATOR)
@read_or_write
def session_create(request):
    supervisors = supervision.supervisors_of(request.user)
    form = SupervisionSessionForm(
        request.POST or None,
        instance=SupervisionSession(mediator=request.user),
        supervisors=supervisors,
    )
    if supervisors and form.is_valid():
        supervision.keep(form.save(commit=False), by=request.user)
        messages.success(request, _("The supervision is on the list."))
        return redirect("supervision")
    context = {"form": form, "supervisors": supervisors}
    status = 422 if form.errors else 200
    return render(request, "mediators/supervision_form.html", context, status=status)


@role_required(Role.MEDIATOR)
@read_or_write
def session_delete(request, pk):
    """Asks once, then takes the session off the list."""
    session = get_object_or_404(
        SupervisionSession.objects.visible_to(request.user), pk=pk
    )
    if request.method != "POST":
        audit.record_opening(request, session)
        context = {"session": session}
        return render(request, "mediators/supervision_delete.html", context)
    supervision.forget(session, by=request.user)
    messages.success(request, _("The supervision is off the list."))
    return redirect("supervision")

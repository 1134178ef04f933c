"""Ending what has been kept long enough: the dry run, the run, holds."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from data_protection.forms.retention import HoldForm
from data_protection.models import LegalHold, RetentionRun
from data_protection.periods import PERIODS
from data_protection.services import holds, retention
from interface.pages import page_of
from mediators.access import require_fresh_proof, role_required
from mediators.models import Role
from privacy import audit
from privacy.access import signed_in

A_PAGE = 30
HELD = "turetie"
RUNS_SHOWN = 10


@role_required(Role.DATA_PROTECTION_OFFICER, Role.LEAD_MEDIATOR)
@require_safe
def retention_page(request):
    """How long each kind is kept, what is due today, what was run."""
    runs = RetentionRun.objects.visible_to(request.user)
    audit.record(request.user, audit.Verb.LIST, RetentionRun)
    is_officer = request.user.has_role(Role.DATA_PROTECTION_OFFICER)
    mine = LegalHold.objects.visible_to(request.user).standing()
    to_lift = LegalHold.objects.liftable_by(request.user).order_by("-starts_on", "-pk")
    held = page_of(
        (mine if is_officer else to_lift).select_related("family", "lift_asked_by"),
        request.GET,
        name=HELD,
        size=A_PAGE,
    )
    liftable = to_lift.filter(pk__in=[hold.pk for hold in held])
    counted = retention.counted()
    context = {
        "periods": PERIODS,
        "counted": counted,
        "dues": [due for due in counted.dues or () if due.count],
        "runs": runs.select_related("ordered_by", "confirmed_by")[:RUNS_SHOWN],
        "held": held,
        "liftable": liftable,
        "to_confirm": RetentionRun.objects.confirmable_by(request.user).first(),
        "is_officer": is_officer,
        "may_order": is_officer and not runs.under_way().exists(),
    }
    return render(request, "data_protection/retention.html", context)


@role_required(Role.DATA_PROTECTION_OFFICER)
@require_POST
def run_order(request):
    if retention.order(by=request.user):
        messages.success(request, _("Ordered. A second person has to confirm the run."))
    else:
        messages.error(request, _("Another run is under way."))
    return redirect("data_protection:retention")


@signed_in
@require_POST
def run_confirm(request, pk):
    run = get_object_or_404(RetentionRun.objects.confirmable_by(request.user), pk=pk)
    require_fresh_proof(request)
    if retention.confirm(run, by=request.user):
        messages.success(request, _("Confirmed. The run begins now."))
    else:
        messages.error(request, _("Somebody has confirmed it already."))
    return redirect("data_protection:retention")


@role_required(Role.DATA_PROTECTION_OFFICER)
@require_http_methods(["GET", "HEAD", "POST"])
def hold_create(request):
    form = HoldForm(request.POST or None, by=request.user)
    if form.is_valid():
        holds.hold(form.save(commit=False), by=request.user)
        messages.success(request, _("Held. Nothing of it is erased until then."))
        return redirect("data_protection:retention")
    status = 422 if form.errors else 200
    context = {"form": form}
    return render(request, "data_protection/hold_form.html", context, status=status)


@signed_in
@require_POST
def hold_lift(request, pk):
    """Asked by an officer, then done by a second person."""
    hold = get_object_or_404(LegalHold.objects.liftable_by(request.user), pk=pk)
    require_fresh_proof(request)
    is_lifted = holds.lift(hold, by=request.user)
    if is_lifted:
        messages.success(request, _("The hold is lifted."))
    elif is_lifted is False:
        messages.success(
            request,
            _("Asked for. A second person has to lift it: it holds until then."),
        )
    else:
        messages.error(request, _("Somebody has confirmed it already."))
    return redirect("data_protection:retention")

"""Resets of a second factor that wait for a second person."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mediators.access import fresh_proof_required, role_required
from mediators.models import FactorReset, Role
from mediators.services import factor_resets
from privacy import audit


@require_safe
@role_required(Role.DATA_PROTECTION_OFFICER)
def factor_reset_list(request):
    resets = FactorReset.objects.visible_to(request.user).pending()
    resets = resets.select_related("user", "asked_by", "confirmed_by")
    audit.record(request.user, audit.Verb.LIST, FactorReset, count=resets.count())
    return render(request, "data_protection/factor_resets.html", {"resets": resets})


@require_POST
@role_required(Role.DATA_PROTECTION_OFFICER)
@fresh_proof_required
def factor_reset_confirm(request, pk):
    reset = get_object_or_404(FactorReset.objects.visible_to(request.user), pk=pk)
    if factor_resets.confirm(reset, by=request.user):
        messages.success(
            request, _("Confirmed. It happens a day after it was asked for.")
        )
    return redirect("data_protection:factor-resets")

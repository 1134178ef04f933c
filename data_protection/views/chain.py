"""Checking the audit chain: the button, and what the last checks found."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from data_protection.forms.trail import CheckForm
from data_protection.models import AuditCheck
from data_protection.services.chain import ask_for_check
from mediators.access import role_required
from mediators.models import Role
from privacy import audit

SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.DATA_PROTECTION_OFFICER)
def chain(request):
    """The worker walks the chain: for a million entries that takes half a minute or more."""
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_for_check(form.cleaned_data["anchor"], by=request.user)
        messages.success(request, _("The check has begun. Open this page again soon."))
        return redirect("data_protection:chain")
    checks = AuditCheck.objects.visible_to(request.user).select_related("asked_by")[
        :SHOWN
    ]
    audit.record(request.user, audit.Verb.LIST, AuditCheck, count=len(checks))
    context = {"form": form, "checks": checks, "end": audit.head()}
    status = 422 if form.errors else 200
    return render(request, "data_protection/chain.html", context, status=status)

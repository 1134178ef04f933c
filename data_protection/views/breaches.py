"""The register of data breaches."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from data_protection.forms.breaches import BreachForm
from data_protection.models import Breach
from data_protection.services import breaches
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit
from privacy.access import signed_in

A_PAGE = 50
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(Role.DATA_PROTECTION_OFFICER)
@require_safe
def breach_list(request):
    found = Breach.objects.visible_to(request.user)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    audit.record(request.user, audit.Verb.LIST, Breach)
    return render(request, "data_protection/breach_list.html", {"page": page})


@role_required(Role.DATA_PROTECTION_OFFICER)
@read_or_write
def breach_create(request):
    form = BreachForm(request.POST or None)
    if form.is_valid():
        breach = breaches.register(form.save(commit=False), by=request.user)
        messages.success(request, _("Registered. The clock of 72 hours runs."))
        return redirect(breach)
    return _form_page(request, form)


@signed_in
@read_or_write
def breach_detail(request, code):
    breach = get_object_or_404(Breach.objects.visible_to(request.user), code=code)
    form = BreachForm(request.POST or None, instance=breach)
    if form.is_valid():
        form.save()
        fields = audit.changed_fields(form)
        audit.record(request.user, audit.Verb.UPDATE, breach, fields=fields)
        messages.success(request, _("Changes saved."))
        return redirect(breach)
    breach.refresh_from_db()
    audit.record(request.user, audit.Verb.READ, breach)
    return _form_page(request, form, breach=breach, affected=breaches.affected(breach))


def _form_page(request, form, breach=None, affected=()):
    here = breach.code if breach else _("New breach")
    context = {"form": form, "breach": breach, "affected": affected, "here": here}
    status = status_of(form)
    return render(request, "data_protection/breach.html", context, status=status)

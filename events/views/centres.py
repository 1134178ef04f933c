"""Resource centres and toy libraries."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.forms.centres import CentreForm
from events.models import EVERYBODY, WRITERS, Centre, Event
from events.services import centres as services
from events.views.events import read_or_write
from interface.latvian import latvian_order
from interface.two_windows import status_of
from mediators.access import role_required
from privacy import audit

LATEST = 20
CLOSED_AT_ONCE = 50
CLOSED = "slegtie"


@role_required(*EVERYBODY)
@require_safe
def centre_list(request):
    rows = Centre.objects.visible_to(request.user).with_numbers()
    rows = rows.select_related("municipality")
    standing = sorted(
        rows.open(),
        key=lambda row: (latvian_order(str(row.municipality)), latvian_order(row.name)),
    )
    closed = Paginator(rows.closed().order_by("-closed_on", "pk"), CLOSED_AT_ONCE)
    closed = closed.get_page(request.GET.get(CLOSED))
    count = len(standing) + closed.paginator.count
    audit.record(request.user, audit.Verb.LIST, Centre, count=count)
    context = {
        "open": standing,
        "closed": closed,
        "may_write": request.user.has_role(*WRITERS),
    }
    return render(request, "events/centre_list.html", context)


@role_required(*EVERYBODY)
@require_safe
def centre_detail(request, pk):
    centre = get_object_or_404(
        Centre.objects.visible_to(request.user)
        .with_numbers()
        .select_related("municipality"),
        pk=pk,
    )
    audit.record(request.user, audit.Verb.READ, centre)
    events = Event.objects.visible_to(request.user).filter(centre=centre)
    context = {
        "centre": centre,
        "may_edit": Centre.objects.editable_by(request.user).contains(centre),
        "events": events.with_numbers().select_related(
            "municipality", "kind", "centre"
        )[:LATEST],
    }
    return render(request, "events/centre_detail.html", context)


@role_required(*WRITERS)
@read_or_write
def centre_create(request):
    form = CentreForm(request.POST or None, by=request.user)
    if form.is_valid():
        centre = services.add_centre(form, by=request.user)
        messages.success(request, _("The centre is on the list."))
        return redirect(centre)
    return _form_page(request, form)


@role_required(*WRITERS)
@read_or_write
def centre_update(request, pk):
    centre = get_object_or_404(Centre.objects.editable_by(request.user), pk=pk)
    form = CentreForm(request.POST or None, instance=centre, by=request.user)
    if form.is_valid():
        services.change_centre(form, by=request.user)
        messages.success(request, _("Changes saved."))
        return redirect(centre)
    audit.record_opening(request, centre)
    return _form_page(request, form)


def _form_page(request, form):
    context = {
        "form": form,
        "centre": form.instance,
        "is_new": form.instance._state.adding,
    }
    status = status_of(form)
    return render(request, "events/centre_form.html", context, status=status)

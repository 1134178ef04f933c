"""Results as a file: asked for, made in the background, fetched once."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mediators.access import fresh_proof_required, role_required
from mediators.models import Role
from municipalities.models import Municipality
from privacy import audit
from reports.forms.exports import ExportForm
from reports.models import Export, ExportLog, FileType
from reports.reach import days_of_the_log
from reports.services.making import ask_for, take
from reports.workbook import CONTENT_TYPE

CONTENT_TYPES = {
    FileType.EXCEL: CONTENT_TYPE,
    FileType.CSV: "application/zip",
    FileType.JSON: "application/json",
}
LOG_SHOWN = 20
OWN_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.PROJECT_STAFF)
@fresh_proof_required
def export(request):
    """Ask for a file, fetch what is ready, see who took what before."""
    days = days_of_the_log(Municipality.objects.visible_to(request.user))
    initial = {
        "first": request.GET.get("first", f"{timezone.localdate():%Y}-01"),
        "last": request.GET.get("last", f"{timezone.localdate():%Y-%m}"),
    }
    form = ExportForm(request.POST or None, since=days["since"], initial=initial)
    if form.is_valid():
        return _ask(request, form)
    log = ExportLog.objects.visible_to(request.user).select_related(
        "by", "municipality"
    )[:LOG_SHOWN]
    audit.record(request.user, audit.Verb.LIST, ExportLog, count=len(log))
    return render(
        request,
        "reports/results_export.html",
        {"form": form, "log": log, "exports": _own(request)},
        status=422 if form.errors else 200,
    )


def _own(request):
    return Export.objects.visible_to(request.user).shown()[:OWN_SHOWN]


def _ask(request, form):
    data = form.cleaned_data
    _export, is_new = ask_for(
        form.period,
        data["file_type"],
        by=request.user,
        purpose=data["purpose"],
        recipient=data["recipient"],
        approved_only=data["approved_only"],
        password=data["password"],
    )
    if not is_new:
        messages.info(
            request,
            _(
                "A file that you asked for before is still being made. The new one was "
                "not taken: ask for it once more when the first is ready."
            ),
        )
    return redirect("reports:export")


@require_safe
@role_required(Role.PROJECT_STAFF)
def progress(request):
    """The part of the page that changes by itself; it says no more than how far it is."""
    context = {"exports": _own(request)}
    return render(request, "reports/partials/_exports.html", context)


@require_POST
@role_required(Role.PROJECT_STAFF)
@fresh_proof_required
def fetch(request, pk):
    """The file, once."""
    export = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    file = take(export, by=request.user)
    if file is None:
        messages.error(
            request, _("This file can no longer be downloaded. Have it made once more.")
        )
        return redirect("reports:export")
    return FileResponse(
        file,
        as_attachment=True,
        filename=export.file_name,
        content_type=CONTENT_TYPES[export.file_type],
    )

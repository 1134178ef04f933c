"""From a list in Excel to rows here: hand it over, match columns, look, confirm, undo."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from families.hidden_names import are_hidden
from imports.forms import ASKED_AT_ONCE, ColumnsForm, ConfirmForm, UploadForm
from imports.models import Import, Kind
from imports.resources import TABLES
from imports.services import importing, matching, reading, templates
from privacy import audit
from privacy.access import signed_in

read_or_write = require_http_methods(["GET", "HEAD", "POST"])
PROBLEMS_SHOWN = 100
LATEST = 5


def _kind_for(user, kind):
    """The kind of list and where the person may bring it; 404 where nowhere."""
    if kind not in Kind or not Kind(kind).may_be_brought_by(user):
        raise Http404
    kind = Kind(kind)
    return kind, kind.places_of(user) if kind.has_place else ()


@signed_in
# A file may take ten seconds to read, and on SQLite a transaction makes everybody wait
@transaction.non_atomic_requests
@read_or_write
def create(request, kind):
    """Where a list is handed over; the template is here, and what was imported lately."""
    kind, places = _kind_for(request.user, kind)
    files = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*files, kind=kind, places=places)
    if form.is_valid():
        imported = reading.keep(
            form.sheet,
            kind=kind,
            by=request.user,
            place=form.place,
            actor=request.user,
        )
        return redirect(imported)
    return _upload_page(request, kind, form)


@transaction.atomic
def _upload_page(request, kind, form):
    latest = Import.objects.visible_to(request.user).of(kind).confirmed()[:LATEST]
    context = {
        "kind": kind,
        "form": form,
        "latest": latest,
        "columns": TABLES[kind].for_template().values(),
    }
    status = 422 if form.errors else 200
    page = render(request, "imports/create.html", context, status=status)
    audit.record(request.user, audit.Verb.LIST, Import, kind=kind, count=len(latest))
    return page


@signed_in
@require_safe
def template(request, kind, file_type):
    """An empty list with the right headings."""
    kind, _places = _kind_for(request.user, kind)
    if file_type not in templates.WRITERS:
        raise Http404
    return FileResponse(
        templates.WRITERS[file_type](kind),
        as_attachment=True,
        filename=templates.name_of_file(kind, file_type),
    )


@signed_in
@read_or_write
def columns(request, pk):
    """Which column of the file is which."""
    imported = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    if not imported.is_waiting or imported.columns is not None:
        return redirect(imported)
    if _would_show_names(imported):
        return render(request, "imports/names_hidden.html", {"imported": imported})
    sheet, kind = reading.Sheet.of(imported), imported.list_kind
    positions = matching.matched(kind, sheet.headings)
    form = ColumnsForm(
        request.POST or None, kind=kind, sheet=sheet, positions=positions
    )
    if form.is_valid():
        reading.choose(imported, form.positions, sheet)
        audit.record(request.user, audit.Verb.UPDATE, imported, fields=["columns"])
        return redirect(imported)
    audit.record_opening(request, imported, part="columns")
    context = {"form": form, "kind": kind, "heading_row": sheet.first - 1}
    status = 422 if form.errors else 200
    return render(request, "imports/columns.html", context, status=status)


@signed_in
@require_safe
def detail(request, pk):
    """What would become of the list; later, what became of it."""
    imported = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    if imported.is_waiting and imported.columns is None:
        return redirect("imports:columns", pk=pk)
    audit.record(request.user, audit.Verb.READ, imported)
    if not imported.is_waiting:
        return render(request, "imports/result.html", _result(imported))
    return _check_page(request, imported)


def _result(imported):
    return {"imported": imported, "kind": imported.list_kind}


def _would_show_names(imported):
    return imported.list_kind.names_families and are_hidden()


def _check_page(request, imported, *, form=None, status=200):
    if _would_show_names(imported):
        return render(request, "imports/names_hidden.html", {"imported": imported})
    verdict = importing.check(imported)
    alike = verdict.alike
    context = {
        "imported": imported,
        "kind": imported.list_kind,
        "form": form or ConfirmForm(verdict=verdict),
        "new": len(verdict.new),
        "known": verdict.known,
        "alike": len(alike),
        "not_asked": max(len(alike) - ASKED_AT_ONCE, 0),
        "problems": verdict.problems[:PROBLEMS_SHOWN],
        "more_problems": max(len(verdict.problems) - PROBLEMS_SHOWN, 0),
        "first": verdict.first_row,
    }
    return render(request, "imports/check.html", context, status=status)


@signed_in
@require_POST
def confirm(request, pk):
    """All rows or none."""
    imported = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    if not imported.is_waiting or imported.columns is None:
        return redirect(imported)
    form = ConfirmForm(request.POST, verdict=importing.check(imported))
    if not form.is_valid():
        return _check_page(request, imported, status=422)
    try:
        importing.confirm(imported, actor=request.user, **form.cleaned_data)
    except (importing.HasErrors, importing.HasChanged):
        messages.warning(
            request, _("Something has changed meanwhile. Look through the list again.")
        )
    return redirect(imported)


@signed_in
@require_POST
def undo(request, pk):
    """Take out all rows of the list, as long as nobody has worked with them."""
    imported = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    try:
        importing.undo(imported, actor=request.user)
    except importing.InUse as used:
        messages.error(request, _refusal(used.names))
    return redirect(imported)


def _refusal(names):
    shown = ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
    return _(
        "The import stays: there has been work with some of its rows since: %(names)s. "
        "Correct or delete these rows one by one."
    ) % {"names": shown}

"""The library: what can be handed out, and how many copies were."""

import logging

from django.contrib import messages
from django.db import transaction
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from interface.latvian import latvian_order
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import MUNICIPAL, Role
from privacy import audit
from privacy.access import signed_in
from privacy.paper import PdfFailed
from stories.forms.materials import HandoutForm, LibraryFilterForm, MaterialForm
from stories.models import Handout, Material
from stories.models.material import EDITORS, READERS
from stories.pdf import sheet_page
from stories.sheets import sheet_of

logger = logging.getLogger(__name__)

HANDING_OUT = (*MUNICIPAL, Role.PROJECT_STAFF)
LATEST = 10
FILTERS = ("kind", "language", "target_group", "first", "last")
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(*READERS)
@require_safe
def material_list(request):
    user = request.user
    form = LibraryFilterForm(request.GET)
    handouts = form.narrow_copies(Handout.objects.visible_to(user))
    materials = form.narrow(Material.objects.visible_to(user)).with_copies(handouts)
    audit.record(
        user, audit.Verb.LIST, Material, filters=audit.filters(request.GET, *FILTERS)
    )
    materials = sorted(materials, key=lambda row: latvian_order(row.title))
    latest = handouts.with_material().select_related("municipality", "by")[:LATEST]
    undoable = Handout.objects.editable_by(user).filter(
        pk__in=[row.pk for row in latest]
    )
    context = {
        "form": form,
        "materials": [row for row in materials if row.is_valid],
        "over": [row for row in materials if not row.is_valid],
        "total": handouts.aggregate(n=Sum("copies"))["n"] or 0,
        "latest": latest,
        "undoable": set(undoable.values_list("pk", flat=True)),
        "editable": set(
            Material.objects.editable_by(user).values_list("pk", flat=True)
        ),
        "can_add": user.has_role(*EDITORS),
        "hands_out": user.has_role(*HANDING_OUT),
    }
    status = 422 if form.errors else 200
    return render(request, "stories/material_list.html", context, status=status)


@role_required(*EDITORS)
@read_or_write
def material_create(request):
    form = _form(request, Material(added_by=request.user))
    if form.is_valid():
        material = form.save(commit=False)
        known = Material.objects.visible_to(request.user).filter(pk=material.pk)
        if not known.exists():
            material.save(force_insert=True)
            audit.record(request.user, audit.Verb.CREATE, material)
        messages.success(request, _("Added to the library."))
        return redirect("stories:materials")
    audit.record_opening(request, Material, page="create")
    return _form_page(request, form)


@signed_in
@read_or_write
def material_update(request, pk):
    material = get_object_or_404(Material.objects.editable_by(request.user), pk=pk)
    form = _form(request, material)
    if form.is_valid():
        form.save()
        audit.record(
            request.user, audit.Verb.UPDATE, material, fields=audit.changed_fields(form)
        )
        messages.success(request, _("Changes saved."))
        return redirect("stories:materials")
    audit.record_opening(request, material)
    return _form_page(request, form, material=material)


def _form(request, material):
    is_sent = request.method == "POST"
    return MaterialForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        instance=material,
        by=request.user,
    )


def _form_page(request, form, **context):
    status = status_of(form)
    return render(
        request, "stories/material_form.html", {"form": form, **context}, status=status
    )


@signed_in
@transaction.non_atomic_requests
@require_safe
def material_pdf(request, pk):
    """The file as it was checked, or one of our own sheets, drawn now."""
    # The one page that gives the file out
    material = get_object_or_404(
        Material.objects.visible_to(request.user).defer(None), pk=pk
    )
    if not material.sheet and not material.pdf:
        raise Http404
    try:
        content = (
            sheet_page(sheet_of(material.sheet)).content
            if material.sheet
            else bytes(material.pdf)
        )
    except PdfFailed:
        logger.exception("The sheet %s could not be drawn", material.sheet)
        return render(request, "503.html", status=503)
    with transaction.atomic():
        audit.record(request.user, audit.Verb.PDF, material)
    response = HttpResponse(content, content_type="application/pdf")
    name = material.sheet or f"materials-{material.pk}"
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


@role_required(*HANDING_OUT)
@read_or_write
def handout_create(request, pk):
    """One tap on the row of the material, the number, and „Saglabāt”."""
    material = get_object_or_404(Material.objects.visible_to(request.user), pk=pk)
    form = HandoutForm(
        request.POST or None,
        instance=Handout(material=material, by=request.user),
        by=request.user,
    )
    if form.is_valid():
        handout = form.save(commit=False)
        known = Handout.objects.visible_to(request.user).filter(pk=handout.pk)
        if not known.exists():
            handout.save(force_insert=True)
            audit.record(
                request.user, audit.Verb.CREATE, handout, copies=handout.copies
            )
        messages.success(request, _("Written down."))
        return redirect("stories:materials")
    audit.record_opening(request, material, page="handout")
    context = {"form": form, "material": material}
    status = status_of(form)
    return render(request, "stories/handout_form.html", context, status=status)


@signed_in
@require_POST
def handout_delete(request, pk):
    """Take back what was written down by mistake today."""
    handout = get_object_or_404(Handout.objects.editable_by(request.user), pk=pk)
    audit.record(request.user, audit.Verb.DELETE, handout, copies=handout.copies)
    handout.delete()
    messages.success(request, _("Taken back."))
    return redirect("stories:materials")

"""What a family needs, and where it lives."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from families import words
from families.forms.needs import NeedsForm, ResidenceForm
from families.models import Family
from families.services import looks, needs
from families.views.pages import form_page, read_or_write
from privacy.access import signed_in

CHANGES = 24


@signed_in
@read_or_write
def family_needs(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    known = needs.needs_map(family)
    form = NeedsForm(request.POST or None, family=family, known=known)
    if form.is_valid():
        needs.note_needs(family, form.levels(), by=request.user)
        messages.success(request, _("Needs saved."))
        return redirect(f"{family.get_absolute_url()}#needs")
    if request.method != "POST":
        looks.record_read(family, looks.Part.NEEDS, by=request.user)
    context = {
        "family": family,
        "changes": family.needs.select_related("by")[:CHANGES],
        "refusal": words.why_no_personal_data(family),
    }
    return form_page(request, "needs_form", form, **context)


@signed_in
@read_or_write
def family_residence(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    form = ResidenceForm(request.POST or None, family=family)
    if form.is_valid():
        needs.note_residence(form.save(commit=False), by=request.user)
        messages.success(request, _("Residence saved."))
        return redirect(family)
    if request.method != "POST":
        looks.record_read(family, looks.Part.RESIDENCE, by=request.user)
    context = {
        "family": family,
        "residences": family.residences.select_related("country", "by"),
        "refusal": words.why_no_personal_data(family),
    }
    return form_page(request, "residence_form", form, **context)

"""A mediator who knows a family privately, and the coordinator who finds another one."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.forms.conflicts import ConflictForm, ReassignForm
from families.models import ConflictOfInterest, Family
from families.services import conflicts, hand_overs, looks
from families.views.pages import form_page, read_or_write
from privacy import audit
from privacy.access import signed_in


@signed_in
@read_or_write
def conflict_report(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    form = ConflictForm(request.POST or None)
    if form.is_valid():
        conflicts.report(family, form.cleaned_data["kind"], by=request.user)
        messages.success(
            request,
            _("Noted. The coordinator sees the code and finds another mediator."),
        )
        return redirect(family)
    looks.record_opening(request, family, looks.Part.CONFLICT)
    return form_page(request, "conflict_form", form, family=family)


@signed_in
@require_POST
def conflict_withdraw(request, code):
    conflict = get_object_or_404(
        ConflictOfInterest.objects.editable_by(request.user), family__code=code
    )
    conflicts.withdraw(conflict, by=request.user)
    messages.success(request, _("Taken back."))
    return redirect(conflict.family)


@signed_in
@read_or_write
def reassign(request, pk):
    """The coordinator gives one family, known by its code, to another mediator."""
    found = ConflictOfInterest.objects.coordinated_by(request.user).filter(pk=pk)
    conflict = get_object_or_404(
        found.select_related("family__municipality", "mediator")
    )
    [related] = conflicts.as_related(found)
    form = ReassignForm(request.POST or None, conflict=conflict)
    if form.is_valid() and _reassign(form, conflict, request.user):
        messages.success(
            request,
            _("Arranged. From tomorrow another mediator works with the family."),
        )
        return redirect("families:substitutions")
    audit.record(request.user, audit.Verb.READ, conflict)
    context = {"form": form, "related": related}
    status = 422 if form.errors else 200
    return render(request, "families/reassign.html", context, status=status)


def _reassign(form, conflict, user):
    try:
        return conflicts.reassign(conflict, form.save(commit=False), by=user)
    except hand_overs.NothingToHandOver:
        form.add_error(None, _("The family has been handed over already."))
    return None

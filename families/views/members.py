"""The people of a family: adding, correcting, saying that somebody left."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families import words
from families.forms.members import MemberEditForm, MemberForm
from families.hidden_names import are_hidden
from families.models import Family, FamilyMember
from families.services import looks, members
from families.views.pages import form_page, read_or_write, show_names_first
from privacy import audit
from privacy.access import signed_in


@signed_in
@read_or_write
def member_create(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    form = MemberForm(request.POST or None, family=family)
    if form.is_valid():
        members.add_member(form.save(commit=False), by=request.user)
        messages.success(request, _("Added to the people of the family."))
        if "another" in request.POST:
            return redirect("families:member-create", code=family.code)
        return redirect(f"{family.get_absolute_url()}#people")
    looks.record_opening(request, family, looks.Part.NEW_PERSON)
    refusal = words.why_no_personal_data(family)
    return form_page(request, "member_form", form, family=family, refusal=refusal)


@signed_in
@read_or_write
def member_update(request, code, pk):
    member = _member(request, code, pk)
    if are_hidden() and request.method != "POST":
        return show_names_first(request, member.family)
    form = MemberEditForm(request.POST or None, instance=member, family=member.family)
    if form.is_valid():
        members.change_member(
            form.save(commit=False),
            by=request.user,
            fields=audit.changed_fields(form),
        )
        messages.success(request, _("Changes saved."))
        return redirect(f"{member.family.get_absolute_url()}#people")
    audit.record_opening(request, member)
    refusal = words.why_no_personal_data(member.family)
    context = {"family": member.family, "member": member, "refusal": refusal}
    return form_page(request, "member_form", form, **context)


@signed_in
@require_POST
def member_left(request, code, pk):
    member = _member(request, code, pk)
    members.mark_left(member, by=request.user)
    messages.success(request, _("Marked as no longer living with the family."))
    return redirect(reverse("families:detail", args=[code]) + "#people")


def _member(request, code, pk):
    return get_object_or_404(
        FamilyMember.objects.visible_to(request.user).select_related(
            "family", "relation"
        ),
        family__code=code,
        pk=pk,
    )

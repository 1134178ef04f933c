"""Families of a mediator: the list, one family, what is kept covered.

Cases, entries and next steps live in an upper app. They are reached from the family
through their own scopes.
"""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from families import words
from families.forms.families import (
    FamilyEditForm,
    ForgetForm,
    NewFamilyForm,
    RevealForm,
)
from families.hidden_names import are_hidden
from families.models import Family
from families.services import families as services
from families.services import finding, looks, substitutions
from families.services.consents import consent_states, text_to_read
from families.services.needs import needs_map
from families.views.pages import form_page, read_or_write, show_names_first
from interface.searching import asked_word, keep_word, rest_of_address
from mediators.access import role_required
from mediators.models import Role
from privacy import audit
from privacy.access import signed_in
from privacy.unneeded_words import hint_at_unneeded

A_PAGE = 50
LATEST = 10
CONSENT, TO_ASK = "piekrisana", "jaludz"
"""What the address of the families to ask for consent says."""
ENTRY = re.compile(r"[0-9a-f-]{36}")


@role_required(Role.MEDIATOR)
@read_or_write
def family_list(request):
    if request.method == "POST":
        return keep_word(request)
    to_ask = request.GET.get(CONSENT) == TO_ASK
    query = "" if to_ask else asked_word(request)
    found = finding.find(request.user, query, to_ask=to_ask)
    page = Paginator(found.families, A_PAGE).get_page(request.GET.get("page"))
    families = Family.objects.visible_to(request.user)
    page.object_list = finding.in_order(page.object_list, families.with_consent_state())
    steps = Family.next_steps.rel.related_model.objects.visible_to(request.user).open()
    prefetch_related_objects(
        page.object_list, Prefetch("next_steps", steps, to_attr="open_steps")
    )
    absent = substitutions.absent_by_family(request.user)
    for family in page.object_list:
        family.instead_of = absent.get(family.pk)
        family.last_contact = found.last_contacts[family.pk]
    audit.record(
        request.user,
        audit.Verb.LIST,
        Family,
        count=len(found.families),
        filters=[*(["q"] if query else []), *([CONSENT] if to_ask else [])],
    )
    context = {
        "page": page,
        "only_stored": found.only_stored,
        "query": query,
        "rest": f"{CONSENT}={TO_ASK}" if to_ask else rest_of_address(query),
        "to_ask": to_ask,
    }
    return render(request, "families/family_list.html", context)


@role_required(Role.MEDIATOR)
@read_or_write
def family_create(request):
    form = NewFamilyForm(request.POST or None, mediator=request.user)
    if form.is_valid():
        family = services.take_on(
            form.save(commit=False),
            by=request.user,
            **{
                name: form.cleaned_data[name]
                for name in ("told", "manner", "language", "known_as")
            },
        )
        messages.success(
            request,
            _("Family added. Its code is %(code)s.") % {"code": family.code},
        )
        return redirect(_after_adding(request.GET.get("ieraksts", ""), family))
    return form_page(request, "family_create", form, text=text_to_read())


def _after_adding(entry, family):
    """Back to the entry on the phone for which the family was added, else its page."""
    if not ENTRY.fullmatch(entry):
        return family.get_absolute_url()
    query = urlencode({"tiesi": 1, "ieraksts": entry, "gimene": family.code})
    return f"{reverse('cases:visit-create')}?{query}"


@signed_in
@require_safe
def family_detail(request, code):
    family = get_object_or_404(
        Family.objects.assigned_to(request.user).with_parts(), code=code
    )
    audit.record(request.user, audit.Verb.READ, family)
    if reason := words.why_only_stored(family):
        context = {"family": family, "reason": reason}
        return render(request, "families/only_stored.html", context)
    return _page_of(request, family)


@signed_in
@require_POST
def family_reveal(request, code, field):
    """Show one covered value once, on a page that nothing keeps."""
    family = get_object_or_404(
        Family.objects.visible_to(request.user).with_parts(), code=code
    )
    if field not in services.PROTECTED:
        raise Http404
    if are_hidden():
        # The page says that names have to be shown first
        return redirect(f"{family.get_absolute_url()}#covered")
    form = RevealForm(request.POST, field=field)
    if not form.is_valid():
        return _page_of(request, family, asked=form, status=422)
    value = services.reveal(family, field, form.cleaned_data["need"], by=request.user)
    return _page_of(request, family, asked=form, shown={field: value})


def _page_of(request, family, *, asked=None, shown=None, status=200):
    """The page of a family out of the reader's scope, in use and ``with_parts``.

    What is about the family alone is the reader's with it; entries and steps, which may be
    a colleague's own, are asked for through their scopes.
    """
    user = request.user
    consents = family.consents.select_related("text")
    prefetch_related_objects([family], Prefetch("consents", consents))
    held = _held(family, user) if family.was_passed_on else []
    covered = (row.substitution for row in held if row.substitution)
    steps = family.next_steps.visible_to(user).open()
    visits = family.visits.visible_to(user)
    context = {
        "family": family,
        "instead_of": next((row.absent for row in covered), None),
        "is_introduced": all(row.is_introduced for row in held),
        "conflict": _conflict(family, user),
        "consents": consent_states(family),
        "refusal": words.why_no_personal_data(family),
        "steps": steps.select_related("case"),
        "visits": visits.select_related("institution", "contact")[:LATEST],
        "covered": _covered(family, asked, shown or {}),
        # The page of a covered value cannot be asked for again
        "here": family.get_absolute_url(),
        "looks": looks.latest_looks(family, besides=user),
        **_cases(family),
        **_household(family),
    }
    return render(request, "families/family_detail.html", context, status=status)


def _held(family, user):
    """The reader's own assignments, with whom they are covered for."""
    held = family.assignments.current().filter(mediator=user)
    return list(held.select_related("substitution__absent"))


def _conflict(family, user):
    """What the reader said of knowing the family privately, or None."""
    if not family.has_conflicts:
        return None
    return family.conflicts.standing().filter(mediator=user).first()


def _cases(family):
    cases = family.cases.all()
    return {
        "open_cases": [case for case in cases if not case.is_closed],
        "closed_cases": [case for case in cases if case.is_closed],
    }


def _household(family):
    """Who belongs to the family, where it lives, what it needs, in which programmes it is."""
    people = list(family.members.select_related("relation"))
    known = {person.pk: person for person in people}
    ways = family.involvements.with_steps() if family.has_involvements else []
    residences = family.residences.select_related("country")
    needs = needs_map(family).values() if family.has_needs else []
    return {
        "ways": [(way, known.get(way.person_id)) for way in ways],
        "may_write": not words.why_no_case(family),
        "people": [person for person in people if not person.has_left],
        "people_who_left": [person for person in people if person.has_left],
        "residence": residences.first() if family.has_residences else None,
        "needs": [need for need in needs if need],
    }


def _covered(family, asked, shown):
    """What the page needs for each covered field that holds something."""
    return [
        {
            "name": name,
            "label": Family._meta.get_field(name).verbose_name,
            "value": shown.get(name, ""),
            "form": asked if asked and asked.name == name else RevealForm(field=name),
        }
        for name in services.PROTECTED
        if getattr(family, name)
    ]


@signed_in
@read_or_write
def family_update(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    if family.has_withdrawn:
        return _forget(request, family)
    if are_hidden() and request.method != "POST":
        return show_names_first(request, family)
    form = FamilyEditForm(request.POST or None, instance=family)
    if form.is_valid():
        form.save()
        audit.record(
            request.user,
            audit.Verb.UPDATE,
            family,
            fields=audit.changed_fields(form),
        )
        messages.success(request, _("Changes saved."))
        hint_at_unneeded(request, family.note)
        return redirect(family)
    if request.method != "POST":
        services.open_for_editing(family, by=request.user)
        looks.record_read(family, looks.Part.EDIT, by=request.user)
    return form_page(request, "family_form", form, family=family)


def _forget(request, family):
    """In place of the form for a family that has withdrawn: why, and what may go."""
    form = ForgetForm(request.POST or None, family=family)
    if form.is_valid():
        fields = form.cleaned_data["fields_to_empty"]
        services.forget(family, fields, by=request.user)
        messages.success(request, _("Deleted."))
        return redirect(family)
    looks.record_opening(request, family, looks.Part.FORGET)
    refusal = words.why_no_personal_data(family)
    return form_page(request, "family_forget", form, family=family, refusal=refusal)

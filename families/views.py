"""Families of a mediator: the list, one family, its consent, what is kept covered.

Cases, entries and next steps live in an upper app. They are reached from the family
through their own scopes.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from families import hand_overs, services, substitutions
from families.forms import (
    ConsentForm,
    FamilyEditForm,
    NewFamilyForm,
    RevealForm,
)
from families.models import Consent, Family
from mediators.access import role_required
from mediators.models import Role
from privacy import audit
from privacy.fold import matches

A_PAGE = 50
LATEST = 10
LONGEST_QUERY = 100
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(Role.MEDIATOR)
@require_safe
def family_list(request):
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    found = _find(request.user, query)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    steps = Family.next_steps.rel.related_model.objects.visible_to(request.user).open()
    prefetch_related_objects(
        page.object_list, Prefetch("next_steps", steps, to_attr="open_steps")
    )
    absent = substitutions.absent_by_family(request.user)
    for family in page.object_list:
        family.instead_of = absent.get(family.pk)
    audit.record(request.user, audit.Verb.LIST, Family, count=len(found))
    context = {
        "page": page,
        "query": query,
        "rest": urlencode({"q": query}) if query else "",
    }
    return render(request, "families/family_list.html", context)


def _find(user, query):
    """Open families first, then by the latest contact; the query fits in any spelling."""
    families = (
        Family.objects.visible_to(user)
        .with_consent_state()
        .with_last_contact()
        .order_by(
            F("closed_on").asc(nulls_first=True),
            F("last_contact").desc(nulls_last=True),
            "code",
        )
    )
    return [
        family
        for family in families
        if matches(query, family.label, family.code, family.town_part)
    ]


@role_required(Role.MEDIATOR)
@read_or_write
def family_create(request):
    form = NewFamilyForm(request.POST or None, mediator=request.user)
    if form.is_valid():
        family = services.take_on(
            form.save(commit=False),
            by=request.user,
            **{
                name: form.cleaned_data[name] for name in ("told", "manner", "language")
            },
        )
        messages.success(
            request,
            _("Family added. Its code is %(code)s.") % {"code": family.code},
        )
        return redirect(family)
    return _form_page(request, "family_create", form)


@require_safe
def family_detail(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    audit.record(request.user, audit.Verb.READ, family)
    return _page_of(request, family)


@require_POST
def family_reveal(request, code, field):
    """Show one covered value once, on a page that nothing keeps."""
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    if field not in services.PROTECTED:
        raise Http404
    form = RevealForm(request.POST, field=field)
    if not form.is_valid():
        return _page_of(request, family, asked=form, status=422)
    value = services.reveal(family, field, form.cleaned_data["need"], by=request.user)
    return _page_of(request, family, asked=form, shown={field: value})


def _page_of(request, family, *, asked=None, shown=None, status=200):
    user = request.user
    cases = family.cases.visible_to(user)
    steps = family.next_steps.visible_to(user).open()
    visits = family.visits.visible_to(user)
    context = {
        "family": family,
        "instead_of": substitutions.absent_by_family(user).get(family.pk),
        "is_introduced": family.pk not in hand_overs.not_introduced(user),
        "consents": services.consent_states(family),
        "steps": steps.select_related("case"),
        "open_cases": [case for case in cases if not case.is_closed],
        "closed_cases": [case for case in cases if case.is_closed],
        "visits": visits.select_related("institution", "contact")[:LATEST],
        "covered": _covered(family, asked, shown or {}),
        "reveals": services.latest_reveals(family),
    }
    return render(request, "families/family_detail.html", context, status=status)


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


@read_or_write
def family_update(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
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
        return redirect(family)
    if request.method != "POST":
        services.open_for_editing(family, by=request.user)
    return _form_page(request, "family_form", form, family=family)


@read_or_write
def consent_create(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    form = ConsentForm(request.POST or None)
    if form.is_valid():
        services.record_consent(family, by=request.user, **form.cleaned_data)
        messages.success(request, _("Consent recorded."))
        return redirect(family)
    return _form_page(request, "consent_form", form, family=family)


@read_or_write
def consent_withdraw(request, code, purpose):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    if purpose not in services.WITHDRAWABLE:
        raise Http404
    if request.method == "POST":
        services.withdraw_consent(family, purpose, by=request.user)
        messages.success(request, _("Consent withdrawn."))
        return redirect(family)
    context = {"family": family, "purpose": Consent.Purpose(purpose)}
    return render(request, "families/consent_withdraw.html", context)


def _form_page(request, template, form, **context):
    return render(
        request,
        f"families/{template}.html",
        {"form": form, **context},
        status=422 if form.errors else 200,
    )

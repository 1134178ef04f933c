"""A child in danger: what to do, whom to call, and writing down who was told."""

from urllib.parse import urlencode

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from families import hidden_names
from families.forms.safeguarding import SafeguardingForm
from families.models import Family, SafeguardingNotice
from families.services import looks
from families.services.safeguarding import note_told, told_before
from families.views.pages import read_or_write
from interface import errors
from mediators.access import role_required
from mediators.models import Role
from privacy import audit

LATEST = 10


@role_required(Role.MEDIATOR)
@read_or_write
def safeguarding(request):
    """Without anything in the address the page holds no data of anybody."""
    family = _family_of(request)
    initial = {"family": family.code} if family else None
    form = SafeguardingForm(request.POST or None, by=request.user, initial=initial)
    if form.is_valid():
        notice = note_told(form.save(commit=False), by=request.user)
        return redirect(_address_of(notice))
    context = {
        "form": form,
        "family": family,
        "is_saved": "saglabats" in request.GET,
        "notices": _notices(request, family),
    }
    if not request.GET:
        # A message of another page has no place on a page that telephones keep
        context["messages"] = ()
    status = 422 if form.errors else 200
    return render(request, "families/safeguarding.html", context, status=status)


@role_required(Role.MEDIATOR)
@require_POST
def safeguarding_send(request):
    """Take one notice that a phone kept: exactly once, or with the reason why not.

    Answers like the address for log entries (cases.views.sending): 201, 200 for one that
    was stored before, 409 where the number belongs to other words, 422 with what has to
    be corrected, 403 where somebody else is signed in.
    """
    form = SafeguardingForm(request.POST, by=request.user)
    number = request.POST.get("client_uuid", "")
    if request.POST.get("person") != str(request.user.pk):
        request.refused = {"pk": number}
        return JsonResponse({"number": number, "problem": "person"}, status=403)
    is_valid = form.is_valid()
    known = told_before(request.user, form.cleaned_data.get("client_uuid"))
    if known and not form.says(known):
        return JsonResponse(
            {"number": number, "stored": _in_words(known, request.user)}, status=409
        )
    if known:
        return JsonResponse({"number": number, "code": str(known.pk)})
    if not is_valid:
        return JsonResponse(
            {"number": number, "errors": errors.in_order(form)}, status=422
        )
    notice = note_told(form.save(commit=False), by=request.user)
    return JsonResponse({"number": number, "code": str(notice.pk)}, status=201)


@hidden_names.override(hidden=False)
def _in_words(notice, by):
    """The stored notice for comparing, if the person may still read it.

    The phone keeps it, and hides the note by itself.
    """
    if not SafeguardingNotice.objects.visible_to(by).filter(pk=notice.pk).exists():
        return ""
    return render_to_string("families/_notice_answers.html", {"notice": notice})


def _family_of(request):
    """The own family in the address; anything else is no reason to hide the numbers."""
    families = Family.objects.visible_to(request.user)
    return families.filter(code=request.GET.get("gimene", "")).first()


def _notices(request, family):
    """What the person wrote down before, if the address asks for it."""
    own = SafeguardingNotice.objects.visible_to(request.user).select_related("family")
    if family:
        looks.record_read(family, looks.Part.SAFEGUARDING, by=request.user)
        return own.filter(family=family)[:LATEST]
    if "zinots" not in request.GET:
        return own.none()
    audit.record(request.user, audit.Verb.LIST, SafeguardingNotice)
    return own[:LATEST]


def _address_of(notice):
    query = {"zinots": 1, "saglabats": 1}
    if notice.family:
        query["gimene"] = notice.family.code
    return f"{reverse('families:safeguarding')}?{urlencode(query)}"

"""Who saw a family, who did what, what was taken out: as the officer reads it, by codes."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from data_protection.forms.trail import AccountTrailForm, FamilyTrailForm
from data_protection.services import patterns, taken_out, trail
from families.services import looks
from interface.keyset import newest_first
from mediators.access import role_required
from mediators.models import Role
from privacy import audit
from privacy.models import AuditEntry
from reports.models import ExportLog

A_PAGE = 50
officer_only = role_required(Role.DATA_PROTECTION_OFFICER)


@require_safe
@officer_only
def family(request):
    """By code, open, closed or erased: who saw it, when and what."""
    form = FamilyTrailForm(request.GET or None)
    context, status = {"form": form}, 200
    if form.is_valid():
        code = form.cleaned_data["kods"]
        entries, found = trail.entries_by_code(code, request.user)
        context |= _page(request, form.in_period(entries)) | {"code": code}
        _record_family(request.user, found, code)
    else:
        _record_list(request.user, "family")
        status = 422 if form.is_bound else 200
    return render(request, "data_protection/family.html", context, status=status)


def _record_family(officer, family, code):
    """The officer's own look belongs to what was seen of the family."""
    if family:
        looks.record_read(family, looks.Part.OVERSIGHT, by=officer)
    else:
        audit.record(officer, audit.Verb.LIST, AuditEntry, page="family", code=code)


@require_safe
@officer_only
def account(request):
    """What an account did in a period: how much of what, day by day, entry by entry."""
    form = AccountTrailForm(request.GET)
    context, status, detail = {"form": form}, 200, {}
    if form.is_valid():
        person = form.cleaned_data["konts"]
        entries = form.in_period(trail.entries_of(person))
        counts = trail.counts_of(entries)
        if form.cleaned_data["darbiba"]:
            entries = entries.filter(verb=form.cleaned_data["darbiba"])
        context |= _page(request, entries)
        context |= {"person": person, "counts": counts}
        detail = {"account": person.pk, "filters": form.filters()}
    elif form.is_bound:
        status = 422
    _record_list(request.user, "account", **detail)
    return render(request, "data_protection/account.html", context, status=status)


@require_safe
@officer_only
def unusual(request):
    """What is worth a question; nobody is ranked."""
    found = patterns.found(timezone.now())
    count = sum(one.count for one in found)
    _record_list(request.user, "unusual", count=count)
    return render(request, "data_protection/unusual.html", {"found": found})


@require_safe
@officer_only
def exports(request):
    """Who took results, documents and copies out of the system, for what and for whom."""
    entries = taken_out.entries()
    page = newest_first(entries, request.GET, by="seq", size=A_PAGE)
    count = entries.count()
    audit.record(request.user, audit.Verb.LIST, ExportLog, count=count)
    files = taken_out.in_words(page.rows, by=request.user)
    context = {"page": page, "count": count, "files": files}
    return render(request, "data_protection/exports.html", context)


def _record_list(officer, page, **detail):
    audit.record(officer, audit.Verb.LIST, AuditEntry, page=page, **detail)


def _page(request, entries):
    page = newest_first(entries, request.GET, by="seq", size=A_PAGE)
    return {
        "page": page,
        "count": entries.count(),
        "rows": trail.in_words(page.rows),
    }

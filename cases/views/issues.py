"""Matters of many families: told to the municipality, answered, solved or declined."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.issues import IssueForm, IssueProgressForm
from cases.models import Area, CommunityIssue
from cases.services.issues import correct_issue, delete_issue, report_issue
from families.services.names import TextCheck
from families.views.names import keep_decision
from mediators.access import role_required
from mediators.models import MUNICIPAL, Role
from privacy import audit

DECIDED_SHOWN = 30


@role_required(*MUNICIPAL, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)
@require_safe
def issue_list(request):
    """Open ones and those decided lately; who sees all places reads counts alone."""
    issues = CommunityIssue.objects.visible_to(request.user).select_related(
        "institution", "municipality"
    )
    open_issues = list(issues.open())
    audit.record(request.user, audit.Verb.LIST, CommunityIssue, open=len(open_issues))
    sees_all = request.user.has_role(Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)
    context = {
        "open": open_issues,
        "decided": issues.exclude(pk__in=[row.pk for row in open_issues]).order_by(
            "-decided_on", "-pk"
        )[:DECIDED_SHOWN],
        "counts": _counts(request.user) if sees_all else [],
        "is_municipal": request.user.has_role(*MUNICIPAL),
        "may_write": request.user.has_role(Role.MEDIATOR),
    }
    return render(request, "cases/issue_list.html", context)


def _counts(user):
    rows = CommunityIssue.counts_in(user.visible_municipalities())
    return [
        {
            **row,
            "place": row["municipality__label_lv"],
            "area": Area(row["area"]).label,
            "waiting": row["reported"] - row["solved"] - row["declined"],
        }
        for row in rows
    ]


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def issue_create(request):
    places = request.user.municipalities_as(Role.MEDIATOR)
    form = IssueForm(
        request.POST or None,
        mediator=request.user,
        places=places,
        text_check=TextCheck(request.user, places[0]),
    )
    keep_decision(request, form)
    if form.is_valid():
        issue = report_issue(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved: the matter was told to the municipality."))
        return redirect(issue)
    status = 422 if form.is_bound else 200
    return render(request, "cases/issue_form.html", {"form": form}, status=status)


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def issue_update(request, code):
    """What was written down wrong, as long as nobody has answered or counted it."""
    found = _to_correct(request, code)
    if found.is_in_a_closed_month:
        return _too_late(request, found)
    form = IssueForm(
        request.POST or None,
        instance=found,
        mediator=request.user,
        places=request.user.municipalities_as(Role.MEDIATOR),
        text_check=TextCheck(request.user, found.municipality),
    )
    keep_decision(request, form)
    if form.is_valid():
        correct_issue(form, by=request.user)
        messages.success(request, _("Changes saved."))
        return redirect(found)
    audit.record_opening(request, found, page="update")
    status = 422 if form.is_bound else 200
    context = {"form": form, "issue": found}
    return render(request, "cases/issue_form.html", context, status=status)


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def issue_delete(request, code):
    found = _to_correct(request, code)
    if found.is_in_a_closed_month:
        return _too_late(request, found)
    if request.method == "POST":
        delete_issue(found, by=request.user)
        messages.success(request, _("Deleted."))
        return redirect("cases:issue-list")
    audit.record(request.user, audit.Verb.READ, found, page="delete")
    return render(request, "cases/issue_delete.html", {"issue": found})


def _to_correct(request, code):
    return get_object_or_404(
        CommunityIssue.objects.correctable_by(request.user), code=code
    )


def _too_late(request, found):
    messages.info(
        request, _("The report of that month has been handed in and does not change.")
    )
    return redirect(found)


@role_required(*MUNICIPAL)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request, code):
    """One matter with all that happened to it."""
    found = get_object_or_404(
        CommunityIssue.objects.visible_to(request.user).select_related(
            "institution", "contact", "municipality", "mediator"
        ),
        code=code,
    )
    may_go_on = CommunityIssue.objects.editable_by(request.user).contains(found)
    if request.method == "POST" and not may_go_on:
        raise Http404
    form = None
    if may_go_on:
        form = IssueProgressForm(request.POST or None, instance=found, by=request.user)
    if form and form.is_valid():
        form.instance.go_on(by=request.user)
        audit.record(
            request.user, audit.Verb.UPDATE, found, fields=audit.changed_fields(form)
        )
        messages.success(request, _("Saved: how the matter goes on."))
        return redirect("cases:issue-list")
    audit.record_opening(request, found)
    context = {
        "issue": found,
        "form": form,
        "may_correct": CommunityIssue.objects.correctable_by(request.user).contains(
            found
        ),
        "events": found.events.select_related("by"),
    }
    status = 422 if form and form.errors else 200
    return render(request, "cases/issue.html", context, status=status)

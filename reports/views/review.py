"""The coordinator's pages: read beside the log, comment, decide."""

from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mediators.models import COORDINATING
from privacy import audit
from reports.announcements import sentence_after
from reports.evidence import PartEvidence, evidence_beside
from reports.forms.review import (
    ActionForm,
    CommentForm,
    NoteForm,
    OwnersForm,
    open_comments_question,
)
from reports.models import Comment, MonthlyReport
from reports.reading import Part, figure_rows, parts_of
from reports.sections import SUPPORT_KEY
from reports.services.review import PERFORM, figures_for
from reports.views.fetch import any_report, report_of_another, report_to_review
from reports.views.writing import render_check, render_report
from reports.workflow import RULES, Action, ActionNotAllowed


@require_safe
def review(request, desk, month):
    """A report that was handed in; with evidence and decision for its coordinators."""
    report = report_of_another(request, desk, month)
    audit.record(request.user, audit.Verb.READ, report, page="review")
    return render_review(request, report)


class Reviewed(NamedTuple):
    """A part with what stands beside it and the box for a new comment."""

    part: Part
    evidence: PartEvidence | None
    comment_form: CommentForm


def render_review(request, report, *, status=200, form=None):
    """The review page; ``form`` is one that was not accepted, with its text."""
    user, figures, parts = request.user, figures_for(report), parts_of(report)
    coordinates = user.municipalities_as(*COORDINATING).contains(report.municipality)
    last = report.events.last()
    may_decide = MonthlyReport.objects.reviewable_by(user).contains(report)
    beside = evidence_beside(report, parts, figures) if coordinates else {}
    context = {
        "report": report,
        "parts": [
            Reviewed(part, beside.get(part.key), _comment_form(part, form))
            for part in parts
        ],
        "reviewed": sum(part.is_reviewed for part in parts),
        "open_count": sum(len(part.open_comments) for part in parts),
        "rows": figure_rows(figures),
        "asks": report.asks.select_related("owner"),
        "since": last.at if last else None,
        "versions": report.versions.select_related("approved_by"),
        "coordinates": coordinates,
        "may_decide": may_decide,
        "changes_by": user if may_decide else None,
        "can_send": coordinates and report.is_final,
        "owners": form if isinstance(form, OwnersForm) else OwnersForm(report=report),
        "note": form if isinstance(form, NoteForm) else NoteForm(instance=report),
        "form": form,
    }
    return render(request, "reports/review.html", context, status=status)


def _comment_form(part, form):
    if isinstance(form, CommentForm) and form.data.get("section") == part.key:
        return form
    return CommentForm(initial={"section": part.key}, auto_id=f"{part.key}_%s")


@require_safe
def approval(request, desk, month):
    """The question before the end: what approving means, and which comments are open."""
    report = report_to_review(request, desk, month)
    return _ask_to_approve(request, report, ActionForm(report=report))


def _ask_to_approve(request, report, form, status=200):
    count = report.comments.filter(is_open=True).count()
    question = open_comments_question(count) if count else ""
    context = {
        "report": report,
        "open_count": count,
        "question": question,
        "form": form,
    }
    return render(request, "reports/approve.html", context, status=status)


@require_POST
def action(request, desk, month):
    """One view for all buttons of the workflow."""
    report = any_report(request, desk, month)
    form = ActionForm(request.POST, report=report)
    if not form.is_valid():
        return _refused(request, report, form, status=422)
    wanted = Action(form.cleaned_data["action"])
    try:
        PERFORM[wanted](report, by=request.user)
    except ActionNotAllowed as reason:
        # The rollback does not reach the object in memory.
        report.refresh_from_db()
        if _was_a_second_press(report, wanted, request.user):
            return _done(request, report, wanted)
        form.add_error(None, str(reason))
        is_late = report.status not in RULES[wanted].sources
        return _refused(request, report, form, status=409 if is_late else 422)
    messages.success(request, sentence_after(wanted, report))
    return _done(request, report, wanted)


def _was_a_second_press(report, wanted, user):
    last = report.events.last()
    return last is not None and (last.action, last.by) == (wanted, user)


def _done(request, report, wanted):
    if wanted is Action.RETURN:
        return redirect("reports:list")
    return redirect(report if wanted is Action.SUBMIT else _review_page(report))


def _refused(request, report, form, status):
    """The page on which the button stood, with the reason."""
    if report.mediator == request.user:
        if report.is_writable:
            return render_check(request, report, form, status=status)
        return render_report(request, report, form=form, status=status)
    if form.has_error(NON_FIELD_ERRORS, code="open_comments"):
        return _ask_to_approve(request, report, form, status=status)
    return render_review(request, report, form=form, status=status)


def _review_page(report, part=""):
    address = reverse("reports:review", args=report.url_args)
    return f"{address}#{part}" if part else address


@require_POST
def section_accept(request, desk, month, key):
    """The toggle “in order” of one part."""
    report = report_to_review(request, desk, month)
    section = get_object_or_404(report.sections, key=key)
    section.is_accepted = not section.is_accepted
    section.save(update_fields=["is_accepted", "updated_at"])
    audit.record(request.user, audit.Verb.UPDATE, report, accepted=key)
    return redirect(_review_page(report, key))


@require_POST
def comment(request, desk, month):
    """A new comment on one part."""
    report = report_to_review(request, desk, month)
    form = CommentForm(
        request.POST, instance=Comment(report=report, author=request.user)
    )
    if form.is_valid():
        comment = form.save()
        audit.record(request.user, audit.Verb.CREATE, comment, section=comment.section)
        return redirect(_review_page(report, comment.section))
    return render_review(request, report, form=form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_update(request, desk, month, pk):
    """Change an own comment that nobody has answered."""
    report = report_to_review(request, desk, month)
    comment = get_object_or_404(
        report.comments, pk=pk, author=request.user, is_open=True
    )
    form = CommentForm(request.POST or None, instance=comment)
    if form.is_valid():
        form.save()
        audit.record(request.user, audit.Verb.UPDATE, comment)
        return redirect(_review_page(report, comment.section))
    context = {"report": report, "form": form, "comment": comment}
    status = 422 if form.is_bound else 200
    return render(request, "reports/comment.html", context, status=status)


@require_POST
def comment_delete(request, desk, month, pk):
    """Take back an own comment that nobody has answered."""
    report = report_to_review(request, desk, month)
    comment = get_object_or_404(
        report.comments, pk=pk, author=request.user, is_open=True
    )
    audit.record(request.user, audit.Verb.DELETE, comment, section=comment.section)
    comment.delete()
    messages.success(request, _("Comment deleted."))
    return redirect(_review_page(report, comment.section))


@require_POST
def owners(request, desk, month):
    """Which institution takes each ask."""
    report = report_to_review(request, desk, month)
    form = OwnersForm(request.POST, report=report)
    if form.is_valid():
        form.save()
        audit.record(request.user, audit.Verb.UPDATE, report, fields=["owner"])
        messages.success(request, _("Saved: who takes the asks."))
        return redirect(_review_page(report, SUPPORT_KEY))
    return render_review(request, report, form=form, status=422)


@require_POST
def note(request, desk, month):
    """The coordinator's note that is printed in the report."""
    report = report_to_review(request, desk, month)
    form = NoteForm(request.POST, instance=report)
    if form.is_valid():
        form.save()
        audit.record(
            request.user, audit.Verb.UPDATE, report, fields=["coordinator_note"]
        )
        messages.success(request, _("Note saved."))
        return redirect(_review_page(report, "note"))
    return render_review(request, report, form=form, status=422)

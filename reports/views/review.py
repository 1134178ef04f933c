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
from privacy.access import signed_in
from reports.announcements import sentence_after
from reports.evidence import PartEvidence, evidence_beside
from reports.forms.review import (
    ActionForm,
    CommentForm,
    NoteForm,
    OwnersForm,
    ReopenForm,
    open_comments_question,
    taken_over,
)
from reports.models import Comment, MonthlyReport
from reports.reading import Part, as_given_back, figure_rows, parts_of
from reports.sections import SUPPORT_KEY
from reports.services import review as services
from reports.services.review import PERFORM, changes_since_read, figures_for
from reports.views.fetch import (
    any_report,
    report_of_another,
    report_to_deliver,
    report_to_review,
)
from reports.views.writing import render_check, render_report
from reports.workflow import RULES, Action, ActionNotAllowed, Status


@signed_in
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
    user, figures = request.user, figures_for(report)
    is_back = report.status == Status.SUBMITTED and report.is_given_back
    parts = _parts(report, figures, is_back)
    may_review = MonthlyReport.objects.reviewable_by(user).contains(report)
    may_decide = may_review and report.begin_review(user)
    coordinates = may_review or _coordinates(user, report)
    last = report.events.last()
    beside = evidence_beside(report, parts, figures) if coordinates else {}
    context = {
        "report": report,
        "parts": [
            Reviewed(
                part, beside.get(part.key), _comment_form(part, form, report, user)
            )
            for part in parts
        ],
        "reviewed": sum(part.is_reviewed for part in parts),
        "changed": [part for part in parts if part.changes],
        "is_back": is_back,
        "open_count": sum(len(part.open_comments) for part in parts),
        "rows": figure_rows(figures),
        "asks": report.asks.select_related("owner"),
        "since": last.at if last else None,
        "versions": report.versions.select_related("approved_by"),
        "coordinates": coordinates,
        "may_decide": may_decide,
        "changes_by": user if may_decide else None,
        "reviewed_by_another": may_review and not may_decide,
        "unsaved": _words_of(form) if may_review and not may_decide else "",
        "can_send": MonthlyReport.objects.deliverable_by(user).contains(report),
        "can_reopen": Action.REOPEN in report.actions_for(user),
        "owners": form
        if isinstance(form, OwnersForm)
        else OwnersForm(report=report, by=user),
        "note": form
        if isinstance(form, NoteForm)
        else NoteForm(instance=report, report=report, by=user),
        "form": form,
    }
    return render(request, "reports/review.html", context, status=status)


def _parts(report, figures, is_back):
    """With what changed, if it was handed in again after it was given back."""
    if report.status == Status.RETURNED:
        return as_given_back(parts_of(report))
    changes = changes_since_read(report, figures) if is_back else {}
    return parts_of(report, changes)


def _words_of(form):
    """What somebody typed who was too late to have it saved."""
    fields = {CommentForm: "text", NoteForm: "coordinator_note"}
    return form.data.get(fields.get(type(form)), "") if form else ""


def _coordinates(user, report):
    return user.municipalities_as(*COORDINATING).contains(report.municipality)


def _comment_form(part, form, report, user):
    if isinstance(form, CommentForm) and form.data.get("section") == part.key:
        return form
    return CommentForm(
        initial={"section": part.key},
        auto_id=f"{part.key}_%s",
        report=report,
        by=user,
    )


@signed_in
@require_POST
def take_over(request, desk, month):
    """Go on with the review of somebody who is in it or has left it."""
    report = report_to_review(request, desk, month)
    report.take_over_review(request.user)
    audit.record(request.user, audit.Verb.UPDATE, report, fields=["reviewer"])
    messages.success(request, _("You are reviewing the report now."))
    return redirect(_review_page(report))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request, desk, month):
    """Open an approved report again, with a reason; it becomes a new version."""
    report = report_to_deliver(request, desk, month)
    form = ReopenForm(request.POST or None, by=request.user, report=report)
    if form.is_valid():
        try:
            services.reopen(report, by=request.user, reason=form.cleaned_data["reason"])
        except ActionNotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, sentence_after(Action.REOPEN, report))
            return redirect(_review_page(report))
    audit.record_opening(request, report, page="reopen")
    context = {"report": report, "form": form}
    status = 422 if form.errors else 200
    return render(request, "reports/reopen.html", context, status=status)


@signed_in
@require_safe
def approval(request, desk, month):
    """The question before the end: what approving means, and which comments are open."""
    report = report_to_review(request, desk, month)
    audit.record(request.user, audit.Verb.READ, report, page="approve")
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


@signed_in
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
    own = (Action.SUBMIT, Action.WITHDRAW)
    return redirect(report if wanted in own else _review_page(report))


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


@signed_in
@require_POST
def section_accept(request, desk, month, key):
    """The toggle “in order” of one part."""
    report = report_to_review(request, desk, month)
    section = get_object_or_404(report.sections, key=key)
    if not report.begin_review(request.user):
        return _reviewed_by_another(request, report)
    section.is_accepted = not section.is_accepted
    section.save(update_fields=["is_accepted", "updated_at"])
    audit.record(request.user, audit.Verb.UPDATE, report, accepted=key)
    return redirect(_review_page(report, key))


def _reviewed_by_another(request, report):
    messages.error(request, taken_over(report))
    return redirect(_review_page(report))


@signed_in
@require_POST
def comment(request, desk, month):
    """A new comment on one part."""
    report = report_to_review(request, desk, month)
    form = CommentForm(
        request.POST,
        instance=Comment(report=report, author=request.user),
        report=report,
        by=request.user,
    )
    if form.is_valid():
        comment = form.save()
        audit.record(request.user, audit.Verb.CREATE, comment, section=comment.section)
        return redirect(_review_page(report, comment.section))
    return render_review(request, report, form=form, status=422)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def comment_update(request, desk, month, pk):
    """Change an own comment that nobody has answered."""
    report = report_to_review(request, desk, month)
    comment = get_object_or_404(
        report.comments, pk=pk, author=request.user, is_open=True
    )
    form = CommentForm(
        request.POST or None, instance=comment, report=report, by=request.user
    )
    if form.is_valid():
        form.save()
        audit.record(request.user, audit.Verb.UPDATE, comment)
        return redirect(_review_page(report, comment.section))
    audit.record_opening(request, comment)
    context = {"report": report, "form": form, "comment": comment}
    status = 422 if form.is_bound else 200
    return render(request, "reports/comment.html", context, status=status)


@signed_in
@require_POST
def comment_delete(request, desk, month, pk):
    """Take back an own comment that nobody has answered."""
    report = report_to_review(request, desk, month)
    comment = get_object_or_404(
        report.comments, pk=pk, author=request.user, is_open=True
    )
    if not report.begin_review(request.user):
        return _reviewed_by_another(request, report)
    audit.record(request.user, audit.Verb.DELETE, comment, section=comment.section)
    comment.delete()
    messages.success(request, _("Comment deleted."))
    return redirect(_review_page(report, comment.section))


@signed_in
@require_POST
def owners(request, desk, month):
    """Which institution takes each ask."""
    report = report_to_review(request, desk, month)
    form = OwnersForm(request.POST, report=report, by=request.user)
    if form.is_valid():
        form.save()
        audit.record(request.user, audit.Verb.UPDATE, report, fields=["owner"])
        messages.success(request, _("Saved: who takes the asks."))
        return redirect(_review_page(report, SUPPORT_KEY))
    return render_review(request, report, form=form, status=422)


@signed_in
@require_POST
def note(request, desk, month):
    """The coordinator's note that is printed in the report."""
    report = report_to_review(request, desk, month)
    form = NoteForm(request.POST, instance=report, report=report, by=request.user)
    if form.is_valid():
        form.save()
        audit.record(
            request.user, audit.Verb.UPDATE, report, fields=["coordinator_note"]
        )
        messages.success(request, _("Note saved."))
        return redirect(_review_page(report, "note"))
    return render_review(request, report, form=form, status=422)

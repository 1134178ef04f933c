"""The mediator's pages: the list of parts, the parts, the check before handing in."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from families.views.names import keep_decision
from privacy import audit
from privacy.access import signed_in
from reports.announcements import hand_in_label
from reports.evidence import (
    asks_of_the_past,
    entries_of,
    entries_without_next_step,
    late_entries,
    planned_ahead,
    remarks,
)
from reports.forms.review import ActionForm, early_report_question, empty_month_question
from reports.forms.writing import AnswerForm, FinishedForm, SectionForm, ask_forms
from reports.names import names_in_report, text_check
from reports.offers import offers_for
from reports.plan_lines import are_over, plan_lines
from reports.reading import figure_rows, parts_of
from reports.sections import FIGURES_KEY, SUPPORT_KEY
from reports.services.review import (
    figures_for,
    is_empty,
    missing_sections,
    reviewer_of,
    unready_sections,
)
from reports.views.fetch import any_report, own_report
from reports.views.keeping import kept
from reports.wording import planned_line
from reports.workflow import Action, Status
from reports.working_days import answer_due_on, report_due_on, review_due_on

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def report(request, desk, month):
    """The mediator's page of a report; who only reads it is sent to the review page."""
    report = any_report(request, desk, month)
    if report.mediator != request.user:
        return redirect("reports:review", *report.url_args)
    audit.record(request.user, audit.Verb.READ, report)
    return render_report(request, report)


def render_report(request, report, status=200, form=None):
    template = (
        "reports/report.html" if report.is_writable else "reports/report_read.html"
    )
    figures = figures_for(report)
    last = report.events.select_related("by").last()
    context = {
        "report": report,
        "parts": parts_of(report),
        "asks": report.asks.select_related("owner"),
        "figures": figures,
        "rows": figure_rows(figures),
        "is_empty": report.is_writable and is_empty(figures),
        "due_on": _due_on(report, last),
        "late": [] if report.is_writable else late_entries(report),
        "reviewer": reviewer_of(report),
        "open_count": report.comments.filter(is_open=True).count(),
        # The event with the reason, if it was opened again after its approval
        "reopened": last if last and last.action == Action.REOPEN else None,
        "lines": [] if report.is_writable or are_over(report) else plan_lines(report),
        "can_withdraw": Action.WITHDRAW in report.actions_for(request.user),
        "form": form,
    }
    return render(request, template, context, status=status)


def _due_on(report, last):
    """Until when the next one has to act: the mediator, or the coordinator."""
    if report.status == Status.DRAFT:
        return report_due_on(report.month)
    if last is None or report.is_final:
        return None
    count = answer_due_on if report.is_writable else review_due_on
    return count(timezone.localdate(last.at))


@signed_in
@read_or_write
def figures(request, desk, month):
    """The numbers and the entries they come from; nothing to type but an answer."""
    report = own_report(request, desk, month)
    part = get_object_or_404(report.sections, key=FIGURES_KEY)
    answer = AnswerForm(
        request.POST or None, section=part, text_check=text_check(report)
    )
    keep_decision(request, answer)
    if response := kept(request, report, part, [answer]):
        return response
    figures = figures_for(report)
    context = {
        "figures": figures,
        "rows": figure_rows(figures),
        "entries": entries_of(report),
        "late": late_entries(report),
    }
    return _part_page(
        request, "reports/report_figures.html", report, part, answer, context
    )


@signed_in
@read_or_write
def section(request, desk, month, part):
    """One part in words."""
    report = own_report(request, desk, month)
    section = get_object_or_404(report.sections, key=part.key)
    check = text_check(report)
    form = SectionForm(request.POST or None, instance=section, text_check=check)
    answer = AnswerForm(request.POST or None, section=section, text_check=check)
    keep_decision(request, form, answer)
    if response := kept(request, report, section, [form, answer]):
        return response
    context = {"form": form, "before": _section_before(report, part.key)}
    if part.lines:
        context["planned"] = [planned_line(step) for step in planned_ahead(report)]
        context["lines"] = plan_lines(report)
    else:
        context["offers"] = offers_for(report, part, check)
    return _part_page(request, "reports/section.html", report, section, answer, context)


@signed_in
@read_or_write
def support(request, desk, month):
    """What the municipality is asked for: three asks at most."""
    report = own_report(request, desk, month)
    section = get_object_or_404(report.sections, key=SUPPORT_KEY)
    check = text_check(report)
    form = FinishedForm(request.POST or None, instance=section)
    asks = ask_forms(request.POST or None, report=report, text_check=check)
    answer = AnswerForm(request.POST or None, section=section, text_check=check)
    keep_decision(request, *asks, answer)
    if response := kept(request, report, section, [form, *asks, answer]):
        return response
    context = {"form": form, "asks": asks, "has_errors": any(a.errors for a in asks)}
    return _part_page(
        request, "reports/report_support.html", report, section, answer, context
    )


def _part_page(request, template, report, section, answer, context):
    """A part to write in, with what was typed when it could not be saved."""
    if request.method != "POST":
        if not report.is_writable:
            return redirect(report)
        audit.record(request.user, audit.Verb.READ, report, section=section.key)
    talk = report.comments.filter(section=section.key).select_related("author")
    context |= {"report": report, "section": section, "answer": answer, "talk": talk}
    return render(request, template, context, status=_status(context))


def _status(context):
    forms = [context["answer"], *context.get("asks", ()), context.get("form")]
    bound = [form for form in forms if form and form.is_bound]
    if any(form.is_overtaken for form in bound):
        return 409
    return 422 if bound else 200


def _section_before(report, key):
    """The same part of the last report before this one, or None."""
    last = report.earlier().first()
    return last.sections.filter(key=key).first() if last else None


@signed_in
@require_safe
def check(request, desk, month):
    """Everything once more, before it is handed in."""
    report = own_report(request, desk, month)
    if not report.is_writable:
        return redirect(report)
    audit.record(request.user, audit.Verb.READ, report, page="check")
    return render_check(request, report, ActionForm(report=report))


def render_check(request, report, form, status=200):
    figures, entries = figures_for(report), entries_of(report)
    findings = [
        *remarks(entries),
        entries_without_next_step(entries),
        asks_of_the_past(report, timezone.localdate()),
    ]
    context = {
        "report": report,
        "parts": parts_of(report),
        "asks": report.asks.all(),
        "figures": figures,
        "rows": figure_rows(figures),
        "is_empty": is_empty(figures),
        "missing": missing_sections(report, figures),
        "unready": list(unready_sections(report)),
        "hits": names_in_report(report),
        "findings": [finding for finding in findings if finding],
        "hand_in_label": hand_in_label(reviewer_of(report)),
        "empty_question": empty_month_question(report),
        "early_question": early_report_question(report),
        "open_count": report.comments.filter(is_open=True).count(),
        "form": form,
    }
    return render(request, "reports/check.html", context, status=status)

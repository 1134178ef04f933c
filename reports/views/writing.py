"""The mediator's pages: the list of parts, the parts, the check before handing in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from families.views.names import keep_decision
from privacy import audit
from reports.announcements import hand_in_label
from reports.evidence import (
    entries_of,
    entries_without_next_step,
    highlights,
    late_entries,
    planned_ahead,
    remarks,
)
from reports.forms.review import ActionForm, early_report_question, empty_month_question
from reports.forms.writing import AnswerForm, AskFormSet, FinishedForm, SectionForm
from reports.names import names_in_report, text_check
from reports.reading import figure_rows, parts_of
from reports.sections import FIGURES_KEY, SUPPORT_KEY
from reports.services.review import (
    figures_for,
    is_empty,
    missing_sections,
    reviewer_of,
)
from reports.views.fetch import any_report, own_report
from reports.wording import planned_line
from reports.workflow import Action, Status
from reports.working_days import answer_due_on, report_due_on, review_due_on

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


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
        "due_on": _due_on(report, last),
        "late": [] if report.is_writable else late_entries(report),
        "reviewer": reviewer_of(report),
        "open_count": report.comments.filter(is_open=True).count(),
        # The event with the reason, if it was opened again after its approval
        "reopened": last if last and last.action == Action.REOPEN else None,
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


@read_or_write
def figures(request, desk, month):
    """The numbers and the entries they come from; nothing to type but an answer."""
    report = own_report(request, desk, month)
    part = get_object_or_404(report.sections, key=FIGURES_KEY)
    answer = _answer_form(request, report, part, text_check(report))
    keep_decision(request, answer)
    if answer.is_valid():
        answer.save(by=request.user)
        return _saved(request, report, part)
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


@read_or_write
def section(request, desk, month, part):
    """One part in words."""
    report = own_report(request, desk, month)
    section = get_object_or_404(report.sections, key=part.key)
    check = text_check(report)
    form = SectionForm(request.POST or None, instance=section, text_check=check)
    answer = _answer_form(request, report, section, check)
    keep_decision(request, form, answer)
    if form.is_valid() and answer.is_valid():
        form.save()
        answer.save(by=request.user)
        return _saved(request, report, section, fields=audit.changed_fields(form))
    context = {
        "form": form,
        "starred": highlights(entries_of(report)),
        "before": _section_before(report, part.key),
        "planned": [planned_line(step) for step in planned_ahead(report)]
        if part.lines
        else [],
    }
    return _part_page(request, "reports/section.html", report, section, answer, context)


@read_or_write
def support(request, desk, month):
    """What the municipality is asked for: three asks at most."""
    report = own_report(request, desk, month)
    section = get_object_or_404(report.sections, key=SUPPORT_KEY)
    form = FinishedForm(request.POST or None, instance=section)
    check = text_check(report)
    asks = AskFormSet(
        request.POST or None, instance=report, form_kwargs={"text_check": check}
    )
    answer = _answer_form(request, report, section, check)
    keep_decision(request, *asks, answer)
    if all([form.is_valid(), asks.is_valid(), answer.is_valid()]):
        form.save()
        asks.save()
        answer.save(by=request.user)
        return _saved(request, report, section, asks=report.asks.count())
    context = {"form": form, "asks": asks}
    return _part_page(
        request, "reports/report_support.html", report, section, answer, context
    )


def _answer_form(request, report, section, check):
    return AnswerForm(
        request.POST or None, report=report, key=section.key, text_check=check
    )


def _part_page(request, template, report, section, answer, context):
    """A part to write in, with what was typed when it could not be saved."""
    if request.method != "POST":
        if not report.is_writable:
            return redirect(report)
        audit.record(request.user, audit.Verb.READ, report, section=section.key)
    talk = report.comments.filter(section=section.key).select_related("author")
    context |= {"report": report, "section": section, "answer": answer, "talk": talk}
    return render(request, template, context, status=422 if answer.is_bound else 200)


def _saved(request, report, section, **detail):
    audit.record(request.user, audit.Verb.UPDATE, report, section=section.key, **detail)
    messages.success(request, _("Saved: “%(part)s”.") % {"part": section.title})
    return redirect(report)


def _section_before(report, key):
    """The same part of the last report before this one, or None."""
    last = report.earlier().first()
    return last.sections.filter(key=key).first() if last else None


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
    findings = [*remarks(entries), entries_without_next_step(entries)]
    context = {
        "report": report,
        "parts": parts_of(report),
        "asks": report.asks.all(),
        "figures": figures,
        "rows": figure_rows(figures),
        "is_empty": is_empty(figures),
        "missing": missing_sections(report, figures),
        "hits": names_in_report(report),
        "findings": [finding for finding in findings if finding],
        "hand_in_label": hand_in_label(reviewer_of(report)),
        "empty_question": empty_month_question(report),
        "early_question": early_report_question(report),
        "open_count": report.comments.filter(is_open=True).count(),
        "form": form,
    }
    return render(request, "reports/check.html", context, status=status)

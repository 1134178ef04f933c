"""A line of the plans becomes a step of the agenda."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.forms.options import Options
from cases.forms.steps import StepForm
from cases.models import Kind, NextStep
from cases.services import steps
from families.models import Family
from interface.latvian import weekday_date
from municipalities.working_days import next_working_day
from privacy import audit
from privacy.access import signed_in
from reports.plan_lines import month_after, plan_lines, step_id
from reports.sections import BY_KEY, PLANS_KEY
from reports.views.fetch import own_report


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def plan_line(request, desk, month, number):
    """The form of a planned step with the words of the line; the day is chosen."""
    report = own_report(request, desk, month)
    line = next((one for one in plan_lines(report) if one.number == number), None)
    if line is None:
        raise Http404
    back = _back(report)
    if line.step:
        messages.info(request, _("This line stands in the plan already."))
        return redirect(back)
    form = _form(request, report, line)
    if form.is_valid():
        step = steps.plan(form.planned(), by=request.user)
        day = weekday_date(step.due_on)
        messages.success(request, _("Planned for: %(day)s.") % {"day": day.lower()})
        return redirect(back)
    if request.method != "POST":
        audit.record(
            request.user, audit.Verb.LIST, Family, count=len(form.options.families)
        )
        audit.record(request.user, audit.Verb.READ, report, page="plan")
    context = {"form": form, "step": None, "back": back}
    status = 422 if form.errors else 200
    return render(request, "cases/step_form.html", context, status=status)


def _back(report):
    """The list of lines: beside the text while it is written, later below it."""
    if not report.is_writable:
        return f"{report.get_absolute_url()}#plan-lines"
    part = [*report.url_args, BY_KEY[PLANS_KEY]]
    return f"{reverse('reports:section', args=part)}#plan-lines"


def _form(request, report, line):
    """Whatever the browser sends, the step of a line has the id of the line."""
    section = report.sections.get(key=PLANS_KEY)
    number = step_id(section, line.words)
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None:
        data["client_uuid"] = str(number)
    today = timezone.localdate()
    initial = {
        "client_uuid": number,
        "text": line.words,
        "kind": Kind.INSTITUTION_MEETING,
        "due_on": next_working_day(max(month_after(report), today)).isoformat(),
    }
    options = Options(request.user, today)
    step = NextStep(mediator=request.user)
    return StepForm(data, initial=initial, options=options, step=step)

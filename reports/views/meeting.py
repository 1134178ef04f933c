"""The monthly meeting about a report (R194)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from families.views.names import keep_decision
from privacy import audit
from privacy.access import signed_in
from reports.forms.meeting import MeetingForm, MeetingOfAnotherForm
from reports.models import ReportMeeting
from reports.names import text_check
from reports.views.fetch import report_to_discuss


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def meeting(request, desk, month):
    """Write down that the report was talked about, with whom and what was agreed."""
    report = report_to_discuss(request, desk, month)
    is_own = report.mediator_id == request.user.pk
    meeting = ReportMeeting(report=report, by=request.user)
    if is_own:
        form = MeetingForm(
            request.POST or None, instance=meeting, text_check=text_check(report)
        )
        keep_decision(request, form)
    else:
        form = MeetingOfAnotherForm(request.POST or None, instance=meeting)
    if form.is_valid():
        if not any(form.instance.is_like(known) for known in report.meetings.all()):
            meeting = form.save()
            audit.record(request.user, audit.Verb.CREATE, meeting)
        messages.success(request, _("The meeting is written down."))
        return redirect(report)
    audit.record_opening(request, report, page="meeting")
    context = {"report": report, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "reports/meeting.html", context, status=status)

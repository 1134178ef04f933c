"""The report leaves the house: PDF, mail, the page behind the link."""

import logging

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mediators.links import behind_link
from privacy import audit
from privacy.access import signed_in
from reports import wording
from reports.forms.delivery import AskAnswerForm, ReceiptForm, RecipientsForm
from reports.models import Ask, Delivery, MonthlyReport
from reports.pdf import SECONDS_OF_PREVIEW, PdfFailed, report_pdf
from reports.services import delivery as services
from reports.services.review import figures_for
from reports.snapshot import Snapshot, take
from reports.views.fetch import report_to_deliver
from reports.workflow import ActionNotAllowed, Status

logger = logging.getLogger(__name__)


@signed_in
@transaction.non_atomic_requests
@require_safe
def pdf(request, desk, month):
    """The PDF of the newest version, or the preview of a report not yet approved.

    Drawing takes seconds, and on SQLite a transaction would make everybody wait.
    """
    report = get_object_or_404(
        MonthlyReport.objects.visible_to(request.user), desk=desk, month=month
    )
    if report.is_final:
        return _stored(request, report, report.versions.first())
    if report.status == Status.RETURNED and report.mediator != request.user:
        messages.info(
            request,
            _(
                "The report is being corrected. Its preview is back when it is handed in."
            ),
        )
        return redirect("reports:review", *report.url_args)
    return _preview(request, report)


@signed_in
@require_safe
def pdf_version(request, desk, month, number):
    report = get_object_or_404(
        MonthlyReport.objects.visible_to(request.user), desk=desk, month=month
    )
    version = get_object_or_404(report.versions, number=number)
    return _stored(request, report, version)


def _stored(request, report, version):
    if not version.has_pdf:
        messages.info(
            request,
            _("The PDF is not ready yet. The approval stands; try again in a minute."),
        )
        return redirect(report)
    with transaction.atomic():
        audit.record(request.user, audit.Verb.PDF, report, version=version.number)
    return _file(version)


def _file(version):
    return FileResponse(
        version.pdf.open(),
        as_attachment=True,
        filename=Snapshot.from_json(version.snapshot).file_name,
        content_type="application/pdf",
    )


def _preview(request, report):
    snapshot = take(report, figures_for(report))
    try:
        content = report_pdf(snapshot, seconds=SECONDS_OF_PREVIEW).content
    except PdfFailed:
        logger.exception("The preview of report %s could not be made", report.pk)
        messages.error(
            request,
            _("The preview could not be made. Your texts are safe; try again later."),
        )
        return redirect(report)
    with transaction.atomic():
        audit.record(request.user, audit.Verb.PDF, report, version=0)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{snapshot.file_name}"'
    return response


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def send(request, desk, month):
    """Who will receive the report; the button sends it, also for a second time."""
    report = get_object_or_404(
        MonthlyReport.objects.deliverable_by(request.user), desk=desk, month=month
    )
    typed = request.POST if request.method == "POST" else None
    form = RecipientsForm(typed, report=report)
    if form.is_valid():
        people = [person.pk for person in form.cleaned_data["people"]]
        try:
            deliveries = services.request_delivery(
                report, by=request.user, people=people
            )
        except ActionNotAllowed as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _is_on_its_way(len(deliveries)))
            if len(deliveries) < len(people):
                messages.info(request, _got_it_just_now(len(people) - len(deliveries)))
            return redirect(report)
    audit.record_opening(request, report, page="send")
    has_people = form.fields["people"].queryset.exists()
    context = {"report": report, "form": form, "has_people": has_people}
    status = 422 if form.errors else 200
    return render(request, "reports/send.html", context, status=status)


def _is_on_its_way(count):
    return ngettext(
        "The report is on its way to %(count)d person.",
        "The report is on its way to %(count)d people.",
        count,
    ) % {"count": count}


def _got_it_just_now(count):
    return ngettext(
        "%(count)d person was sent the report less than two minutes ago and gets no "
        "second mail.",
        "%(count)d people were sent the report less than two minutes ago and get no "
        "second mail.",
        count,
    ) % {"count": count}


@signed_in
@require_POST
def revoke(request, desk, month, pk):
    """End a link that was sent: its page says so and shows nothing more."""
    report = report_to_deliver(request, desk, month)
    delivery = get_object_or_404(
        Delivery.objects.editable_by(request.user), pk=pk, version__report=report
    )
    services.revoke(delivery, by=request.user)
    messages.success(request, _("The link no longer works."))
    return redirect(report)


def _opened(token):
    """The delivery of a link and the status of its page: 200, 404 unknown, 410 over."""
    found = Delivery.objects.with_token(token).select_related("version__report").first()
    if found is None:
        return None, 404
    return found, 200 if found.is_valid else 410


@require_safe
@behind_link
def public(request, token):
    """The report for the contact person. Opening it confirms nothing: scanners open links."""
    delivery, status = _opened(token)
    if status != 200:
        return _over(request, delivery, status)
    audit.record(None, audit.Verb.LINK_VIEW, delivery)
    return _letter(request, delivery, token, ReceiptForm())


def _over(request, delivery, status):
    """The link opens nothing; whoever holds an older mail hears that there is a newer one."""
    is_replaced = delivery is not None and delivery.version.is_replaced
    context = {"is_replaced": is_replaced}
    return render(request, "reports/public_over.html", context, status=status)


@csp_update(settings.FUNDING.POLICY)
def _letter(request, delivery, token, form, status=200):
    snapshot = Snapshot.from_json(delivery.version.snapshot)
    context = {
        "delivery": delivery,
        "version": delivery.version,
        "token": token,
        "form": form,
        "snapshot": snapshot,
        "front": wording.front_page(snapshot),
        "asks": delivery.version.report.asks.live()
        .filter(code__in=[row.code for row in snapshot.asks])
        .with_answer_of(delivery),
        "choices": Ask.Answer,
        "is_thanked": "paldies" in request.GET,
    }
    return render(request, "reports/public.html", context, status=status)


@require_safe
@behind_link
def public_pdf(request, token):
    delivery, status = _opened(token)
    if status != 200:
        return _over(request, delivery, status)
    if not delivery.version.has_pdf:
        return redirect("reports:public", token)
    audit.record(None, audit.Verb.LINK_VIEW, delivery, version=delivery.version.number)
    return _file(delivery.version)


# The token is the secret that a forger would need, and the pages behind a link work
# in mail programs that keep no cookies.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def acknowledge(request, token):
    """The button of the contact person; only a POST counts, and only the first."""
    if request.method != "POST":
        return redirect("reports:public", token)
    delivery, status = _opened(token)
    if status != 200:
        return _over(request, delivery, status)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return _letter(request, delivery, token, form, status=422)
    first = services.acknowledge(delivery, remark=form.cleaned_data["remark"])
    if not first and form.cleaned_data["remark"] not in ("", delivery.remark):
        form.add_error(
            "remark",
            _(
                "The receipt has been confirmed before, so this was not added. Please "
                "write it to the coordinator by e-mail."
            ),
        )
        return _letter(request, delivery, token, form, status=409)
    response = redirect("reports:public", token)
    if first:
        response["Location"] += "?paldies"
    return response


# As above
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def answer(request, token, code):
    """What the contact person says to one ask; the last word counts."""
    if request.method != "POST":
        return redirect("reports:public", token)
    delivery, status = _opened(token)
    if status != 200:
        return _over(request, delivery, status)
    ask = delivery.version.report.asks.live().filter(code=code).first()
    if ask is None:
        # Not by an exception, which would leave without the headers of such pages
        return render(request, "404.html", status=404)
    form = AskAnswerForm(request.POST)
    if form.is_valid():
        ask.note_answer(delivery, form.cleaned_data["answer"])
        audit.record(None, audit.Verb.ACKNOWLEDGE, ask)
    response = redirect("reports:public", token)
    response["Location"] += "#atbildes"
    return response

"""Take a report out of the scope of the person who asks, or answer 404."""

from django.shortcuts import get_object_or_404

from reports.models import MonthlyReport


def own_report(request, desk, month):
    """A report of the signed-in mediator."""
    reports = MonthlyReport.objects.visible_to(request.user)
    return _one(reports.filter(mediator=request.user), request, desk, month)


def report_of_another(request, desk, month):
    """A report that the signed-in person reads but did not write."""
    reports = MonthlyReport.objects.visible_to(request.user)
    return _one(reports.exclude(mediator=request.user), request, desk, month)


def report_to_review(request, desk, month):
    """A submitted report on which the signed-in coordinator may decide."""
    reports = MonthlyReport.objects.reviewable_by(request.user)
    return _one(reports, request, desk, month)


def report_to_deliver(request, desk, month):
    """An approved report that the signed-in coordinator may send or open again."""
    reports = MonthlyReport.objects.deliverable_by(request.user)
    return _one(reports, request, desk, month)


def report_to_discuss(request, desk, month):
    """An approved report whose meeting the signed-in person may write down."""
    reports = MonthlyReport.objects.discussable_by(request.user)
    return _one(reports, request, desk, month)


def any_report(request, desk, month):
    """A report that the signed-in person wrote or may read."""
    reports = MonthlyReport.objects.visible_to(request.user)
    return _one(reports, request, desk, month)


def _one(reports, request, desk, month):
    """While somebody writes into a report, others who want to write wait."""
    if request.method == "POST":
        reports = reports.select_for_update(of=("self",), no_key=True)
    reports = reports.select_related("mediator", "municipality")
    return get_object_or_404(reports.filter(desk=desk), month=month)

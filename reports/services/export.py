"""Take results out of the system: one workbook, logged and audited."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from interface.latvian import clock, full_date
from municipalities.models import Municipality
from privacy import audit
from reports.models import ExportLog, MonthlyReport
from reports.reach import in_use, scope_of
from reports.resources import (
    CaseResource,
    ClassifierResource,
    DictionaryResource,
    IndicatorResource,
    ReportResource,
    VisitAreaResource,
    VisitFamilyResource,
    VisitResource,
)
from reports.workbook import write
from reports.workflow import FINAL

LANGUAGE = "lv"
"""Workbooks are kept and compared: one language, whoever takes them out."""


@dataclass(frozen=True)
class Export:
    """What one workbook is about."""

    period: object
    places: list
    by: object


def file_name(period):
    return f"Tilts_rezultati_{period.first:%Y-%m}_{period.last:%Y-%m}.xlsx"


@transaction.atomic
def export_results(file, period, *, by):
    """Fill ``file`` with the results of a period. ``by`` is None on the command line.

    An export that cannot be logged does not happen: the file is handed over only
    after this has returned.
    """
    with translation.override(LANGUAGE):
        places = in_use(Municipality.objects.all(), period)
        rows = write(
            file,
            sheets_of(period, places),
            about(Export(period, places, by)),
            about_title=_("Read me"),
        )
    return log_export(period, by=by, rows=rows)


def log_export(period, *, by, rows, municipality=None, **audited):
    """Note who took what out. ``rows`` counts the rows of each sheet by its name.

    ``audited`` are further ids and codes for the audit entry.
    """
    log = ExportLog.objects.create(
        by=by,
        first=period.first,
        last=period.last,
        municipality=municipality,
        sheets=rows,
        rows=sum(rows.values()),
    )
    audit.record(
        by,
        audit.Verb.EXPORT,
        log,
        first=period.first,
        last=period.last,
        sheets=list(rows),
        rows=log.rows,
        **audited,
    )
    return log


def sheets_of(period, places):
    """The sheets of the workbook in their order."""
    scope = scope_of(period, None)
    sheets = [
        IndicatorResource(scope, places=places),
        VisitResource(scope),
        VisitAreaResource(scope),
        VisitFamilyResource(scope),
        CaseResource(scope),
        ReportResource(scope),
        ClassifierResource(scope, places=places),
    ]
    sheets = [sheet for sheet in sheets if sheet.is_needed()]
    return [*sheets, DictionaryResource(sheets)]


def about(export):
    """The first sheet: what the file is, and how to treat it."""
    now = timezone.localtime()
    period = export.period
    reports = MonthlyReport.objects.filter(
        month__gte=period.first, month__lte=period.last
    )
    made = _("%(date)s at %(time)s") % {"date": full_date(now), "time": clock(now)}
    return [
        (_("Tilts, export"), ""),
        (_("Period"), f"{full_date(period.first)}–{full_date(period.last)}"),
        (
            _("Municipalities"),
            ", ".join(place.label_lv for place in export.places)
            or pgettext("municipalities", "None"),
        ),
        (
            pgettext("workbook", "Made"),
            f"{made}, {export.by.full_name}" if export.by else made,
        ),
        (
            _("Version of the data"),
            _(
                "All log entries, also of months whose report is not approved yet. "
                "Approved reports: %(approved)s of %(all)s."
            )
            % {
                "approved": reports.filter(status__in=FINAL).count(),
                "all": reports.count(),
            },
        ),
        (
            _("Personal data"),
            _(
                "The file holds no names, addresses, phones or notes of families. "
                "Codes stand for families, cases and mediators."
            ),
        ),
        (
            _("Small numbers"),
            _(
                "Numbers from 1 to 4 are not hidden here. Do not publish them: in a "
                "small place people could be recognised."
            ),
        ),
        (
            _("How to use it"),
            _(
                "In the sheet “Visits” one row is one entry. Insert a pivot table from "
                "the table tbl_apmeklejumi. The sheet “Data dictionary” explains each "
                "column."
            ),
        ),
    ]

"""Take results out of the system: one file with all sheets, logged and audited."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from interface.latvian import clock, full_date
from municipalities.models import Municipality
from privacy import audit
from privacy.moment import one_moment
from reports import flat_files, workbook
from reports.documents.events import register
from reports.models import ExportLog, FileType, MonthlyReport
from reports.reach import in_use, scope_of
from reports.resources import (
    AchievementResource,
    AskResource,
    CaseResource,
    ClassifierResource,
    DictionaryResource,
    EventPeopleResource,
    EventResource,
    EventTotalResource,
    IndicatorResource,
    PaidHoursResource,
    ProgrammeStepResource,
    RecommendationResource,
    ReferralResource,
    ReportResource,
    SurveyResource,
    VisitAreaResource,
    VisitFamilyResource,
    VisitResource,
)

LANGUAGE = "lv"
"""Files are kept and compared: one language, whoever takes them out."""


EVERYTHING = gettext_lazy(
    "All log entries, also of months whose report is not approved yet. "
    "Approved reports: %(approved)s of %(all)s."
)
APPROVED_ONLY = gettext_lazy(
    "Log entries and indicators of months whose report is approved. Cases, reports "
    "and events are told as they stand, also of other months; which cases the indicators "
    "count, the columns “Counted as …” of the sheet “Cases” say. "
    "Approved reports: %(approved)s of %(all)s."
)
WRITERS = {
    FileType.EXCEL: workbook.write,
    FileType.CSV: flat_files.write_csv,
    FileType.JSON: flat_files.write_json,
}


@dataclass(frozen=True)
class About:
    """What one file is about."""

    period: object
    places: list
    approved_only: bool
    by: object


def export_results(
    file, period, *, by, approved_only=False, file_type=FileType.EXCEL, **why
):
    """Fill ``file`` with the results of a period. ``by`` is None on the command line.

    ``why`` is purpose and recipient, for the log.

    The file is handed over only after this has returned: an export that cannot be
    logged does not happen.
    """
    rows = fill(file, period, by=by, approved_only=approved_only, file_type=file_type)
    return log_export(
        period,
        by=by,
        rows=rows,
        file_type=file_type,
        approved_only=approved_only,
        **why,
    )


def fill(file, period, *, by, approved_only=False, file_type=FileType.EXCEL, told=None):
    """Write the results of a period as they are at one moment; returns rows by sheet.

    ``approved_only`` leaves out the entries and indicators of months whose report is not
    approved; cases, reports and events are told as they stand.
    What is handed in, given back or logged meanwhile is in all sheets or in none.
    ``told(done, of)`` is called now and then with numbers of rows. Raises OSError.
    """
    with translation.override(LANGUAGE), one_moment():
        places = in_use(Municipality.objects.all(), period)
        return WRITERS[file_type](
            file,
            sheets_of(scope_of(period, None, approved_only=approved_only), places),
            about(About(period, places, approved_only, by)),
            about_title=_("Read me"),
            told=told,
        )


@transaction.atomic
def log_export(
    period,
    *,
    by,
    rows,
    municipality=None,
    file_type="",
    purpose="",
    recipient="",
    **audited,
):
    """Note who took what out, why and for whom. ``rows`` counts those of each sheet by its name.

    ``recipient`` is a text, which the audit does not hold. ``audited`` are further ids and
    codes for the audit entry.
    """
    log = ExportLog.objects.create(
        by=by,
        first=period.first,
        last=period.last,
        municipality=municipality,
        sheets=rows,
        rows=sum(rows.values()),
        made_as=file_type,
        purpose=purpose,
        recipient=recipient,
    )
    audit.record(
        by,
        audit.Verb.EXPORT,
        log,
        first=period.first,
        last=period.last,
        sheets=list(rows),
        rows=log.rows,
        **({"file_type": str(file_type)} if file_type else {}),
        **({"purpose": str(purpose)} if purpose else {}),
        **audited,
    )
    return log


def sheets_of(scope, places):
    """The sheets of the workbook in their order: of each period the same, but for long ones."""
    events = register(scope.period, tells_all=True)
    sheets = [
        IndicatorResource(scope, places=places),
        VisitResource(scope),
        VisitAreaResource(scope),
        VisitFamilyResource(scope),
        CaseResource(scope),
        ReferralResource(scope),
        AchievementResource(scope),
        ProgrammeStepResource(scope),
        ReportResource(scope),
        AskResource(scope),
        EventTotalResource(events),
        EventResource(events),
        EventPeopleResource(events),
        SurveyResource(scope),
        RecommendationResource(scope),
        PaidHoursResource(scope, places=places),
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
            (APPROVED_ONLY if export.approved_only else EVERYTHING)
            % {
                "approved": reports.approved().count(),
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
                "Numbers from 1 to 4 are not hidden here: it is a working file of the "
                "team. Neither publish it nor pass it on, because in a small place people "
                "could be recognised. Documents for others hide them."
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

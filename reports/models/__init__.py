"""The result: monthly reports, their review, their versions and their delivery."""

from reports.models.api_token import ApiScope, ApiToken
from reports.models.ask import Ask, AskEvent
from reports.models.export import (
    DocumentKind,
    Export,
    ExportLog,
    ExportPurpose,
    FileType,
)
from reports.models.kept_results import KeptResults
from reports.models.letter import Letter
from reports.models.meeting import ReportMeeting
from reports.models.report import MonthlyReport, ReportEvent
from reports.models.section import Comment, ReportSection
from reports.models.target import Target
from reports.models.told_part import ToldPart
from reports.models.version import Delivery, ReportVersion

__all__ = [
    "ApiScope",
    "ApiToken",
    "Ask",
    "AskEvent",
    "Comment",
    "Delivery",
    "DocumentKind",
    "Export",
    "ExportLog",
    "ExportPurpose",
    "FileType",
    "KeptResults",
    "Letter",
    "MonthlyReport",
    "ReportEvent",
    "ReportMeeting",
    "ReportSection",
    "ReportVersion",
    "Target",
    "ToldPart",
]

"""What the workbook holds: every column is declared here once.

The writer, the data dictionary and import-export read the same declarations, so a
new column is one entry in one of these classes.
"""

from reports.resources.columns import Column, Sheet, Type
from reports.resources.evaluation import RecommendationResource, SurveyResource
from reports.resources.events import (
    EventPeopleResource,
    EventResource,
    EventTotalResource,
)
from reports.resources.framework import (
    FrameworkPeopleResource,
    FrameworkResource,
)
from reports.resources.numbers import IndicatorResource
from reports.resources.participants import ParticipantResource
from reports.resources.project import (
    AnsweredResource,
    AreaResource,
    CityResource,
    RecommendedResource,
    SupportResource,
    WordsResource,
)
from reports.resources.reached import AchievementResource, ProgrammeStepResource
from reports.resources.reference import ClassifierResource, DictionaryResource
from reports.resources.requests import AskResource, ReferralResource
from reports.resources.states import CaseResource, ReportResource
from reports.resources.summary import CooperationResource, SummaryResource
from reports.resources.visits import (
    VisitAreaResource,
    VisitFamilyResource,
    VisitResource,
)
from reports.resources.work_time import (
    PaidHoursResource,
    WorkTimeResource,
    WorkTimeTotalResource,
)

__all__ = [
    "AchievementResource",
    "AnsweredResource",
    "AreaResource",
    "AskResource",
    "CaseResource",
    "CityResource",
    "ClassifierResource",
    "Column",
    "CooperationResource",
    "DictionaryResource",
    "EventPeopleResource",
    "EventResource",
    "EventTotalResource",
    "FrameworkPeopleResource",
    "FrameworkResource",
    "IndicatorResource",
    "PaidHoursResource",
    "ParticipantResource",
    "ProgrammeStepResource",
    "RecommendationResource",
    "RecommendedResource",
    "ReferralResource",
    "ReportResource",
    "Sheet",
    "SummaryResource",
    "SupportResource",
    "SurveyResource",
    "Type",
    "VisitAreaResource",
    "VisitFamilyResource",
    "VisitResource",
    "WordsResource",
    "WorkTimeResource",
    "WorkTimeTotalResource",
]

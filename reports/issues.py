"""The numbers of matters of many families: told to the municipality, and solved."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from cases.models import CommunityIssue, IssueStatus
from reports.counting import Indicator, Source, Unit

REPORTED_ISSUES = Source(
    what="community issues, by the day they were told to the municipality",
    rows=lambda scope: scope.narrow(
        CommunityIssue.objects.all(), days="reported_on", area="area"
    ),
    municipality="municipality",
    day="reported_on",
)
DECIDED_ISSUES = Source(
    what="community issues, by the day they were decided",
    rows=lambda scope: scope.narrow(
        CommunityIssue.objects.all(), days="decided_on", area="area"
    ),
    municipality="municipality",
    day="decided_on",
)
ISSUES = (
    Indicator(
        "issues",
        "I20",
        _("Community issues reported"),
        _("Matters of many families that were told to the municipality in the period."),
        Unit.ISSUES,
        REPORTED_ISSUES,
        Count("pk"),
    ),
    Indicator(
        "solved_issues",
        "I20S",
        _("Community issues solved"),
        _(
            "Matters of many families, whenever they were told, that were solved in the "
            "period."
        ),
        Unit.ISSUES,
        DECIDED_ISSUES,
        Count("pk", filter=Q(status=IssueStatus.SOLVED)),
    ),
)

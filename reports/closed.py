"""How cases ended, and with which of them the institution acted alongside (I25, I26).

How a case ended otherwise than solved stays in the team. Cases in work are those before,
with the new ones and without the closed ones: told beside them, each outcome would give
away what the other numbers hide.
"""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Outcome
from reports.counting import VISITS, Indicator, Source, Unit

CLOSED_CASES = Source(
    what="cases, by the day they were closed",
    rows=lambda scope: scope.narrow(Case.objects.all(), days="closed_on", area="area"),
    municipality="municipality",
    day="closed_on",
)
COORDINATED = Count("case", distinct=True, filter=Q(is_coordinated=True))


def _ended(key, code, label, definition, outcome):
    return Indicator(
        *(key, code, label, definition, Unit.CASES, CLOSED_CASES),
        Count("pk", filter=Q(outcome=outcome)),
        stays_in_team=True,
    )


CLOSED = (
    _ended(
        "handed_over_cases",
        "I25H",
        _("Cases handed over"),
        _(
            "Cases closed in the period with the outcome “handed over”. Told in the team "
            "alone."
        ),
        Outcome.HANDED_OVER,
    ),
    _ended(
        "stopped_cases",
        "I25S",
        _("Stopped cases"),
        _(
            "Cases closed in the period with the outcome “stopped”. Told in the team alone."
        ),
        Outcome.STOPPED,
    ),
    Indicator(
        "uncoordinated_cases",
        "I26U",
        _("Cases without coordinated action"),
        _(
            "Different cases with a log entry of the period, none of which was coordinated "
            "with the institution."
        ),
        Unit.CASES,
        VISITS,
        Count("case", distinct=True) - COORDINATED,
    ),
)

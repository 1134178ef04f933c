"""Indicators of what municipal staff answered in surveys that are over (I24)."""

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from evaluation.questions import Scale
from evaluation.results import told_answers
from reports.counting import Indicator, Source, Unit


def _rows(scope):
    """Of municipalities with enough answers; they are of no mediator and no area of work."""
    rows = told_answers(scope.first, scope.last)
    if scope.mediator is not None or scope.area:
        return rows.none()
    if scope.municipalities is not None:
        rows = rows.filter(sheet__link__municipality__in=scope.municipalities)
    return rows


SCALE_ANSWERS = Source(
    what="answers on the scale of surveys of municipal staff, by the last day of the "
    "survey",
    rows=_rows,
    municipality="sheet__link__municipality",
    day="sheet__link__round__closes_on",
    is_of_mediators=False,
)


def _answered(key, code, label, point):
    return Indicator(
        key,
        code,
        label,
        _(
            "Answers on the three-point scale in surveys of municipal staff that ended in "
            "the period, of municipalities with at least five answer sheets."
        ),
        Unit.ANSWERS,
        SCALE_ANSWERS,
        Count("pk", filter=Q(value=point)),
    )


ANSWERED = (
    _answered("survey_yes", "I24", _("Survey of staff: “Yes”"), Scale.YES),
    _answered("survey_some", "I24S", _("Survey of staff: “In some cases”"), Scale.SOME),
    _answered("survey_no", "I24N", _("Survey of staff: “No”"), Scale.NO),
)

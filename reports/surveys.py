"""What municipal staff answered, beside the numbers of the log."""

from dataclasses import dataclass

from evaluation.models import SurveyRound
from evaluation.pictures import scale_bar, scale_rows
from evaluation.results import Results


@dataclass(frozen=True)
class Answered:
    """The survey that ended last in a time, as it may be told."""

    survey: SurveyRound
    results: Results
    is_one_place: bool

    @property
    def rows(self):
        """``[(question, row, bar)]``: of the municipality, or of all together."""
        return [
            (told.question, row, scale_bar(told, row))
            for told in self.results.scales
            for row in (told.rows[:1] if self.is_one_place else [told.total])
        ]

    @property
    def questions(self):
        """``[(question, rows)]`` by municipality, Kopā last, for a document."""
        return [(told.question, scale_rows(told)) for told in self.results.scales]


def answered(period, *, place=None, places=None):
    """The newest survey that ended in ``period``, or None where nothing may be told.

    ``place`` narrows it to one municipality, which is a queryset of itself: ``places``.
    """
    survey = (
        SurveyRound.objects.closed()
        .filter(closes_on__range=(period.first, period.last))
        .order_by("-closes_on", "-pk")
        .first()
    )
    if survey is None:
        return None
    results = Results(survey, places)
    is_told = bool(results.links) if place else results.is_told
    return Answered(survey, results, bool(place)) if is_told else None

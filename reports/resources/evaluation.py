"""What municipal staff answered and what was recommended, as rows."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from evaluation.models import FollowUp, Recommendation, SurveyRound
from evaluation.results import Results
from reports.resources.columns import Column, Sheet, Type, label_of, municipality


class SurveyResource(Sheet):
    """One row for each answer to one question in a municipality, with how many gave it.

    Nobody's answers stand together, and municipalities with few are left out.
    """

    title = pgettext_lazy("sheet", "Survey")
    table = "tbl_aptauja"

    year = Column(
        pgettext_lazy("column", "Year"),
        Type.NUMBER,
        "year",
        width=8,
        description=_("Of the last day of the survey."),
    )
    closed_on = Column(
        pgettext_lazy("column", "Last day"),
        Type.DATE,
        "closes_on",
        description=_("Tells surveys of one year apart."),
    )
    municipality = municipality("place")
    code = Column(
        pgettext_lazy("column", "Number of the question"),
        Type.IDENTIFIER,
        "code",
        width=10,
        description=_("As in the questionnaire."),
    )
    question = Column(
        pgettext_lazy("column", "Question"),
        Type.TEXT,
        "question",
        width=60,
        description=_("As it was asked."),
    )
    value = Column(
        pgettext_lazy("survey", "Answer"),
        Type.CHOICE,
        "value",
        width=40,
        description=_("What was chosen, or what words were taken to mean."),
    )
    count = Column(
        pgettext_lazy("column", "People"),
        Type.NUMBER,
        "count",
        width=10,
        description=_("How many gave this answer."),
        note=_("Municipalities with fewer than five answers are left out."),
    )

    def get_queryset(self):
        surveys = SurveyRound.objects.closed().filter(
            closes_on__range=(self.scope.first, self.scope.last)
        )
        return [
            {
                "year": survey.closes_on.year,
                "closes_on": survey.closes_on,
                "place": row.place.label_lv,
                "code": told.question.code,
                "question": str(told.question),
                "value": str(label),
                "count": row.counts[code],
            }
            for survey in surveys.select_related("questionnaire").order_by("closes_on")
            for told in Results(survey, self.scope.municipalities).questions
            for row in told.rows
            for code, label in told.question.choices
        ]


class RecommendationResource(Sheet):
    """One row for each recommendation, and for each municipality that carries it out."""

    title = pgettext_lazy("sheet", "Recommendations")
    table = "tbl_ieteikumi"

    heading = Column(
        pgettext_lazy("column", "Heading"),
        Type.CHOICE,
        "heading__label_lv",
        width=46,
        description=_("Thematic heading."),
    )
    recommendation = Column(
        pgettext_lazy("column", "Recommendation"),
        Type.TEXT,
        "text",
        width=60,
        description=_("As it stands in the register; without names of families."),
    )
    addressee = Column(
        pgettext_lazy("column", "To whom"),
        Type.CHOICE,
        "addressee__label_lv",
        width=20,
        description=_("Who is to carry it out."),
    )
    source = Column(
        pgettext_lazy("column", "Project or period"),
        Type.TEXT,
        "source",
        width=24,
        description=_("Where it comes from."),
    )
    carried_from = Column(
        pgettext_lazy("column", "Carried over from"),
        Type.TEXT,
        "carried_from__source",
        width=24,
        description=_("The earlier project or period."),
        note=_("Empty for a new one."),
    )
    municipality = municipality("follow_ups__municipality__label_lv")
    status = Column(
        pgettext_lazy("column", "How far it is"),
        Type.CHOICE,
        "follow_ups__status",
        read=label_of(FollowUp.Status),
        width=18,
        description=_("How far the municipality is."),
    )
    words = Column(
        pgettext_lazy("column", "Carried out"),
        Type.TEXT,
        "follow_ups__text",
        width=60,
        description=_("How the municipality carries it out."),
    )
    noted_on = Column(
        pgettext_lazy("column", "Day"),
        Type.DATE,
        "follow_ups__noted_on",
        description=_("As of which day."),
    )

    def get_queryset(self):
        """A row for each follow-up: a list, because counting a query leaves the join out."""
        rows = Recommendation.objects.filter(made_at__date__lte=self.scope.last)
        in_order = rows.order_by(
            "heading__position",
            "made_at",
            "pk",
            "follow_ups__municipality__label_lv",
            "follow_ups__noted_on",
        )
        return list(in_order.values(*self._sources))

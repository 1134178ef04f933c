"""What a survey that is over tells, and what it keeps to itself.

A municipality is told from five sheets on. “Kopā” counts those with fewer as well only
where they are five or more together, and where how many sheets each of them has stays as
open as “fewer than five” leaves it: so no subtraction finds the answers of few.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber

from evaluation.models import Answer, SurveyLink
from evaluation.questions import Scale
from interface.latvian import latvian_order
from municipalities.models import Municipality

WORDS_SHOWN = 100
"""So many open answers to one question stand on the page of a survey."""


@dataclass(frozen=True)
class Reach:
    """Which links of a survey are told by themselves, and which of the others in Kopā."""

    told: list[SurveyLink]
    in_total: list[SurveyLink]
    few: list[SurveyLink]
    """Those with fewer than five sheets, in Kopā or not; how many is not said."""


def reach_of(survey):
    """Who is told of a survey. Before it is over nobody is."""
    if not survey.is_closed:
        return Reach([], [], [])
    links = survey.links.select_related("municipality").annotate(size=Count("sheets"))
    links = sorted(links, key=lambda link: latvian_order(str(link.municipality)))
    told = [link for link in links if link.size >= settings.SMALL_NUMBERS_BELOW]
    few = [link for link in links if link.size < settings.SMALL_NUMBERS_BELOW]
    return Reach(told, [*told, *few] if _hide_each_other(few) else told, few)


def _hide_each_other(few):
    """Whether what all of them are together tells nothing of a single one.

    Each has four sheets at most; of many together nearly all would have to have four.
    """
    together = sum(link.size for link in few)
    most = settings.SMALL_NUMBERS_BELOW - 1
    return most < together <= most * (len(few) - 1) + 1


@dataclass(frozen=True)
class Row:
    """How one municipality, or all together, answered one question.

    ``counts`` are people by code of the answer, ``sheets`` all that were handed in:
    “Aptaujāto skaits”.
    """

    place: Municipality | None
    counts: Counter
    sheets: int

    @property
    def left_out(self):
        """Of a scale: who handed in a sheet without an answer to this question (R217)."""
        return self.sheets - sum(self.counts[point] for point in Scale)


@dataclass(frozen=True)
class Told:
    """One question with its rows by municipality; ``total`` is that of Kopā."""

    question: object
    rows: list[Row]
    total: Row

    @property
    def options(self):
        """``[(code, label, count in Kopā)]``, most first; a scale keeps its order."""
        found = [
            (code, label, self.total.counts[code])
            for code, label in self.question.choices
        ]
        if self.question.is_scale:
            return found
        return sorted(found, key=lambda option: -option[2])

    @property
    def table(self):
        """The municipalities, Kopā last."""
        return [*self.rows, self.total]

    @property
    def grid(self):
        """``[(code, label, counts)]``: Kopā first, then the municipalities."""
        rows = (self.total, *self.rows)
        return [
            (code, label, [row.counts[code] for row in rows])
            for code, label, _count in self.options
        ]


class Words(NamedTuple):
    """Open answers to one question: ``(municipality, answer)``, and how many there are."""

    question: object
    cards: list
    count: int


class Results:
    """A survey that is over, for some municipalities: all, or those of a coordinator."""

    def __init__(self, survey, places=None):
        self.survey = survey
        self.reach = reach_of(survey)
        pks = None if places is None else set(places.values_list("pk", flat=True))
        self.links = [
            link
            for link in self.reach.told
            if pks is None or link.municipality_id in pks
        ]
        self.few = [
            link.municipality
            for link in self.reach.few
            if pks is None or link.municipality_id in pks
        ]

    @property
    def sheets(self):
        """In Kopā."""
        return sum(link.size for link in self.reach.in_total)

    @property
    def is_told(self):
        return bool(self.reach.in_total)

    @property
    def crowded(self):
        """Links where as many as may be told came at once from one network."""
        limit = settings.SMALL_NUMBERS_BELOW
        return [link for link in self.links if link.at_once >= limit]

    @property
    def leaves_few_out(self):
        """Kopā is without the municipalities with few sheets."""
        return bool(self.reach.few) and len(self.reach.in_total) == len(self.reach.told)

    @cached_property
    def _counts(self):
        """``{link: {question: Counter}}``: each sheet once for what it chose or meant."""
        answers = Answer.objects.filter(
            sheet__link__in=[link.pk for link in self.reach.in_total]
        ).order_by()
        found = defaultdict(Counter)
        # A code stands once on a sheet
        chosen = answers.exclude(value="").values_list(
            "sheet__link", "question", "value"
        )
        for link, question, code, count in chosen.annotate(n=Count("pk")):
            found[link, question][code] = count
        for link, question, code, count in self._meant(answers):
            found[link, question][code] += count
        return found

    @staticmethod
    def _meant(answers):
        """``(link, question, code, sheets)`` of words that mean a code which their sheet
        did not choose too."""
        coded = answers.filter(value="").exclude(codes=[])
        beside = Answer.objects.filter(
            sheet__in=coded.values("sheet"), question__in=coded.values("question")
        ).exclude(value="")
        chosen = set(beside.values_list("sheet", "question", "value"))
        meant = {
            (link, question, code, sheet)
            for link, question, sheet, codes in coded.values_list(
                "sheet__link", "question", "sheet", "codes"
            )
            for code in codes
            if (sheet, question, code) not in chosen
        }
        counts = Counter(row[:3] for row in meant)
        return [(*key, count) for key, count in counts.items()]

    @cached_property
    def questions(self):
        """Everything that can be counted."""
        return [
            self._told(question)
            for question in self.survey.questions
            if not question.is_text
        ]

    @property
    def scales(self):
        return [told for told in self.questions if told.question.is_scale]

    def _told(self, question):
        rows = [self._row(link.municipality, [link], question) for link in self.links]
        return Told(question, rows, self._row(None, self.reach.in_total, question))

    def _row(self, place, links, question):
        counts = sum(
            (self._counts.get((link.pk, question.code), Counter()) for link in links),
            Counter(),
        )
        return Row(place, counts, sum(link.size for link in links))

    @cached_property
    def words(self):
        """Looked-through open answers of the municipalities that are told, by question.

        ``[Words]``, of each at most ``WORDS_SHOWN``; an extra question stands at the end.
        """
        of_links = {link.pk: link for link in self.links}
        shown = Answer.objects.texts().filter(
            sheet__link__in=list(of_links), status=Answer.Status.SHOWN
        )
        first = shown.annotate(
            place_in_line=Window(RowNumber(), partition_by="question", order_by="pk"),
            of_question=Window(Count("pk"), partition_by="question"),
        ).filter(place_in_line__lte=WORDS_SHOWN)
        by_question, counts = defaultdict(list), {}
        for answer in first.select_related("sheet").order_by("pk"):
            link = of_links[answer.sheet.link_id]
            by_question[answer.question].append((link.municipality, answer))
            counts[answer.question] = answer.of_question
        asked = {question.code: question for question in self.survey.questions}
        for link in self.links:
            if link.extra:
                asked.setdefault(link.extra.code, link.extra)
        return [
            Words(question, by_question[code], counts[code])
            for code, question in asked.items()
            if by_question[code]
        ]


def to_moderate(survey):
    """Open answers of a survey that somebody may read: none of too few people."""
    return (
        Answer.objects.texts()
        .filter(sheet__link__in=[link.pk for link in reach_of(survey).in_total])
        .select_related("sheet__link__municipality")
    )


def told_answers(first, last):
    """Answers on scales of surveys that ended in a time, of municipalities that are told.

    A queryset, for whoever counts them: small municipalities are not in it, and neither
    is what could be found by subtraction, because nothing else is counted.
    """
    ended = SurveyLink.objects.filter(round__closes_on__range=(first, last))
    ended = ended.filter(
        round__in=SurveyLink.round.field.related_model.objects.closed()
    )
    told = ended.alias(size=Count("sheets")).filter(
        size__gte=settings.SMALL_NUMBERS_BELOW
    )
    return Answer.objects.filter(
        Q(value__in=Scale.values), sheet__link__in=told.values("pk")
    )

"""A report as its readers see it: its parts in order, with words, comments and state."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from interface import latvian
from reports.changes import marked
from reports.models import ReportSection
from reports.room import why_not_yet, why_not_yet_asked
from reports.sections import FIGURES_KEY, SUPPORT_KEY

PARAGRAPH = re.compile(r"\n\s*\n")
MINUS = "\N{MINUS SIGN}"


class State(NamedTuple):
    """A tag: colour, icon and word; without a colour the word stands alone."""

    colour: str
    icon: str
    word: str | Promise


@dataclass(frozen=True)
class Part:
    """One part of a report with the talk about it."""

    section: ReportSection
    comments: list
    asks: list
    changes: tuple = ()
    """Pieces of the old and the new text, if it changed since it was given back."""

    @property
    def key(self):
        return self.section.key

    @property
    def title(self):
        return self.section.title

    @property
    def is_figures(self):
        return self.key == FIGURES_KEY

    @property
    def is_support(self):
        return self.key == SUPPORT_KEY

    @property
    def slug(self):
        """What stands in the address of a part that the mediator writes."""
        return self.section.definition.slug if self.section.is_narrative else ""

    @property
    def is_unready(self):
        """What is written is too long, or an ask is not complete."""
        if self.section.is_narrative:
            return bool(why_not_yet(self.section))
        return any(why_not_yet_asked(ask) for ask in self.asks)

    @property
    def open_comments(self):
        return [comment for comment in self.comments if comment.is_open]

    @property
    def quotes(self):
        """The words that open comments are about."""
        return [comment.quote for comment in self.open_comments if comment.quote]

    @property
    def passages(self):
        """Lines or paragraphs, each as pieces with the quoted words marked."""
        section = self.section
        is_list = section.definition.lines
        texts = section.lines if is_list else PARAGRAPH.split(section.text.strip())
        return [marked(text, self.quotes) for text in texts]

    @property
    def review_state(self):
        """commented, accepted or unread, as the coordinator's list of parts shows it."""
        if self.open_comments:
            return "commented"
        return "accepted" if self.section.is_accepted else "unread"

    @property
    def is_reviewed(self):
        return self.review_state != "unread"

    @property
    def writing_state(self):
        """How far the mediator has come."""
        if self.open_comments:
            count = len(self.open_comments)
            question = ngettext("%(count)d question", "%(count)d questions", count)
            return State("amber", "message-circle", question % {"count": count})
        if self.is_figures:
            return State("", "", _("Fills itself"))
        if self.is_unready:
            return State(
                "amber", "alert-triangle", pgettext("part of a report", "Not ready yet")
            )
        if self.section.is_finished:
            return State("green", "check", pgettext("part of a report", "Ready"))
        if self.section.text.strip() or self.asks:
            return State("grey", "pencil", pgettext("part of a report", "Begun"))
        if self.is_support or not self.section.definition.is_required:
            return State("", "", _("Optional"))
        return State("", "", pgettext("part of a report", "Not begun"))


def parts_of(report, changes=None):
    """All parts in the order of the page. Three queries.

    ``changes`` are the pieces of those that changed since they were given back.
    """
    talk = {}
    for comment in report.comments.select_related("author"):
        talk.setdefault(comment.section, []).append(comment)
    asks = list(report.asks.all())
    return [
        Part(
            section,
            talk.get(key, []),
            asks if key == SUPPORT_KEY else [],
            tuple((changes or {}).get(key, ())),
        )
        for key, section in report.section_map().items()
    ]


def as_given_back(parts):
    """What others see of a returned report: the words they read, not those being written.

    These may be half a sentence, and nobody has looked for names in them yet.
    """
    for part in parts:
        if not part.is_figures and part.section.read_text is not None:
            part.section.text = part.section.read_text
    return parts


@dataclass(frozen=True)
class FigureRow:
    """One of the big numbers beside that of the month before."""

    label: str
    value: Decimal
    previous: Decimal

    @property
    def change(self):
        """With its sign: +3, a real minus before 2, or 0."""
        difference = self.value - self.previous
        sign = "+" if difference > 0 else MINUS if difference < 0 else ""
        return f"{sign}{latvian.number(abs(difference))}"

    @property
    def is_up(self):
        return self.value > self.previous


def figure_rows(figures):
    """The four headline numbers; hours are told together with those of the contract."""
    return [
        FigureRow(_label(indicator, figures), value, previous)
        for indicator, value, previous, _six in figures.headline
    ]


def _label(indicator, figures):
    if indicator.key != "hours":
        return indicator.label
    return _("%(label)s (%(hours)s by contract)") % {
        "label": indicator.label,
        "hours": latvian.number(figures.contracted_hours),
    }

"""Where the team writes words that may tell who a family is, and how they are taken out."""

from typing import NamedTuple

from django.db.models import Count, Model, Q

from cases.models import (
    Advice,
    Agreement,
    Case,
    CaseEvent,
    CaseShare,
    CommunityIssue,
    Incident,
    IssueEvent,
    NextStep,
    Referral,
    SubGoal,
    Visit,
)
from data_protection.models import LegalHold, SubjectRequest
from evaluation.models import Answer, FollowUp
from events.models import Event, Testimonial
from families.models import Family, NameGrant, Residence, SafeguardingNotice
from families.names import known_to, may_be_named
from mediators.models import User
from privacy.name_check import Known, NameCheck
from reports.models import (
    Ask,
    AskEvent,
    Comment,
    MonthlyReport,
    ReportEvent,
    ReportMeeting,
    ReportSection,
)
from stories.models import Story, StoryAgreement, StoryEvent, StoryPhoto

ERASED = "[dzēsts]"
"""In place of what was erased, where something has to stand. Texts are in Latvian."""


OF_THE_PLACE = "municipality__appointments__user"
"""The way to every mediator of the municipality, whoever wrote the row."""


class Texts(NamedTuple):
    """Texts of one model, and the ways from a row to its family and its mediator."""

    model: type[Model]
    fields: tuple[str, ...]
    family: str = ""
    mediator: str = ""
    required: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] | None = None
    """Fields in which another family's row may name somebody; None for all."""

    @property
    def mentioning(self):
        return self.fields if self.elsewhere is None else self.elsewhere


WRITTEN = (
    Texts(
        Family,
        ("label", "town_part", "address", "phone", "note"),
        family="pk",
        mediator="assignments__mediator",
        elsewhere=("note",),
    ),
    Texts(Residence, ("place",), family="family", mediator="by"),
    Texts(SafeguardingNotice, ("note",), family="family", mediator="by"),
    Texts(
        Case,
        ("title", "goal", "what_helped"),
        family="family",
        mediator="mediator",
        required=("title",),
    ),
    Texts(
        CaseEvent, ("what_helped",), family="case__family", mediator="case__mediator"
    ),
    Texts(
        SubGoal,
        ("text",),
        family="case__family",
        mediator="case__mediator",
        required=("text",),
    ),
    Texts(
        CaseShare,
        ("reason",),
        family="case__family",
        mediator="by",
        required=("reason",),
    ),
    Texts(
        Advice,
        ("question", "answer"),
        family="case__family",
        mediator="by",
        required=("question",),
    ),
    Texts(Agreement, ("content",), mediator="by", required=("content",)),
    Texts(CommunityIssue, ("text", "reaction"), mediator="mediator"),
    Texts(IssueEvent, ("words",), mediator="issue__mediator"),
    Texts(Referral, ("text", "note"), family="case__family", mediator="by"),
    Texts(Incident, ("words",), family="family", mediator="mediator"),
    Texts(
        NextStep,
        ("text",),
        family="family",
        mediator="mediator",
        required=("text",),
    ),
    Texts(NameGrant, ("reason",), family="family", required=("reason",)),
    Texts(Visit, ("note", "place"), family="families", mediator="mediator"),
    Texts(SubjectRequest, ("wish", "reason"), family="family"),
    Texts(LegalHold, ("reason",), family="family", required=("reason",)),
    Texts(
        Event,
        ("title", "place", "other_organisers", "outcome", "results"),
        mediator=OF_THE_PLACE,
        required=("title",),
    ),
    Texts(Testimonial, ("text", "author"), mediator=OF_THE_PLACE, required=("text",)),
    Texts(MonthlyReport, ("coordinator_note",), mediator="mediator"),
    Texts(ReportEvent, ("comment",), mediator="report__mediator"),
    Texts(ReportSection, ("text", "answer", "read_text"), mediator="report__mediator"),
    Texts(Comment, ("quote", "text"), mediator="report__mediator"),
    Texts(Ask, ("text", "outcome"), mediator="report__mediator"),
    Texts(AskEvent, ("words",), mediator="ask__report__mediator"),
    Texts(ReportMeeting, ("agreed",), mediator="report__mediator"),
    # Written by people without an account, about families of whoever mediates there
    Texts(
        Answer,
        ("text", "shown"),
        mediator="sheet__link__municipality__appointments__user",
    ),
    Texts(
        FollowUp,
        ("text",),
        mediator="municipality__appointments__user",
        required=("text",),
    ),
    Texts(
        Story,
        (*Story.TEXTS, "told"),
        family="family",
        mediator="mediator",
        required=("title",),
    ),
    Texts(StoryEvent, ("comment",), family="story__family", mediator="story__mediator"),
    Texts(
        StoryAgreement,
        ("who",),
        family="story__family",
        mediator="story__mediator",
        required=("who",),
    ),
    Texts(
        StoryPhoto,
        ("description",),
        family="story__family",
        mediator="story__mediator",
        required=("description",),
    ),
)
"""Members are not among them: their rows go as a whole."""


def mediators_of(family):
    """Everybody who ever worked with the family, or on one of its cases."""
    return User.objects.filter(
        Q(family_assignments__family=family) | Q(cases__family=family)
    ).distinct()


def own_rows(texts, family):
    """Rows that are about this family alone."""
    rows = texts.model.objects.filter(**{texts.family: family.pk})
    if texts.model in (Story, StoryPhoto):
        # What the family wanted to stay loses its link alone (stories/services/erasing)
        story = "pk" if texts.model is Story else "story"
        rows = rows.exclude(**{f"{story}__in": Story.objects.staying().values("pk")})
    if texts.model is NextStep:
        rows = rows | NextStep.objects.filter(case__family=family)
    if texts.model is Visit:
        rows = Visit.objects.filter(pk__in=rows.values("pk"))
        rows = rows.annotate(number=Count("families")).filter(number=1)
    return rows


def rows_about(texts, family):
    """Rows about this family, also those about others besides."""
    if texts.model is Visit:
        return Visit.objects.filter(pk__in=family.visits.values("pk"))
    return own_rows(texts, family)


def rows_of(texts, mediator):
    """Rows of a mediator, or of the mediator's place; of ten years these are many."""
    rows = texts.model.objects
    # Not by distinct(): a database would compare every text with every other
    found = rows.filter(**{texts.mediator: mediator}).order_by()
    return rows.filter(pk__in=found.values("pk"))


class Finder:
    """Finds one family, or one person, in texts of a mediator.

    A word that may as well name somebody else of the mediator's families stays: it
    tells of nobody in particular. Officials and the team may be named.
    """

    def __init__(self, wanted, others, mediator, municipality):
        self.code = wanted.code
        self.check = NameCheck(
            [wanted, *others], allowed=may_be_named(mediator, municipality)
        )

    def hits(self, text):
        found = self.check.find(text) if text else []
        return [hit for hit in found if set(hit.codes) == {self.code}]


def family_finder(family, mediator, *, with_people):
    people = family.members.all() if with_people else ()
    wanted = Known(
        family.code,
        family.label,
        family.phone,
        family.address,
        people=tuple(person.name for person in people),
    )
    others = [one for one in known_to(mediator) if one.code != family.code]
    return Finder(wanted, others, mediator, family.municipality)


def person_finder(member, mediator):
    family = member.family
    others = family.members.exclude(pk=member.pk)
    rest = Known("-", "", people=tuple(person.name for person in others))
    wanted = Known(family.code, "", people=(member.name,))
    return Finder(wanted, [rest], mediator, family.municipality)


def without(text, found, instead=ERASED):
    """The text with other words in place of the hits."""
    for hit in reversed(found):
        text = text[: hit.start] + instead + text[hit.end :]
    return text

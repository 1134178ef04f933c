"""“From your log”: entries as sentences that a mediator may take over into the report.

A sentence is made of what was chosen in the entry: day, kind, institution, areas,
codes of families, outcome. Of the note only those sentences follow in which the name
check finds nobody.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from cases.models import Area, Kind, Visit
from interface.latvian import long_date_locative
from privacy.name_check import SENTENCE_END
from reports.wording import excerpt

OFFERED = 5
MORE = 15

WHERE = {
    Kind.HOME_VISIT: pgettext_lazy("where I talked", "at home"),
    Kind.INSTITUTION_MEETING: pgettext_lazy("where I talked", "in a meeting"),
    Kind.CALL: pgettext_lazy("where I talked", "on the phone or in writing"),
    Kind.ACCOMPANIMENT: pgettext_lazy("where I talked", "together with the family"),
    Kind.OFFICE_TALK: pgettext_lazy("where I talked", "at the office"),
    Kind.GROUP: pgettext_lazy("where I talked", "in a group"),
}
"""In Latvian as it stands after the day: “19. oktobrī tikšanās reizē …”."""

ABOUT = {
    Area.EDUCATION: pgettext_lazy("I talked about …", "education"),
    Area.SOCIAL: pgettext_lazy("I talked about …", "social matters"),
    Area.HOUSING: pgettext_lazy("I talked about …", "housing"),
    Area.HEALTH: pgettext_lazy("I talked about …", "health"),
    Area.EMPLOYMENT: pgettext_lazy("I talked about …", "work"),
    Area.DOCUMENTS: pgettext_lazy("I talked about …", "documents"),
    Area.RIGHTS: pgettext_lazy("I talked about …", "rights"),
    Area.CULTURE: pgettext_lazy("I talked about …", "culture and participation"),
    Area.CHILDREN: pgettext_lazy("I talked about …", "children's rights"),
    Area.DISCRIMINATION: pgettext_lazy("I talked about …", "equal treatment"),
    Area.SAFETY: pgettext_lazy("I talked about …", "public order"),
    Area.MOBILITY: pgettext_lazy("I talked about …", "leaving and returning"),
    Area.ORGANISATION: pgettext_lazy("I talked about …", "work organisation"),
    Area.OTHER: pgettext_lazy("I talked about …", "other matters"),
}
"""Areas as they stand in the sentence; in Latvian after “par”."""

WENT_WELL = (
    {Visit.Change.FORWARD, Visit.Change.SOLVED},
    {Visit.Response.AGREED},
)
WAS_HARD = (
    {Visit.Change.SAME},
    {
        Visit.Response.NEEDS_HELP,
        Visit.Response.THINKING,
        Visit.Response.DECLINED,
        Visit.Response.NOT_MET,
    },
)
SUITS = {"positive": WENT_WELL, "hardest": WAS_HARD}
"""Part → what changed in the case, and how the family answered."""


class Offer(NamedTuple):
    """One entry in a sentence, to be taken over."""

    sentence: str
    is_starred: bool


def offers_for(report, part, check):
    """Starred entries, then those that suit the part, then those with most words."""
    visits = Visit.objects.filter(
        mediator=report.mediator, municipality=report.municipality
    ).in_month(report.month)
    changes, responses = SUITS.get(part.key, ((), ()))

    def order(visit):
        suits = visit.change in changes or visit.response in responses
        return not visit.highlight, not suits, -len(visit.shown_note)

    best = sorted(visits.with_subject(), key=order)[: OFFERED + MORE]
    return [Offer(in_words(visit, check), visit.highlight) for visit in best]


def in_words(visit, check):
    """“19. oktobrī tikšanās reizē … runāju par izglītību, ģimene UPC-014.”, and its note."""
    sentence = _(
        "On %(day)s %(where)s I talked about %(areas)s%(families)s%(end)s."
    ) % {
        "day": long_date_locative(visit.visited_on),
        "where": _where(visit),
        "areas": listed([str(ABOUT[area]) for area in visit.area_choices])
        or str(ABOUT[Area.OTHER]),
        "families": _families(visit),
        "end": _outcome(visit),
    }
    return f"{sentence} {_clean_note(visit, check)}".strip()


def _where(visit):
    where = str(WHERE[visit.kind_choice])
    if not visit.institution:
        return where
    if visit.kind == Kind.CALL:
        words = pgettext("where I talked", "%(where)s with %(institution)s")
    else:
        words = pgettext("where I talked", "%(where)s at %(institution)s")
    return words % {"where": where, "institution": _quoted(visit.institution.name)}


def _quoted(name):
    """Names that hold quotation marks have enough of them."""
    has_marks = any(mark in name for mark in '„“”"')
    return name if has_marks else pgettext("a name", "“%(name)s”") % {"name": name}


def _families(visit):
    codes = [named.family.code for named in visit.visit_families.all()]
    if not codes:
        return ""
    words = ngettext(", family %(codes)s", ", families %(codes)s", len(codes))
    return words % {"codes": listed(codes)}


def _outcome(visit):
    """How it ended, where the entry tells."""
    if visit.change == Visit.Change.SOLVED:
        return pgettext("end of a sentence", "; the matter is solved")
    if visit.change == Visit.Change.FORWARD:
        return pgettext("end of a sentence", "; the matter moves forward")
    if visit.response == Visit.Response.AGREED:
        return pgettext("end of a sentence", "; the family agreed")
    if visit.response == Visit.Response.DECLINED:
        return pgettext("end of a sentence", "; the family declined")
    return ""


def listed(words):
    """“a, b un c”."""
    *first, last = words or [""]
    if not first:
        return last
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last}


def _clean_note(visit, check):
    """The beginning of the note, without the sentences in which somebody is named."""
    note = visit.shown_note
    named = {hit.sentence.strip() for hit in check.hits(note)}
    sentences = [sentence.strip() for sentence in SENTENCE_END.split(note)]
    words = " ".join(one for one in sentences if one and one not in named)
    return "" if check.hits(words) else excerpt(words)

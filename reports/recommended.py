"""Recommendations and how they are carried out, as documents that leave the team tell it."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from evaluation.models import FollowUp, Recommendation
from evaluation.names import masked
from families.services.everybody import checks_of_everybody
from municipalities.models import Municipality, Term
from privacy.name_check import StillLooking
from reports.codes import without_codes


@dataclass(frozen=True)
class CarriedOut:
    """How far a municipality is, by what it wrote last."""

    place: Municipality
    noted_on: date
    status: str
    text: str


@dataclass(frozen=True)
class Recommended:
    text: str
    addressee: Term
    source: str
    carried_from: str
    carried_out: list[CarriedOut]


@dataclass(frozen=True)
class Heading:
    term: Term
    rows: list[Recommended]


def recommended(period, places=None):
    """By heading, what was recommended or written about in a period, as of its last day.

    ``places`` narrows how it is carried out to these municipalities. Whatever names a
    family or a case by now is left out of the words, and words of which that is not known
    yet are left out as a whole.
    """
    written = FollowUp.objects.filter(noted_on__lte=period.last)
    if places is not None:
        written = written.filter(municipality__in=places)
    of_row = written.filter(
        recommendation=OuterRef("pk"), noted_on__range=(period.first, period.last)
    )
    rows = (
        Recommendation.objects.filter(made_at__date__lte=period.last)
        .filter(Q(made_at__date__gte=period.first) | Exists(of_row))
        .select_related("heading", "addressee", "carried_from")
        .order_by("heading__position", "heading", "made_at", "pk")
    )
    last = _last_words(written.filter(recommendation__in=rows.values("pk")))
    rows = list(rows)
    clean = _cleaner(
        {
            *(row.text for row in rows),
            *(row.source for row in rows),
            *(row.carried_from.source for row in rows if row.carried_from),
            *(one.text for found in last.values() for one in found),
        }
    )
    return [
        Heading(term, [_told(row, last.get(row.pk, []), clean) for row in found])
        for term, found in groupby(rows, key=lambda row: row.heading)
    ]


def _last_words(written):
    """``{recommendation: [follow-up]}``: of each municipality the newest one."""
    newest = {}
    for row in written.select_related("municipality").order_by("noted_on", "pk"):
        newest[row.recommendation_id, row.municipality_id] = row
    found = {}
    for row in sorted(newest.values(), key=lambda row: row.municipality.label_lv):
        found.setdefault(row.recommendation_id, []).append(row)
    return found


def _told(row, written, clean):
    return Recommended(
        text=clean(row.text),
        addressee=row.addressee,
        source=clean(row.source),
        carried_from=clean(row.carried_from.source) if row.carried_from else "",
        carried_out=[
            CarriedOut(
                one.municipality,
                one.noted_on,
                one.get_status_display(),
                clean(one.text),
            )
            for one in written
        ],
    )


def _cleaner(texts):
    """What tells one of these texts without names and codes."""
    checks = checks_of_everybody(texts)

    @cache
    def clean(text):
        try:
            return without_codes(masked(text, checks))
        except StillLooking:
            return _("[still being looked through for names]")

    return clean

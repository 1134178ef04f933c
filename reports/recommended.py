"""Recommendations and how they are carried out, as documents that leave the team tell it."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, Q

from evaluation.models import FollowUp, Recommendation
from evaluation.names import checks_of, masked
from municipalities.models import Municipality, Term
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
    family or a case by now is left out of the words.
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
    checks = checks_of()
    last = _last_words(written.filter(recommendation__in=rows.values("pk")))
    return [
        Heading(term, [_told(row, last.get(row.pk, []), checks) for row in found])
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


def _told(row, written, checks):
    return Recommended(
        text=_clean(row.text, checks),
        addressee=row.addressee,
        source=_clean(row.source, checks),
        carried_from=_clean(row.carried_from.source, checks)
        if row.carried_from
        else "",
        carried_out=[
            CarriedOut(
                one.municipality,
                one.noted_on,
                one.get_status_display(),
                _clean(one.text, checks),
            )
            for one in written
        ],
    )


def _clean(text, checks):
    return without_codes(masked(text, checks))

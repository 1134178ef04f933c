"""What the answers hold: the declared indicators, as they may leave the team.

The numbers come from the functions of results and workbook; which of them are told is
decided by ``reports/told_year.py``. Everything stands in one fixed order.
"""

import hashlib
from collections import Counter
from functools import partial

import rfc8785
from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from municipalities.models import Municipality
from reports.counting import UNIT_LABELS
from reports.indicators import TOLD
from reports.measures import TOLD_MEASURES
from reports.models import MonthlyReport
from reports.periods import Period
from reports.progress import EXPECTED, LATE, progress
from reports.reach import in_use, places_of, told_elsewhere
from reports.small_numbers import Shown
from reports.targets import plans, plans_by_place
from reports.told_year import ALL, NotOverYet, in_order, told_year
from reports.workflow import Status

LANGUAGES = ("lv", "en")
PLACES_AT_ONCE, MOST_PLACES = 10, 20
"""Municipalities on a page of reports: as proposed, and at most."""
LEVELS = ("total", "municipality", "municipality_month")
STATES = (
    *("not_handed_in", "late"),
    *(status.value for status in Status if status != Status.DRAFT),
)


def in_languages(text):
    """``{"lv": …, "en": …}`` of a lazy text."""
    told = {}
    for language in LANGUAGES:
        with translation.override(language):
            told[language] = str(text)
    return told


def definitions_version():
    """Changes whenever a definition or the way of counting does, with nothing else."""
    declared = [[i.key, i.code, i.unit, i.source.what, repr(i.aggregate)] for i in TOLD]
    declared += [[m.key, m.code, m.unit, m.part.key, m.rest.key] for m in TOLD_MEASURES]
    texts = [in_languages(i.definition) for i in (*TOLD, *TOLD_MEASURES)]
    return hashlib.sha256(rfc8785.dumps([declared, texts])).hexdigest()[:12]


def indicators():
    """The catalogue."""
    return {
        **_head(),
        "indicators": [
            {
                "key": i.key,
                "code": i.code,
                "label": in_languages(i.label),
                "definition": in_languages(i.definition),
                "unit": i.unit.value,
                "unit_label": in_languages(UNIT_LABELS[i.unit]),
                "has_months": i.has_months,
                "hides_small_numbers": i.is_about_families,
            }
            for i in (*TOLD, *TOLD_MEASURES)
        ],
    }


def _head():
    return {
        "as_of": timezone.localtime().isoformat(timespec="seconds"),
        "definitions": definitions_version(),
    }


def _counted(period, places, told):
    """Which days were counted, how far their reports are, and which counts are older."""
    return {
        "first_day": f"{period.first}",
        "last_day": f"{period.last}",
        "only_approved_months": False,
        "reports": _reports_by_place(period, places),
        "small_numbers_below": settings.SMALL_NUMBERS_BELOW,
        "told": list(_told_parts(told, period)),
    }


def _reports_by_place(period, places):
    """``{key: {"approved", "all"}}``; what became part of another counts as that one."""
    reports = MonthlyReport.objects.filter(
        month__gte=period.first, month__lte=period.last
    )
    place = Coalesce("municipality__successor", "municipality")
    approved, every = (
        dict(rows.order_by().values_list(place).annotate(n=Count("pk")))
        for rows in (reports.approved(), reports)
    )
    return {
        place.slug: {
            "approved": approved.get(place.pk, 0),
            "all": every.get(place.pk, 0),
        }
        for place in places
    }


def _told_parts(told, period):
    """The parts whose counts of families were written down, and when."""
    months = [f"{month:%Y-%m}" for month in period.months]
    for code in dict.fromkeys([period.code, *months]):
        if code in told.told_at:
            moment = timezone.localtime(told.told_at[code])
            yield {"part": code, "told_at": moment.isoformat(timespec="seconds")}


def _opened_by(token):
    """The municipalities that a token opens, and its owner sees today."""
    return places_of(token.owner).filter(pk__in=token.places.values("pk"))


def as_opened(token, whole):
    """What a token gets of an answer about all municipalities.

    One for chosen municipalities gets no row of all together: two of those would tell by
    their difference what the rows hide.
    """
    seen = set(_opened_by(token).values_list("slug", flat=True))
    reports = [n for key, n in whole["reports"].items() if key in seen]
    return {
        **whole,
        "reports": {
            name: sum(one[name] for one in reports) for name in ("approved", "all")
        },
        "municipalities": [p for p in whole["municipalities"] if p["key"] in seen],
        "rows": [
            row
            for row in whole["rows"]
            if row["municipality"] in seen
            or (row["municipality"] is None and token.reaches_all)
        ],
    }


def _places(places):
    return [
        {
            "key": place.slug,
            "code": place.atvk,
            "label": {"lv": place.label_lv, "en": place.label_en},
        }
        for place in places
    ]


def _told(shown):
    """The number, or nothing and the sign that stands in its place."""
    if not shown.is_open:
        return {"value": None, "hidden": str(shown)}
    value = shown.value
    is_plain = value is None or isinstance(value, int)
    return {"value": value if is_plain else float(value), "hidden": None}


def results(period):
    """All indicators: together, by municipality, and by municipality and month."""
    head = _head()
    told = told_year(period.first.year, with_work_of=period)
    return {
        **head,
        "period": period.code,
        **_counted(period, told.places, told),
        "municipalities": _places(told.places),
        "rows": list(_result_rows(period, told)),
    }


def _result_rows(period, told):
    cells = [("total", ALL, None)]
    cells += [("municipality", place, None) for place in told.places]
    by_month = [
        ("municipality_month", place, f"{month:%Y-%m}")
        for place in told.places
        for month in period.months
    ]
    for indicator in (*TOLD, *TOLD_MEASURES):
        for level, place, month in [
            *cells,
            *(by_month if indicator.has_months else []),
        ]:
            value = partial(
                told.value, place=place and place.pk, code=month or period.code
            )
            yield {
                "level": level,
                "indicator": indicator.key,
                "municipality": place and place.slug,
                "month": month,
                **_told(indicator.told(value)),
            }


def targets(part):
    """Plan beside done of some months from January on."""
    head = _head()
    told = told_year(part.first.year)
    planned = plans_by_place(part)
    also = Municipality.objects.filter(pk__in=planned)
    places = in_order({*told.places, *also})
    return {
        **head,
        "year": part.first.year,
        **_counted(part, places, told),
        "municipalities": _places(places),
        "rows": list(_target_rows(told, part, _plans(part, places, planned))),
    }


def _plans(part, places, planned):
    """``(municipality or ALL, Plan)``, those of the whole project first."""
    yield from ((ALL, plan) for plan in plans(part))
    for place in places:
        yield from ((place, plan) for plan in planned.get(place.pk, {}).values())


def _target_rows(told, part, found):
    for place, plan in found:
        shown = Shown(plan.done, is_safe=True)
        if plan.indicator.is_about_families:
            shown = told.value(plan.indicator, place and place.pk, part.code)
        share = round(float(plan.done) / plan.target, 3) if shown.is_open else None
        yield {
            "indicator": plan.indicator.key,
            "municipality": place and place.slug,
            "target": plan.target,
            "expected": int(plan.expected),
            **_told(shown),
            "share": share,
        }


def report_states(token, period, *, after="", limit=PLACES_AT_ONCE):
    """How many reports of each month and municipality stand where; of nobody by name.

    A page of ``limit`` municipalities in the order of their keys, from the one behind
    ``after`` on: reports of no others are read.
    """
    months = period.months_so_far
    if not months:
        raise NotOverYet(period.code)
    begun = Period.between(months[0], months[-1])
    opened = set(_opened_by(token).values_list("pk", flat=True))
    seen = in_use(places_of(token.owner), begun)
    seen = sorted(seen, key=lambda place: place.slug)
    later = [one for one in seen if one.pk in opened and one.slug > after]
    places = later[:limit]
    return {
        **_head(),
        "period": period.code,
        "first_day": f"{begun.first}",
        "last_day": f"{begun.last}",
        "next": places[-1].slug if len(later) > limit else None,
        "municipalities": _places(places),
        "rows": list(_state_rows(places, begun)),
    }


def _state_rows(places, period):
    months = period.months
    these = Municipality.objects.filter(pk__in=[place.pk for place in places])
    merged = told_elsewhere(these.with_predecessors(), period)
    keys = {LATE.word: "late", EXPECTED.word: "not_handed_in"}
    keys |= {status.label: status.value for status in Status}
    keys = {str(word): key for word, key in keys.items()}
    counts, on_time = Counter(), Counter()
    for row in progress([*places, *merged], months).rows:
        key = row.place.successor_id or row.place.pk
        for month, cell in zip(months, row.cells, strict=True):
            counts[key, month, keys.get(str(cell.state.word))] += 1
            on_time[key, month] += cell.on_time is True
    for place in places:
        for month in months:
            yield {
                "municipality": place.slug,
                "month": f"{month:%Y-%m}",
                **{state: counts[place.pk, month, state] for state in STATES},
                "on_time": on_time[place.pk, month],
            }

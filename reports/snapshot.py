"""The content of a report as one value: PDF and link page are made from it alone.

At approval it becomes canonical JSON with a hash, and nothing in it is looked up or
counted again: municipalities change their names, people their posts, releases their
labels. It holds what is printed and nothing else; families appear as codes at most.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import rfc8785
from django.conf import settings
from django.utils import translation

from evaluation.models import FollowUp
from municipalities.models import Municipality
from municipalities.working_days import last_day, next_month
from reports.figures import as_plain
from reports.indicators import BY_KEY
from reports.models import Ask
from reports.sections import NARRATIVE
from reports.snapshot_rows import (
    AskRow,
    CarriedOutRow,
    ChainEnd,
    CountedRow,
    Definition,
    EarlierAskRow,
    Funder,
    LateRow,
    PartnerRow,
    Person,
    Place,
    PlanRow,
    ResultRow,
    SectionText,
    TrendRow,
    as_number,
    first_day_of,
)
from reports.workflow import HANDED_IN

FORMAT = 1
SHOWN = 16
"""Characters of a hash that are printed, for people to compare."""
LANGUAGE = "lv"

PRINTED = (
    "families",
    "entries",
    "hours",
    "new_cases",
    "solved_cases",
    "open_cases",
)
"""Indicators that the report prints and therefore explains."""
PRINTED_WITH_PLAN = ("planned_meetings", "held_meetings")


@dataclass(frozen=True)
class Snapshot:
    """A report word for word; ``version`` 0 is the preview of one not yet approved.

    Those with a default are empty in reports approved before there was one.
    """

    format: int
    place: Place
    month: str
    number: str
    slug: str
    version: int
    code: str
    mediator: Person
    coordinator: Person | None
    approved_at: str | None
    values: dict
    contracted_hours: str
    areas: tuple[CountedRow, ...]
    kinds: tuple[CountedRow, ...]
    partners: tuple[PartnerRow, ...]
    trend: tuple[TrendRow, ...]
    sections: tuple[SectionText, ...]
    asks: tuple[AskRow, ...]
    coordinator_note: str
    definitions: tuple[Definition, ...]
    plan: tuple[PlanRow, ...] = ()
    earlier_asks: tuple[EarlierAskRow, ...] = ()
    late: tuple[LateRow, ...] = ()
    funders: tuple[Funder, ...] = ()
    funding: str = ""
    chain_end: ChainEnd | None = None
    results: tuple[ResultRow, ...] = ()
    template: str = Municipality.ReportTemplate.FULL
    carried_out: tuple[CarriedOutRow, ...] = ()

    @property
    def is_brief(self):
        """The municipality wants the first page and the signatures alone."""
        return self.template == Municipality.ReportTemplate.BRIEF

    @property
    def code_of_a_family(self):
        """What a code of a family looks like here, as an example: “UPC-009”."""
        return f"{self.number.partition('-')[0]}-009"

    @property
    def is_draft(self):
        return self.version == 0

    @property
    def first_day(self):
        return first_day_of(self.month)

    @property
    def next_month(self):
        return next_month(self.first_day)

    @property
    def previous(self):
        """The month before, the last but one of the trend."""
        return self.trend[-2]

    @property
    def approved(self):
        """The instant of approval in UTC, or None."""
        return datetime.fromisoformat(self.approved_at) if self.approved_at else None

    def count(self, key):
        """The value of an indicator."""
        return as_number(self.values[key])

    def text(self, key):
        """The text of a section, empty when the mediator wrote none."""
        return next((part.text for part in self.sections if part.key == key), "")

    @property
    def file_name(self):
        """“Atskaite_Upesciems_2026-10_v1.pdf”: ASCII and without personal data."""
        state = "melnraksts" if self.is_draft else f"v{self.version}"
        return f"Atskaite_{self.slug}_{self.month}_{state}.pdf"

    def as_json(self):
        """Canonical JSON (RFC 8785): the same content is the same text for ever."""
        return rfc8785.dumps(asdict(self)).decode()

    @classmethod
    def from_json(cls, text):
        data = json.loads(text)
        return cls(
            **data
            | {
                "place": Place(**data["place"]),
                "mediator": Person(**data["mediator"]),
                "coordinator": data["coordinator"] and Person(**data["coordinator"]),
                "areas": _rows(CountedRow, data["areas"]),
                "kinds": _rows(CountedRow, data["kinds"]),
                "partners": _rows(PartnerRow, data["partners"]),
                "plan": _rows(PlanRow, data.get("plan", ())),
                "trend": _rows(TrendRow, data["trend"]),
                "sections": _rows(SectionText, data["sections"]),
                "asks": _rows(AskRow, data["asks"]),
                "earlier_asks": _rows(EarlierAskRow, data.get("earlier_asks", ())),
                "definitions": _rows(Definition, data["definitions"]),
                "late": _rows(LateRow, data.get("late", ())),
                "funders": _rows(Funder, data.get("funders", ())),
                "results": _rows(ResultRow, data.get("results", ())),
                "carried_out": _rows(CarriedOutRow, data.get("carried_out", ())),
                "chain_end": data.get("chain_end") and ChainEnd(**data["chain_end"]),
            }
        )


def seal_of(text):
    """The hash that is stored beside a snapshot and printed in the PDF."""
    return hashlib.sha256(text.encode()).hexdigest()


def take(report, figures, **approval):
    """The report as it stands now, in Latvian; without an approval it is a preview.

    ``approval`` holds ``version``, ``code``, ``coordinator``, ``approved_at`` and
    ``chain_end`` of the version that is made.
    """
    with translation.override(LANGUAGE):
        return Snapshot(
            format=FORMAT,
            place=_place(report.municipality),
            month=figures.month,
            number=report.number,
            slug=_slug(report),
            mediator=_person(report.mediator),
            **_approval(**approval),
            values=dict(figures.values),
            contracted_hours=figures.contracted_hours,
            areas=tuple(map(_counted, figures.areas)),
            kinds=tuple(map(_counted, figures.kinds)),
            partners=tuple(
                PartnerRow(row.institution, row.post, row.entries)
                for row in figures.partners
            ),
            trend=tuple(_trend(figures)),
            sections=tuple(_sections(report)),
            asks=tuple(_asks(report)),
            coordinator_note=_note(report),
            definitions=tuple(map(_definition, _printed(figures))),
            plan=tuple(
                PlanRow(str(row.label), row.planned, row.done, row.dropped, row.moved)
                for row in figures.plan
            ),
            earlier_asks=tuple(_earlier_asks(report)),
            late=tuple(LateRow(**asdict(row)) for row in figures.late),
            funders=tuple(Funder(**funder) for funder in settings.FUNDING.funders),
            funding=settings.FUNDING.sentence,
            results=tuple(
                ResultRow(str(indicator.label), as_plain(value))
                for indicator, value in figures.results
            ),
            template=str(report.municipality.report_template),
            carried_out=tuple(_carried_out(report)),
        )


def _approval(
    *, version=0, code="", coordinator=None, approved_at=None, chain_end=None
):
    return {
        "version": version,
        "code": code,
        "coordinator": coordinator and _person(coordinator),
        "approved_at": approved_at and approved_at.astimezone(UTC).isoformat(),
        "chain_end": chain_end and ChainEnd(chain_end.seq, chain_end.hash[:SHOWN]),
    }


def _place(municipality):
    name = municipality.full_name_lv
    return Place(
        name=municipality.label_lv,
        addressee=municipality.full_name_dative,
        genitive=name.removesuffix(" pašvaldība"),
    )


def _slug(report):
    """“Upesciems”; with a number for the second mediator of a municipality."""
    _prefix, _dash, number = report.desk.partition("-")
    return "-".join(filter(None, [report.municipality.slug.capitalize(), number]))


def _person(user):
    return Person(user.full_name, user.address_form)


def _note(report):
    """The coordinator's words belong to the review and are not shown before it."""
    return report.coordinator_note if report.status in HANDED_IN else ""


def _printed(figures):
    keys = PRINTED + (PRINTED_WITH_PLAN if figures.plan else ())
    return [
        *(BY_KEY[key] for key in keys),
        *(indicator for indicator, _value in figures.results),
    ]


def _definition(indicator):
    return Definition(str(indicator.label), str(indicator.definition))


def _counted(row):
    return CountedRow(str(row.label), row.entries, row.hours)


def _trend(figures):
    month = first_day_of(figures.month)
    rows = []
    for values in reversed(figures.trend):
        rows.append(TrendRow(f"{month:%Y-%m}", dict(values)))
        month = (month - timedelta(days=1)).replace(day=1)
    return reversed(rows)


def _sections(report):
    texts = report.section_map()
    for section in NARRATIVE:
        text = texts[section.key].text.strip() if section.key in texts else ""
        if text:
            yield SectionText(section.key, str(section.title), text)


def _asks(report):
    for ask in report.asks.select_related("owner"):
        yield AskRow(
            text=ask.text,
            owner=ask.owner.name if ask.owner else "",
            due_on=ask.due_on and ask.due_on.isoformat(),
            code=ask.code or "",
        )


def _earlier_asks(report):
    asks = Ask.objects.told_in(report).select_related("owner", "report")
    for ask in asks:
        yield EarlierAskRow(
            month=f"{ask.report.month:%Y-%m}",
            text=ask.text,
            owner=ask.owner.name if ask.owner else "",
            status=str(ask.get_status_display()),
            outcome=ask.outcome,
        )


def _carried_out(report):
    """How the mediator carries recommendations out, as noted in the month (R201)."""
    noted = FollowUp.objects.filter(
        by=report.mediator,
        municipality=report.municipality,
        noted_on__range=(report.month, last_day(report.month)),
    )
    for row in noted.select_related("recommendation").order_by("noted_on", "pk"):
        yield CarriedOutRow(
            recommendation=row.recommendation.text,
            text=row.text,
            status=str(row.get_status_display()),
        )


def _rows(kind, rows):
    return tuple(kind(**row) for row in rows)

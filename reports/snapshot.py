"""The content of a report as one value: PDF and link page are made from it alone.

At approval it becomes canonical JSON with a hash, and nothing in it is looked up or
counted again: municipalities change their names, people their posts, releases their
labels. It holds what is printed and nothing else; families appear as codes at most.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import rfc8785
from django.conf import settings
from django.utils import translation

from mediators.models import User
from reports.indicators import BY_KEY
from reports.models import Ask
from reports.sections import NARRATIVE
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
class Person:
    """A mediator or coordinator, and how they are spoken of."""

    name: str
    address_form: str

    @property
    def is_masculine(self):
        return self.address_form == User.AddressForm.MASCULINE


@dataclass(frozen=True)
class Place:
    """A municipality in the three forms that the sentences need."""

    name: str
    addressee: str
    genitive: str


@dataclass(frozen=True)
class CountedRow:
    """Entries and hours of one area or one kind of contact."""

    label: str
    entries: int
    hours: str


@dataclass(frozen=True)
class PartnerRow:
    """Entries with one institution and post."""

    institution: str
    post: str
    entries: int


@dataclass(frozen=True)
class PlanRow:
    """What stood planned for the month beside what became of it."""

    label: str
    planned: int
    done: int
    dropped: int
    moved: int


@dataclass(frozen=True)
class TrendRow:
    """The headline values of one month."""

    month: str
    values: dict

    @property
    def first_day(self):
        return _first_day(self.month)

    def number(self, key):
        return _number(self.values[key])


@dataclass(frozen=True)
class SectionText:
    key: str
    title: str
    text: str

    @property
    def lines(self):
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class AskRow:
    """What the municipality is asked for, who decides and by when."""

    text: str
    owner: str
    due_on: str | None
    code: str = ""

    @property
    def due_day(self):
        return date.fromisoformat(self.due_on) if self.due_on else None


@dataclass(frozen=True)
class EarlierAskRow:
    """What became of something the municipality was asked for before."""

    month: str
    text: str
    owner: str
    status: str
    outcome: str

    @property
    def first_day(self):
        return _first_day(self.month)


@dataclass(frozen=True)
class Definition:
    label: str
    definition: str


@dataclass(frozen=True)
class Funder:
    """Who pays for the project; ``logo`` is a small PNG as data, or empty."""

    name: str
    logo: str


@dataclass(frozen=True)
class ChainEnd:
    """The newest audit entry at the approval: whoever keeps the paper keeps its hash."""

    number: int
    hash: str


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
    funders: tuple[Funder, ...] = ()
    funding: str = ""
    chain_end: ChainEnd | None = None

    @property
    def is_draft(self):
        return self.version == 0

    @property
    def first_day(self):
        return _first_day(self.month)

    @property
    def next_month(self):
        return (self.first_day + timedelta(days=32)).replace(day=1)

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
        return _number(self.values[key])

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
                "funders": _rows(Funder, data.get("funders", ())),
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
            definitions=tuple(
                Definition(str(BY_KEY[key].label), str(BY_KEY[key].definition))
                for key in PRINTED + (PRINTED_WITH_PLAN if figures.plan else ())
            ),
            plan=tuple(
                PlanRow(str(row.label), row.planned, row.done, row.dropped, row.moved)
                for row in figures.plan
            ),
            earlier_asks=tuple(_earlier_asks(report)),
            funders=tuple(Funder(**funder) for funder in settings.FUNDING.funders),
            funding=settings.FUNDING.sentence,
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


def _counted(row):
    return CountedRow(str(row.label), row.entries, row.hours)


def _trend(figures):
    month = _first_day(figures.month)
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


def _rows(kind, rows):
    return tuple(kind(**row) for row in rows)


def _first_day(month):
    return date.fromisoformat(f"{month}-01")


def _number(value):
    return Decimal(value) if isinstance(value, str) else value

"""What a snapshot is made of: plain values that become JSON and come back the same."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mediators.models import User


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
class ResultRow:
    """An indicator that is told only where it is not zero; hours are a text, “4.5”."""

    label: str
    value: int | str

    @property
    def number(self):
        return Decimal(self.value)


@dataclass(frozen=True)
class CarriedOutRow:
    """A recommendation that the mediator wrote about in the month, and what she wrote."""

    recommendation: str
    text: str
    status: str


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
class LateRow:
    """Entries and hours of an earlier month that came after its report."""

    month: str
    entries: int
    hours: str

    @property
    def first_day(self):
        return first_day_of(self.month)


@dataclass(frozen=True)
class TrendRow:
    """The headline values of one month."""

    month: str
    values: dict

    @property
    def first_day(self):
        return first_day_of(self.month)

    def number(self, key):
        return as_number(self.values[key])


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
        return first_day_of(self.month)


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


def first_day_of(month):
    """The date of “2026-10”."""
    return date.fromisoformat(f"{month}-01")


def as_number(value):
    """A value of an indicator: hours are kept as decimal strings."""
    return Decimal(value) if isinstance(value, str) else value

"""What a mediator who leaves hands to the successor and the coordinator (R018).

Families by code, their open cases and next steps as they stand on the day it is made,
the institutions of the last year and the contact persons by area, by their posts. Who
coordinates gets the codes alone, because cases are not hers to see.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import pgettext

from cases.models import Area, Delegation
from families.models import HandOver
from families.services import hand_overs
from reports.models import DocumentKind
from reports.periods import Period


@dataclass(frozen=True)
class OpenCase:
    """A case that goes on: its number and area, never its title."""

    code: str
    area: str

    @property
    def area_label(self):
        return Area(self.area).label


@dataclass(frozen=True)
class Row:
    """One family; a coordinator is told no cases, steps and consent."""

    code: str
    cases: tuple[OpenCase, ...] = ()
    steps: tuple[date, ...] = ()
    consent: str = ""


@dataclass(frozen=True)
class Sheet:
    """The hand-over as one person may read it."""

    plan: HandOver
    families: tuple[Row, ...]
    is_detailed: bool
    contacts: tuple[dict, ...]
    delegated: tuple[Delegation, ...]
    made_at: datetime

    kind = DocumentKind.HAND_OVER
    template = "reports/documents/hand_over.html"

    @property
    def title(self):
        return f"{self.kind.label}, {self.plan.municipality}"

    @property
    def municipality(self):
        return self.plan.municipality

    @property
    def period(self):
        month = self.plan.last_day.replace(day=1)
        return Period.between(month, month)

    @property
    def size(self):
        """The number of families, for the log of exports."""
        return len(self.families)

    @property
    def file_stem(self):
        return f"Nodosana_{self.municipality.prefix}_{self.plan.last_day:%Y-%m-%d}"

    @property
    def audited(self):
        return {"plan": self.plan.pk}


def hand_over_sheet(plan, user):
    """The sheet of a hand-over as it stands now, for one of those who see it."""
    codes = plan.assignments.order_by("family__code").values_list(
        "family__code", flat=True
    )
    seen = {family.code: family for family in hand_overs.families_of(plan, user)}
    return Sheet(
        plan=plan,
        families=tuple(_row(code, seen.get(code)) for code in codes),
        is_detailed=bool(seen),
        contacts=tuple(hand_overs.contacts_of(plan)),
        delegated=tuple(
            Delegation.objects.visible_to(user)
            .in_force()
            .filter(municipality=plan.municipality)
            .select_related("contact__institution")
        ),
        made_at=timezone.localtime(),
    )


def _row(code, family):
    if family is None:
        return Row(code)
    if not family.is_introduced:
        consent = pgettext("consent", "to be asked anew")
    else:
        consent = (
            pgettext("consent state", "in force")
            if family.has_consent
            else pgettext("consent state", "missing")
        )
    return Row(
        code,
        tuple(OpenCase(case.code, case.area) for case in family.open_cases),
        tuple(step.due_on for step in family.open_steps),
        consent,
    )

"""What the head of one institution is told: the work with that institution alone (R196).

Days, kinds, areas, posts, referrals and what is planned; no family, not even by a code.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Count, OuterRef, Subquery, Sum
from django.utils import timezone

from cases.models import Area, Kind, NextStep, Referral, Visit, VisitFamily
from mediators.models import COORDINATING, User
from municipalities.models import Institution, Municipality
from reports.figures import (
    PLANNED_STEP,
    AreaFigures,
    KindFigures,
    Partner,
    areas_of,
    kinds_of,
    partners_of,
)
from reports.indicators import BY_KEY, hours_of
from reports.models import DocumentKind
from reports.periods import Period
from reports.small_numbers import told_in_steps

PLANNED_SHOWN = 20
ON_PAPER = 1000
"""So many contacts stand on paper one by one, and of more the sums alone."""


@dataclass(frozen=True)
class Contact:
    """One entry with the institution."""

    day: date
    kind: str
    areas: tuple[str, ...]
    post: str
    minutes: int

    @property
    def kind_label(self):
        return Kind(self.kind).label

    @property
    def area_labels(self):
        return ", ".join(str(Area(area).label) for area in self.areas)


@dataclass(frozen=True)
class Referrals:
    """What the institution was asked in the period, and how far it has answered.

    ``days`` is the usual wait for an answer in working days: half were quicker.
    """

    sent: int
    accepted: int
    refused: int
    days: int | None

    @property
    def answered(self):
        return self.accepted + self.refused

    @property
    def unanswered(self):
        return self.sent - self.answered


@dataclass(frozen=True)
class Planned:
    """Something that stands planned with the institution: a day and a kind."""

    day: date
    kind: str

    @property
    def kind_label(self):
        return Kind(self.kind).label if self.kind else PLANNED_STEP


@dataclass(frozen=True)
class Extract:
    """Everything that the head of one institution is told about one period."""

    institution: Institution
    municipality: Municipality
    period: Period
    mediators: tuple
    count: int
    minutes: int
    contacts: tuple[Contact, ...]
    families: str
    areas: tuple[AreaFigures, ...]
    kinds: tuple[KindFigures, ...]
    posts: tuple[Partner, ...]
    referrals: Referrals
    planned: tuple[Planned, ...]
    made_at: datetime

    kind = DocumentKind.INSTITUTION
    template = "reports/documents/institution.html"

    @property
    def title(self):
        return f"{self.kind.label}, {self.institution.name}, {self.period.label}"

    @property
    def hours(self):
        return hours_of(self.minutes)

    @property
    def size(self):
        return self.count

    @property
    def file_stem(self):
        """“Izraksts_Upesciems_2026-10”; an institution may bear a person's name."""
        place = self.municipality.slug.capitalize()
        return f"Izraksts_{place}_{self.period.code_in_a_file_name}"

    @property
    def audited(self):
        return {"institution": self.institution.pk}


def extract(user, institution, municipality, period):
    """Count what a person may tell: mediators their own log, coordinators all of it."""
    visits = _log(Visit, user, municipality).filter(
        institution=institution,
        municipality=municipality,
        visited_on__range=(period.first, period.last),
    )
    sums = visits.aggregate(count=Count("pk"), minutes=Sum("minutes", default=0))
    rows = visits.order_by("visited_on", "pk").select_related("contact")
    rows = rows.prefetch_related("visit_areas") if sums["count"] <= ON_PAPER else ()
    return Extract(
        institution=institution,
        municipality=municipality,
        period=period,
        mediators=tuple(_mediators(visits)),
        **sums,
        contacts=tuple(map(_contact, rows)),
        families=told_in_steps(_families(visits)),
        areas=tuple(areas_of(visits)),
        kinds=tuple(kinds_of(visits)),
        posts=tuple(partners_of(visits)),
        referrals=_referrals(user, institution, municipality, period),
        planned=tuple(_planned(user, institution, municipality)),
        made_at=timezone.localtime(),
    )


def _log(model, user, municipality):
    """Rows of the whole municipality for who coordinates it, else the person's own."""
    if municipality in user.municipalities_as(*COORDINATING):
        return model.objects.coordinated_by(user)
    return model.objects.logged_by(user)


def _mediators(visits):
    """Whose entries they are, in the order in which each began."""
    of_person = visits.filter(mediator=OuterRef("pk")).order_by("visited_on", "pk")
    began = {
        name: Subquery(of_person.values(name)[:1]) for name in ("visited_on", "pk")
    }
    people = User.objects.filter(pk__in=visits.order_by().values("mediator"))
    return people.order_by(began["visited_on"], began["pk"])


def _contact(visit):
    return Contact(
        day=visit.visited_on,
        kind=visit.kind,
        areas=tuple(row.area for row in visit.visit_areas.all()),
        post=visit.contact.post if visit.contact else "",
        minutes=visit.minutes,
    )


def _families(visits):
    named = VisitFamily.objects.filter(visit__in=visits)
    return named.aggregate(n=BY_KEY["families"].aggregate)["n"]


def _referrals(user, institution, municipality, period):
    rows = _log(Referral, user, municipality).filter(
        institution=institution,
        case__municipality=municipality,
        sent_on__range=(period.first, period.last),
    )
    answers = (Referral.Answer.ACCEPTED, Referral.Answer.REFUSED)
    answered, days = Counter(), []
    for row in rows.filter(answer__in=answers).iterator():
        answered[row.answer] += 1
        days.append(row.days_to_answer)
    return Referrals(
        sent=rows.count(),
        accepted=answered[Referral.Answer.ACCEPTED],
        refused=answered[Referral.Answer.REFUSED],
        days=round(median(days)) if days else None,
    )


def _planned(user, institution, municipality):
    """Open steps with the institution from today on; never what they are about."""
    steps = _log(NextStep, user, municipality).filter(
        institution=institution,
        municipality=municipality,
        due_on__gte=timezone.localdate(),
    )
    for step in steps.open().by_time()[:PLANNED_SHOWN]:
        yield Planned(step.due_on, step.kind)

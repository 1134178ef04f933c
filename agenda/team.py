"""How much each mediator works, beside her own contract: to see who needs help.

In the order of names. Nobody is compared with anybody, and no family is told.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Sum

from cases.models import Case, Visit
from families.models import FamilyAssignment
from interface.latvian import latvian_order
from mediators.models import Appointment, Role, TrainingNeed, User
from municipalities.models import Municipality
from municipalities.working_days import working_days
from reports.counting import hours_of

WEEKS = 4


@dataclass(frozen=True)
class Week:
    """Hours of one week from Monday on: worked, and what the contracts ask for."""

    worked: Decimal
    contracted: Decimal


@dataclass(frozen=True)
class Member:
    """One mediator in one municipality; ``weeks`` are None for who sees no workload."""

    mediator: User
    municipality: Municipality
    contracts: list
    needs: int
    weeks: list | None = None
    open_cases: int = 0
    families: int = 0

    @property
    def worked(self):
        """Hours a week on average."""
        return _average([week.worked for week in self.weeks])

    @property
    def contracted(self):
        return _average([week.contracted for week in self.weeks])


def _average(hours):
    return (sum(hours) / len(hours)).quantize(Decimal("0.1"))


def team(user, today, *, with_load):
    """Every mediator whose page a person may read, by last and first name."""
    desks = {}
    rows = Appointment.objects.readable_by(user).select_related("user", "municipality")
    for row in rows.order_by("starts_on", "pk"):
        desks.setdefault((row.municipality, row.user), []).append(row)
    needs = _needs({mediator for _place, mediator in desks})
    load = _load(desks, today) if with_load else {}
    members = [
        Member(
            mediator,
            place,
            contracts,
            needs[mediator.pk],
            **load.get((place.pk, mediator.pk), {}),
        )
        for (place, mediator), contracts in desks.items()
    ]
    return sorted(
        members,
        key=lambda one: (
            latvian_order(one.mediator.last_name),
            latvian_order(one.mediator.first_name),
            latvian_order(str(one.municipality)),
        ),
    )


def _needs(mediators):
    rows = TrainingNeed.objects.filter(
        mediator__in=mediators, status=TrainingNeed.Status.ASKED
    )
    return Counter(rows.values_list("mediator", flat=True))


def mondays_before(today):
    """The last whole weeks, the earliest first."""
    this_monday = today - timedelta(days=today.weekday())
    return [this_monday - timedelta(weeks=n) for n in range(WEEKS, 0, -1)]


def _load(desks, today):
    mondays = mondays_before(today)
    minutes, contracts = _minutes(desks, mondays), _contracts(desks, mondays)
    cases = _count(Case.objects.open().filter(mediator__in=_people(desks)))
    families = Counter(
        FamilyAssignment.objects.current()
        .held()
        .filter(mediator__in=_people(desks), family__closed_on=None)
        .values_list("family__municipality", "mediator")
    )
    return {
        (place.pk, mediator.pk): {
            "weeks": [
                Week(
                    hours_of(minutes[place.pk, mediator.pk, monday]),
                    _asked(contracts[place.pk, mediator.pk], monday),
                )
                for monday in mondays
            ],
            "open_cases": cases[place.pk, mediator.pk],
            "families": families[place.pk, mediator.pk],
        }
        for place, mediator in desks
    }


def _people(desks):
    return {mediator for _place, mediator in desks}


def _count(rows):
    return Counter(rows.order_by().values_list("municipality", "mediator"))


def _minutes(desks, mondays):
    found = Counter()
    rows = (
        Visit.objects.filter(
            mediator__in=_people(desks),
            visited_on__gte=mondays[0],
            visited_on__lt=mondays[-1] + timedelta(weeks=1),
        )
        .order_by()
        .values_list("municipality", "mediator", "visited_on")
        .annotate(n=Sum("minutes"))
    )
    for place, mediator, day, minutes in rows:
        found[place, mediator, day - timedelta(days=day.weekday())] += minutes
    return found


def _contracts(desks, mondays):
    """Also those that ended since, because they asked for hours then."""
    found = defaultdict(list)
    rows = Appointment.objects.filter(role=Role.MEDIATOR, user__in=_people(desks))
    for row in rows.between(mondays[0], mondays[-1] + timedelta(days=6)):
        found[row.municipality_id, row.user_id].append(row)
    return found


def _asked(contracts, monday):
    """What the contracts ask for in a week; public holidays are free."""
    return sum(
        (
            row.hours_per_day
            for day in working_days(monday, monday + timedelta(days=6))
            for row in contracts
            if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)
        ),
        Decimal(0),
    )

"""How much each mediator works, beside her own contract: to see who needs help.

By municipality and name. Nobody is compared with anybody, and no family is told.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Q, Sum

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


class Team:
    """Mediators whose page a person may read, by municipality and name, for a Paginator.

    A slice reads the municipalities into which it falls and no others.
    """

    def __init__(self, user, today, *, with_load):
        self._rows = Appointment.objects.readable_by(user)
        self._today, self._with_load = today, with_load

    def __len__(self):
        return sum(self._sizes.values())

    def __getitem__(self, part):
        wanted = range(len(self))[part]
        places, skipped, before = [], 0, 0
        for place, size in self._sizes.items():
            before += size
            if before <= wanted.start:
                skipped = before
            elif before - size < wanted.stop:
                places.append(place)
        desks = self._desks(places)[wanted.start - skipped : wanted.stop - skipped]
        return self._members(desks)

    @cached_property
    def _sizes(self):
        """``{municipality: its mediators}``; only municipalities grow neither with years
        nor with people.
        """
        rows = self._rows.order_by().values_list("municipality")
        sizes = dict(rows.annotate(n=Count("user", distinct=True)))
        places = Municipality.objects.filter(pk__in=sizes)
        return {
            place: sizes[place.pk]
            for place in sorted(places, key=lambda one: latvian_order(str(one)))
        }

    def _desks(self, places):
        """``[(municipality, mediator, contracts)]`` of some municipalities, in their order."""
        contracts = {place.pk: {} for place in places}
        rows = self._rows.filter(municipality__in=places).select_related("user")
        for row in rows.order_by("starts_on", "pk"):
            contracts[row.municipality_id].setdefault(row.user, []).append(row)
        return [
            (place, mediator, contracts[place.pk][mediator])
            for place in places
            for mediator in sorted(contracts[place.pk], key=_by_name)
        ]

    def _members(self, desks):
        people = {mediator for _place, mediator, _contracts in desks}
        needs = _needs(people)
        load = _load(desks, people, self._today) if self._with_load else {}
        return [
            Member(
                mediator,
                place,
                contracts,
                needs.get(mediator.pk, 0),
                **load.get((place.pk, mediator.pk), {}),
            )
            for place, mediator, contracts in desks
        ]


def _by_name(mediator):
    return (
        latvian_order(mediator.last_name),
        latvian_order(mediator.first_name),
        mediator.pk,
    )


def _needs(people):
    rows = TrainingNeed.objects.filter(
        mediator__in=people, status=TrainingNeed.Status.ASKED
    )
    return dict(rows.order_by().values_list("mediator").annotate(n=Count("pk")))


def mondays_before(today):
    """The last whole weeks, the earliest first."""
    this_monday = today - timedelta(days=today.weekday())
    return [this_monday - timedelta(weeks=n) for n in range(WEEKS, 0, -1)]


def _load(desks, people, today):
    mondays = mondays_before(today)
    minutes, contracts = _minutes(people, mondays), _contracts(people, mondays)
    cases = _count(Case.objects.open().filter(mediator__in=people))
    held = FamilyAssignment.objects.current().held()
    families = _count(
        held.filter(mediator__in=people, family__closed_on=None),
        "family__municipality",
    )
    return {
        (place.pk, mediator.pk): {
            "weeks": [
                Week(hours_of(worked), _asked(contracts[place.pk, mediator.pk], monday))
                for monday, worked in zip(
                    mondays,
                    minutes.get((place.pk, mediator.pk), [0] * WEEKS),
                    strict=True,
                )
            ],
            "open_cases": cases[place.pk, mediator.pk],
            "families": families[place.pk, mediator.pk],
        }
        for place, mediator, _contracts in desks
    }


def _count(rows, place="municipality"):
    """Rows by municipality and mediator, counted by the database."""
    counted = rows.order_by().values_list(place, "mediator").annotate(n=Count("pk"))
    return Counter({(where, mediator): n for where, mediator, n in counted})


def _minutes(people, mondays):
    """``{(municipality, mediator): minutes of each week}``."""
    weeks = {
        f"week_{number}": Sum(
            "minutes",
            filter=Q(visited_on__range=(monday, monday + timedelta(days=6))),
            default=0,
        )
        for number, monday in enumerate(mondays)
    }
    rows = (
        Visit.objects.filter(
            mediator__in=people,
            visited_on__gte=mondays[0],
            visited_on__lt=mondays[-1] + timedelta(weeks=1),
        )
        .order_by()
        .values_list("municipality", "mediator")
        .annotate(**weeks)
    )
    return {(place, mediator): worked for place, mediator, *worked in rows}


def _contracts(people, mondays):
    """Also those that ended since, because they asked for hours then."""
    found = defaultdict(list)
    rows = Appointment.objects.filter(role=Role.MEDIATOR, user__in=people)
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

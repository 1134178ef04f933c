"""Who pays the time that was worked: contracts, their sources and shares (R016, R242).

Each minute is paid once. Time under contracts side by side is divided by their hours a
day and by the shares of their sources, month by month, to the whole minute.
"""

from collections import Counter, defaultdict
from decimal import Decimal
from itertools import groupby

from django.db.models import Sum
from django.utils.translation import gettext as _

from cases.models import Kind, Visit
from mediators.models import Appointment, Role
from mediators.models.funding import WHOLE
from reports.counting import in_approved_months


def contracts_of(**narrowed):
    """Contracts of mediators with all that tells who pays, the first ones first."""
    return (
        Appointment.objects.filter(role=Role.MEDIATOR, **narrowed)
        .select_related("funding")
        .prefetch_related("shares__source")
        .order_by("starts_on", "pk")
    )


def in_force(contracts, day):
    return [
        row
        for row in contracts
        if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on)
    ]


def payers(contracts, kind):
    """The contracts that pay a kind of contact.

    Events and groups are paid by a contract for them alone, where there is one.
    """
    for_groups = [row for row in contracts if row.pays_groups_only]
    if kind == Kind.GROUP and for_groups:
        return for_groups
    return [row for row in contracts if not row.pays_groups_only]


def shares_of(contract):
    """``{source: percent}`` of one contract; what no source covers is not stated."""
    shares = {row.source.label_lv: row.percent for row in contract.shares.all()}
    if not shares and contract.funding:
        return {contract.funding.label_lv: WHOLE}
    rest = WHOLE - sum(shares.values())
    return shares | ({_("source not stated"): rest} if rest > 0 else {})


def weights_of(contracts):
    """How the time under these contracts is divided: ``{source: weight}``."""
    weights = Counter()
    for contract in contracts:
        for source, percent in shares_of(contract).items():
            weights[source] += contract.hours_per_day * percent
    return weights or Counter({_("no contract"): 1})


def told(contracts):
    """The sources of some contracts in words, with their shares where there are several."""
    if len(contracts) == 1 and len(shares_of(contracts[0])) > 1:
        shares = shares_of(contracts[0]).items()
        return ", ".join(f"{source} {percent} %" for source, percent in shares)
    return ", ".join(weights_of(contracts))


def divided(minutes, weights):
    """``{source: minutes}`` that add up to ``minutes``: the largest remainders first."""
    whole = sum(weights.values())
    if not whole:
        # Contracts of no hours pay what they pay in equal parts
        weights, whole = dict.fromkeys(weights, 1), len(weights)
    exact = {source: Decimal(minutes) * w / whole for source, w in weights.items()}
    parts = {source: int(share) for source, share in exact.items()}
    by_remainder = sorted(exact, key=lambda source: parts[source] - exact[source])
    for source in by_remainder[: minutes - sum(parts.values())]:
        parts[source] += 1
    return parts


def minutes_by_source(worked, contracts):
    """``{source: minutes}`` of one mediator, municipality and month.

    ``worked`` are (day, kind, minutes). Rounded once for the time that the same
    contracts pay, so that days do not gather remainders.
    """
    groups = defaultdict(int)
    for day, kind, minutes in worked:
        paid_by = payers(in_force(contracts, day), kind)
        groups[tuple(row.pk for row in paid_by)] += minutes
    by_pk = {row.pk: row for row in contracts}
    found = Counter()
    for pks, minutes in groups.items():
        weights = weights_of([by_pk[pk] for pk in pks])
        found.update(divided(minutes, weights))
    return found


def contracted_by_source(working, contracts):
    """``{source: hours}`` that the contracts ask for on the working days given."""
    hours = Counter()
    for day in working:
        for contract in in_force(contracts, day):
            for source, percent in shares_of(contract).items():
                hours[source] += contract.hours_per_day * percent / WHOLE
    return hours


def hours_by_source(scope):
    """``{(municipality, month, source): minutes}`` of a scope of the log (I21).

    Divided for each mediator by the own contracts; who it was is not told.
    """
    visits = Visit.objects.filter(
        visited_on__gte=scope.first, visited_on__lte=scope.last
    )
    if scope.municipalities is not None:
        visits = visits.filter(municipality__in=scope.municipalities)
    if scope.approved_only:
        visits = in_approved_months(
            visits, day="visited_on", municipality="municipality"
        )
    rows = (
        visits.values_list("mediator", "municipality", "visited_on", "kind")
        .annotate(n=Sum("minutes"))
        .order_by("mediator", "municipality", "visited_on")
    )
    contracts = defaultdict(list)
    for row in contracts_of():
        contracts[row.municipality_id, row.user_id].append(row)
    found = Counter()
    # One mediator and month after the other: a country's year is a million entries
    months = groupby(rows.iterator(), key=lambda row: (*row[:2], row[2].replace(day=1)))
    for (mediator, place, month), lines in months:
        worked = [row[2:] for row in lines]
        parts = minutes_by_source(worked, contracts[place, mediator])
        for source, minutes in parts.items():
            found[place, month, source] += minutes
    return {key: minutes for key, minutes in found.items() if minutes}

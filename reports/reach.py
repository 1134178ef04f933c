"""What results reach: whose municipalities, which days, which cases."""

from django.db.models import Exists, Max, Min, OuterRef, Q, Subquery
from django.utils import timezone

from cases.models import Case, Visit
from interface.latvian import latvian_order
from mediators.models import COORDINATING, Appointment, Role
from municipalities.models import Municipality
from reports.indicators import Scope
from reports.models import MonthlyReport


def places_of(user):
    """Municipalities whose results a person may see: all, or those they coordinate."""
    if user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
        return Municipality.objects.all()
    return user.municipalities_as(*COORDINATING).with_predecessors()


def ever_appointed(places):
    """Those in which somebody works or once did; the others have nothing to tell."""
    return places.filter(pk__in=Appointment.objects.values("municipality"))


def days_of_the_log(places):
    """The days of the first and the newest entry; today where nothing is logged."""
    today = timezone.localdate()
    # One look into the index for each place, instead of reading all entries
    entries = Visit.objects.filter(municipality=OuterRef("pk")).values("visited_on")
    days = places.annotate(
        first=Subquery(entries.order_by("visited_on")[:1]),
        newest=Subquery(entries.order_by("-visited_on")[:1]),
    ).aggregate(since=Min("first"), until=Max("newest"))
    return {name: min(day or today, today) for name, day in days.items()}


def scope_of(period, places, **narrowed):
    """``narrowed`` are further fields of ``Scope``: an area, approved months alone."""
    return Scope(period.first, period.last, municipalities=places, **narrowed)


def in_work(period):
    """Cases that were open on at least one day of the period."""
    return Case.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=period.first), opened_on__lte=period.last
    )


def mediating(period):
    """Appointments of mediators in force on at least one day of the period."""
    mediators = Appointment.objects.filter(role=Role.MEDIATOR)
    return mediators.between(period.first, period.last)


def in_use(places, period):
    """The municipalities with a mediator, an entry, a case or a report, in Latvian order.

    What became part of another is in use as that one; see ``told_elsewhere``.
    """
    used = _used(places, period)
    became = used.exclude(successor=None).values("successor")
    return _in_order(
        places.filter(Q(pk__in=used.standing().values("pk")) | Q(pk__in=became))
    )


def told_elsewhere(places, period):
    """Municipalities in use whose numbers stand under the one that became of them."""
    merged = _used(places, period).exclude(successor=None)
    return _in_order(merged.select_related("successor"))


def _used(places, period):
    here = {"municipality": OuterRef("pk")}
    days = {"visited_on__gte": period.first, "visited_on__lte": period.last}
    months = {"month__gte": period.first, "month__lte": period.last}
    # In an order that an index has: PostgreSQL else reads all cases for who has none
    case = in_work(period).filter(**here).order_by("opened_on").values("pk")[:1]
    return places.alias(case=Subquery(case)).filter(
        Exists(mediating(period).filter(**here))
        | Exists(Visit.objects.filter(**here, **days))
        | Q(case__isnull=False)
        | Exists(MonthlyReport.objects.filter(**here, **months))
    )


def _in_order(places):
    return sorted(places, key=lambda place: latvian_order(str(place)))

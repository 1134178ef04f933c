"""The register of recommendations as it is read: headings, and two columns under each."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Max, Prefetch, Q

from evaluation.models import FollowUp, Recommendation
from mediators.models import Role
from municipalities.models import Municipality, Term


@dataclass(frozen=True)
class Heading:
    """One heading with its recommendations; ``seen`` of each are its follow-ups."""

    term: Term
    rows: list[Recommendation]


def recommendations_for(user, *, source=""):
    """What a person reads, with the follow-ups of the own municipalities, by heading."""
    follow_ups = FollowUp.objects.visible_to(user).select_related("municipality")
    rows = Recommendation.objects.visible_to(user).select_related(
        "heading", "addressee", "carried_from"
    )
    if source:
        rows = rows.filter(source=source)
    rows = rows.prefetch_related(Prefetch("follow_ups", follow_ups, to_attr="seen"))
    return rows.order_by("heading__position", "heading", "made_at", "pk")


def before(row):
    """Which recommendations stand before one in the order of ``recommendations_for``."""
    heading = Q(heading__position__lt=row.heading.position)
    heading |= Q(heading__position=row.heading.position, heading__lt=row.heading_id)
    earlier = Q(made_at__lt=row.made_at) | Q(made_at=row.made_at, pk__lt=row.pk)
    return heading | (Q(heading=row.heading_id) & earlier)


def under_headings(rows):
    """The same rows as ``Heading``, in their order."""
    return [
        Heading(term, list(found))
        for term, found in groupby(rows, key=lambda row: row.heading)
    ]


def sources(user):
    """Projects and periods, the newest first."""
    rows = Recommendation.objects.visible_to(user).order_by().values("source")
    newest_first = rows.annotate(newest=Max("made_at")).order_by("-newest", "source")
    return list(newest_first.values_list("source", flat=True))


def places_of(user):
    """For which municipalities a person writes how it goes on."""
    if user.has_role(Role.PROJECT_STAFF):
        mediated = Municipality.objects.filter(appointments__role=Role.MEDIATOR)
        return mediated.distinct()
    return user.own_municipalities()

"""The register of recommendations as it is read: headings, and two columns under each."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch

from evaluation.models import FollowUp, Recommendation
from mediators.models import Role
from municipalities.models import Municipality, Term


@dataclass(frozen=True)
class Heading:
    """One heading with its recommendations; ``seen`` of each are its follow-ups."""

    term: Term
    rows: list[Recommendation]


def register_for(user, *, source=""):
    """What a person reads, with the follow-ups of the own municipalities."""
    follow_ups = FollowUp.objects.visible_to(user).select_related("municipality")
    rows = Recommendation.objects.visible_to(user).select_related(
        "heading", "addressee", "carried_from"
    )
    if source:
        rows = rows.filter(source=source)
    rows = rows.prefetch_related(Prefetch("follow_ups", follow_ups, to_attr="seen"))
    ordered = rows.order_by("heading__position", "heading", "made_at", "pk")
    return [
        Heading(term, list(found))
        for term, found in groupby(ordered, key=lambda row: row.heading)
    ]


def sources(user):
    """Projects and periods, the newest first."""
    rows = Recommendation.objects.visible_to(user).order_by("-made_at")
    return list(dict.fromkeys(rows.values_list("source", flat=True)))


def places_of(user):
    """For which municipalities a person writes how it goes on."""
    if user.has_role(Role.PROJECT_STAFF):
        mediated = Municipality.objects.filter(appointments__role=Role.MEDIATOR)
        return mediated.distinct()
    return user.own_municipalities()

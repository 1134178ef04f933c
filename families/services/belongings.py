"""Which rows belong to a family: of the family's people, cases, entries, requests.

The audit tells a deed by the row it was done to. Whoever asks for the deeds about a
family, or for the families of some deeds, goes by the same ways.
"""

from functools import cache
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast

from families.models import Family

WAYS = {
    "cases.achievement": "case__family",
    "cases.advice": "case__family",
    "cases.case": "family",
    "cases.caseevent": "case__family",
    "cases.caseperson": "case__family",
    "cases.caseshare": "case__family",
    "cases.incident": "family",
    "cases.involvement": "family",
    "cases.involvementstep": "involvement__family",
    "cases.nextstep": "family",
    "cases.participant": "involvement__family",
    "cases.referral": "case__family",
    "cases.stepmove": "step__family",
    "cases.subgoal": "case__family",
    "cases.visit": "families",
    "cases.visitarea": "visit__families",
    "cases.visitfamily": "family",
    "data_protection.legalhold": "family",
    "data_protection.subjectrequest": "family",
    "events.leader": "visit__families",
    "families.conflictofinterest": "family",
    "families.consent": "family",
    "families.educationrecord": "family",
    "families.familyassignment": "family",
    "families.familymember": "family",
    "families.familyneed": "family",
    "families.handover": "family",
    "families.namegrant": "family",
    "families.residence": "family",
    "families.safeguardingnotice": "family",
    "stories.story": "family",
    "stories.storyagreement": "story__family",
    "stories.storyevent": "story__family",
    "stories.storyphoto": "story__family",
}
"""``{kind of row: path to its family}``, as the audit names the kinds."""

OF_THE_OFFICER = {
    "families.safeguardingnotice": "whoever looks at the family may be the danger",
    "families.conflictofinterest": "it tells of the mediator, not of the family",
}
"""What is shown neither to those who work with the family nor to itself, and why."""
ANYBODY = UUID(int=0)
"""Stands in the statement for the family that is asked about."""


def ids_about(family):
    """``{kind of row: ids as texts}`` of the family and of all that belongs to it."""
    ids = {Family._meta.label_lower: [str(family.pk)]}
    sql, parameters = _statement()
    anybody, asked = (
        Family._meta.pk.get_db_prep_value(pk, connection) for pk in (ANYBODY, family.pk)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked if one == anybody else one for one in parameters])
        found = cursor.fetchall()
    for label, pk in found:
        # A database may write ids in its own way
        known = apps.get_model(label)._meta.pk.to_python(pk)
        ids.setdefault(label, []).append(str(known))
    return ids


def codes_of(label, ids):
    """[(id, code of the family)] of some rows of a kind; [] for what is of no family."""
    path = "" if label == Family._meta.label_lower else WAYS.get(label)
    if path is None:
        return []
    code = f"{path}__code" if path else "code"
    rows = apps.get_model(label)._base_manager.filter(Q(pk__in=ids), ~Q(**{code: None}))
    return rows.order_by().values_list("pk", code)


@cache
def _statement():
    """What gives kind and id of each row of ``ANYBODY``, as texts, and its parameters.

    Put together once: of so many kinds it takes far longer than the answer.
    """
    text = CharField()
    first, *others = [
        apps.get_model(label)
        ._base_manager.order_by()
        .filter(**{way: ANYBODY})
        .values_list(Value(label, text), Cast("pk", text))
        for label, way in WAYS.items()
    ]
    return first.union(*others, all=True).query.sql_with_params()

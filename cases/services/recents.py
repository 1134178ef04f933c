"""Who comes first in the form: families and officials that the next entry is likely about."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.utils.translation import ngettext

from cases import words
from cases.models import Visit, VisitArea, VisitFamily

FAMILIES = 3
"""More tiles cost more time than the search."""
CONTACTS = 5
LATELY = timedelta(days=7)
LOOK_BACK = 100
"""Entries among which the officials are looked for."""


def recent_families(mediator, families, due, today):
    """Up to three of the families, each with the reason in words: ``[(family, hint)]``.

    First those with a step that is ``due``, in the order of these, then those logged in
    the last seven days, then those logged most often this month.
    """
    by_pk = {family.pk: family for family in families}
    hints = {}
    for pk, hint in _ranked(mediator, due, today):
        if pk in by_pk:
            hints.setdefault(pk, hint)
    return [(by_pk[pk], hint) for pk, hint in hints.items()][:FAMILIES]


def _ranked(mediator, due, today):
    for step in due:
        yield step.family_id, words.due(step, today, in_full=True)
    lately, month = today - LATELY, today.replace(day=1)
    named = (
        VisitFamily.objects.filter(
            visit__mediator=mediator, visit__visited_on__gte=min(lately, month)
        )
        .order_by("-visit__visited_on", "-visit_id")
        .values_list("family", "visit__visited_on")
    )
    for pk, day in named:
        if day > lately:
            yield pk, words.past(day, today)
    counted = Counter(pk for pk, day in named if day >= month)
    for pk, times in counted.most_common():
        yield (
            pk,
            ngettext("%(count)d× this month", "%(count)d× this month", times)
            % {"count": times},
        )


def recent_contacts(mediator, contacts):
    """The officials met last: ``[(contact, case ids, areas)]``, the newest first."""
    by_pk = {contact.pk: contact for contact in contacts}
    met = Visit.objects.logged_by(mediator).exclude(contact=None)
    met = met.values_list("pk", "contact", "case")
    found = {}
    for visit, contact, case in met[:LOOK_BACK]:
        if contact in by_pk and (contact in found or len(found) < CONTACTS):
            found.setdefault(contact, []).append((visit, case))
    areas_of = _areas_of(visit for told in found.values() for visit, _case in told)
    return [
        (
            by_pk[contact],
            {case for _visit, case in told},
            set().union(*(areas_of[visit] for visit, _case in told)),
        )
        for contact, told in found.items()
    ]


def _areas_of(visits):
    """The areas of each of the entries, by its id."""
    found = defaultdict(set)
    rows = VisitArea.objects.filter(visit__in=list(visits)).order_by()
    for visit, area in rows.values_list("visit", "area"):
        found[visit].add(area)
    return found

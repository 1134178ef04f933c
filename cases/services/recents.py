"""Who comes first in the form: families and officials that the next entry is likely about."""

from collections import Counter
from datetime import timedelta

from django.utils.translation import ngettext

from cases import words
from cases.models import NextStep, Visit, VisitFamily

FAMILIES = 3
"""More tiles cost more time than the search."""
CONTACTS = 5
LATELY = timedelta(days=7)
LOOK_BACK = 100
"""Entries among which the officials are looked for."""


def recent_families(mediator, families, today):
    """Up to three of the families, each with the reason in words: ``[(family, hint)]``.

    First those with a step due today or earlier, then those logged in the last
    seven days, then those logged most often this month.
    """
    by_pk = {family.pk: family for family in families}
    hints = {}
    for pk, hint in _ranked(mediator, today):
        if pk in by_pk:
            hints.setdefault(pk, hint)
    return [(by_pk[pk], hint) for pk, hint in hints.items()][:FAMILIES]


def _ranked(mediator, today):
    steps = NextStep.objects.visible_to(mediator).open().filter(due_on__lte=today)
    for step in steps.exclude(family=None).by_time():
        yield step.family_id, words.due(step, today, in_full=True)
    named = VisitFamily.objects.filter(visit__mediator=mediator)
    lately = named.filter(visit__visited_on__gt=today - LATELY).order_by(
        "-visit__visited_on", "-visit_id"
    )
    for pk, day in lately.values_list("family", "visit__visited_on"):
        yield pk, words.past(day, today)
    this_month = named.filter(visit__visited_on__gte=today.replace(day=1))
    counted = Counter(this_month.order_by().values_list("family", flat=True))
    for pk, times in counted.most_common():
        yield (
            pk,
            ngettext("%(count)d× this month", "%(count)d× this month", times)
            % {"count": times},
        )


def recent_contacts(mediator, contacts):
    """The officials met last: ``[(contact, case ids, areas)]``, the newest first."""
    by_pk = {contact.pk: contact for contact in contacts}
    found = {}
    visits = Visit.objects.logged_by(mediator).exclude(contact=None)
    visits = visits.only("contact", "case").prefetch_related("visit_areas")
    for visit in visits[:LOOK_BACK]:
        contact = by_pk.get(visit.contact_id)
        if contact:
            _contact, cases, areas = found.setdefault(
                contact.pk, (contact, set(), set())
            )
            cases.add(visit.case_id)
            areas.update(row.area for row in visit.visit_areas.all())
    return list(found.values())[:CONTACTS]

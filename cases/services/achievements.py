"""Writing down what was achieved, once, and never in a month that is handed in."""

from django.db import transaction

from cases.models import Achievement, ClosedMonth
from cases.services.months import mediator_of, wait_for_month
from privacy import audit


@transaction.atomic
def achieve(case, what, achieved_on, members, *, by, document=None):
    """Store what was achieved for each of the people, or without any for the family.

    The same again is stored once. Raises ``MonthIsHandedIn``.
    """
    mediator = mediator_of(case.family, by)
    wait_for_month(mediator, case.municipality, achieved_on)
    rows = []
    for member in members or [None]:
        row = Achievement(case=case, what=what, achieved_on=achieved_on, by=by)
        row.document = document
        row.municipality, row.mediator = case.municipality, mediator
        if member:
            row.count_as(member, achieved_on)
        if not _is_known(row):
            row.save(force_insert=True)
            audit.record(by, audit.Verb.CREATE, row, case=case.code, what=what.code)
            rows.append(row)
    return rows


def _is_known(row):
    same = ("what", "achieved_on", "person_id", "document")
    if row.document:
        same = ("document", "person_id")
    return row.case.achievements.filter(
        **{name: getattr(row, name) for name in same}
    ).exists()


@transaction.atomic
def take_back(achievement, *, by):
    """Delete what was written by mistake; False if its month has been handed in since."""
    ClosedMonth.objects.wait_for(achievement.mediator)
    if not Achievement.objects.editable_by(by).filter(pk=achievement.pk).exists():
        return False
    audit.record(by, audit.Verb.DELETE, achievement, case=achievement.case.code)
    achievement.delete()
    return True

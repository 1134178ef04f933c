"""Writing down what was achieved, once, and never in a month that is handed in."""

from django.db import transaction

from cases.models import Achievement, ClosedMonth
from families.services.substitutions import absent_by_family
from privacy import audit


class MonthIsHandedIn(Exception):
    """The report of that month would change. ``first_day`` is the next one that is open."""

    def __init__(self, first_day):
        self.first_day = first_day
        super().__init__(f"{first_day:%Y-%m-%d}")


def mediator_of(case, by):
    """Whose report counts it: that of the mediator for whom somebody stands in."""
    return absent_by_family(by).get(case.family_id, by)


@transaction.atomic
def achieve(case, what, achieved_on, members, *, by):
    """Store what was achieved for each of the people, or without any for the family.

    The same again is stored once. Raises ``MonthIsHandedIn``.
    """
    mediator = mediator_of(case, by)
    ClosedMonth.objects.wait_for(mediator)
    _refuse_closed(case, mediator, achieved_on)
    rows = []
    for member in members or [None]:
        row = Achievement(case=case, what=what, achieved_on=achieved_on, by=by)
        row.municipality, row.mediator = case.municipality, mediator
        if member:
            row.count_as(member, achieved_on)
        if not _is_known(row):
            row.save(force_insert=True)
            audit.record(by, audit.Verb.CREATE, row, case=case.code, what=what.code)
            rows.append(row)
    return rows


def _refuse_closed(case, mediator, day):
    place = {"mediator": mediator, "municipality": case.municipality}
    if ClosedMonth.objects.covers(**place, day=day):
        raise MonthIsHandedIn(ClosedMonth.objects.report_month(**place, day=day))


def _is_known(row):
    same = ("what", "achieved_on", "person_id")
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

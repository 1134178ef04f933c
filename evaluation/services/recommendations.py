"""Recommendations that go on from project to project."""

from django.db import transaction

from evaluation.models import FollowUp, Recommendation
from privacy import audit
from privacy.fold import fold


class AlreadyThere(Exception):
    """It stands under that project or period; ``row`` is the one."""

    def __init__(self, row):
        super().__init__(row)
        self.row = row


@transaction.atomic
def carry_over(row, source, *, by):
    """The same in another project or period, as often as there are others (R265).

    Raises ``AlreadyThere`` under the own one, under one it came from, and under one to
    which it was carried before.
    """
    row = Recommendation.objects.select_for_update(no_key=True).get(pk=row.pk)
    for known in _kin(row):
        if fold(known.source) == fold(source):
            raise AlreadyThere(known)
    made = Recommendation.objects.create(
        text=row.text,
        heading=row.heading,
        addressee=row.addressee,
        source=source,
        carried_from=row,
        made_by=by,
    )
    audit.record(by, audit.Verb.CREATE, made, carried_from=str(row.pk))
    return made


def _kin(row):
    """The recommendation, those that it came from, and those that came of it."""
    yield from row.carried_to.all()
    while row:
        yield row
        row = row.carried_from


def texts_in_use():
    """Words that documents may tell by tomorrow, each once."""
    texts = Recommendation.objects.order_by().values_list("text")
    others = (
        Recommendation.objects.order_by().values_list("source"),
        FollowUp.objects.order_by().values_list("text"),
    )
    return [text for (text,) in texts.union(*others)]

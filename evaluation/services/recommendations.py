"""Recommendations that go on from project to project."""

from django.db import transaction

from evaluation.models import Recommendation
from privacy import audit


@transaction.atomic
def carry_over(row, source, *, by):
    """The same in another project or period; a second press finds it there (R265)."""
    row = Recommendation.objects.select_for_update(no_key=True).get(pk=row.pk)
    known = Recommendation.objects.filter(carried_from=row).first()
    if known:
        return known
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

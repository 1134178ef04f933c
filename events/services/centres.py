"""Keeping the list of resource centres."""

from django.db import transaction

from events.models import Centre
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def add_centre(form, *, by):
    """Put a centre on the list, once however often the button is pressed."""
    centre = form.save(commit=False)
    made = made_before(
        centre,
        Centre.objects.editable_by(by),
        alike=["name", "municipality_id"],
        lock=centre.municipality,
    )
    if made:
        return made
    centre.save(force_insert=True)
    form.save_m2m()
    audit.record(by, audit.Verb.CREATE, centre, municipality=centre.municipality_id)
    return centre


@transaction.atomic
def change_centre(form, *, by):
    centre = form.save()
    audit.record(by, audit.Verb.UPDATE, centre, fields=audit.changed_fields(form))

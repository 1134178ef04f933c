"""What a family needs and where it lives; a change is a new row, the old one stays."""

from django.db import transaction
from django.utils import timezone

from families.models import Family, FamilyNeed
from municipalities.areas import MAIN_AREAS
from privacy import audit


def needs_map(family):
    """``{area: FamilyNeed or None}`` for the main areas, in their order."""
    current = {need.area: need for need in family.needs.current()}
    return {area: current.get(area) for area in MAIN_AREAS}


@transaction.atomic
def note_needs(family, levels, *, by):
    """Store ``{area: level}`` where it differs from the last answer; returns the areas."""
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    known = {need.area: need.level for need in family.needs.current()}
    changed = {
        area: level for area, level in levels.items() if known.get(area) != level
    }
    FamilyNeed.objects.bulk_create(
        FamilyNeed(family=family, area=area, level=level, by=by)
        for area, level in changed.items()
    )
    if changed:
        areas = sorted(str(area) for area in changed)
        audit.record(by, audit.Verb.UPDATE, family, needs=areas)
    return list(changed)


@transaction.atomic
def note_residence(residence, *, by):
    """Store where the family lives; the same once more confirms what is known.

    Returns the row that counts today, which is the latest, not the one written last.
    """
    family = Family.objects.select_for_update(no_key=True).get(pk=residence.family_id)
    current = family.residences.first()
    alike = ("status", "since_on", "country_id", "place")
    if current and all(
        getattr(current, name) == getattr(residence, name) for name in alike
    ):
        current.confirmed_on = timezone.localdate()
        current.save(update_fields=["confirmed_on"])
        fields = ["confirmed_on"]
    else:
        residence.by = by
        residence.save(force_insert=True)
        fields = ["residence"]
    audit.record(by, audit.Verb.UPDATE, family, fields=fields)
    return family.residences.first()


@transaction.atomic
def take_back_residence(residence, *, by):
    """Delete a row that was a slip; what was told before counts again."""
    audit.record(by, audit.Verb.UPDATE, residence.family, fields=["residence"])
    residence.delete()

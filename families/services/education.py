"""What is known of a child's education: one row for a school year, however often saved."""

from django.db import transaction
from django.utils import timezone

from families.models import EducationRecord, Family
from families.models.education import first_day
from privacy import audit


def record_of(member, school_year):
    """The record of a person and year; a new one, not yet stored, if there is none."""
    known = EducationRecord.objects.of(member).filter(school_year=school_year).first()
    return known or EducationRecord(
        family=member.family, person_id=member.pk, school_year=school_year
    )


@transaction.atomic
def note_education(record, member, *, reasons, by):
    """Store where the person learns; of two at the same moment the later one stays.

    The record counts in the municipality in which the family is today, so a child that
    moved in the middle of the year and is written down there counts there alone.
    """
    family = Family.objects.select_for_update(no_key=True).get(pk=member.family_id)
    made = record_of(member, record.school_year)
    is_new = made._state.adding
    if not is_new:
        record.pk, record._state.adding = made.pk, False
    record.family, record.municipality = family, family.municipality
    record.institution_type = record.institution and record.institution.type
    record.by, record.written_on = by, timezone.localdate()
    record.count_as(member, first_day(record.school_year))
    record.save()
    record.reasons.set(reasons)
    verb = audit.Verb.CREATE if is_new else audit.Verb.UPDATE
    audit.record(by, verb, record, family=family.pk)
    return record

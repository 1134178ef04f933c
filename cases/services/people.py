"""Whom of a family a case is to help."""

from django.db import transaction
from django.db.models import OuterRef, Subquery

from cases.models import Case, CasePerson
from families.models import FamilyMember
from privacy import audit


def people_of_family(family):
    """``{id: FamilyMember}`` of everybody who is or was on the list of the family."""
    members = FamilyMember.objects.filter(family=family).select_related("relation")
    return {member.pk: member for member in members}


def chosen_for(case):
    """Those of the family's list whom the case is to help, in the order of their naming."""
    named = case.people.filter(person_id=OuterRef("pk")).order_by().values("pk")
    people = FamilyMember.objects.filter(family=case.family).alias(
        named=Subquery(named)
    )
    people = people.filter(named__isnull=False).order_by("named")
    return list(people.select_related("relation"))


@transaction.atomic
def write_people(case, members, *, by):
    """Make the case name these people and, of the family's list, no others.

    Age and sex stay as they were when a person was named. Who was erased since stays
    counted: nobody can have meant to take them off.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    known = people_of_family(case.family)
    wanted = {member.pk: member for member in members}
    named = set(case.people.values_list("person_id", flat=True))
    gone = case.people.filter(person_id__in=known.keys() - wanted.keys())
    taken_off = gone.delete()[0]
    new = [member for pk, member in wanted.items() if pk not in named]
    for member in new:
        person = CasePerson(case=case)
        person.count_as(member, case.opened_on)
        person.save(force_insert=True)
    if new or taken_off:
        audit.record(by, audit.Verb.UPDATE, case, people=len(wanted))

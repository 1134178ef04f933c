"""The people of a household, and the size of the household that follows from them.

Adults and children were typed at the first contact. They stay as long as fewer people
are listed than the household has, and grow where more are listed. Once everybody is
listed, the list is what counts. Who leaves is one fewer, who comes back is one more.
"""

from django.db import transaction
from django.utils import timezone

from families.models import Family, FamilyMember
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def add_member(member, *, by):
    """Put a person on the list of the family, once."""
    made = made_before(
        member,
        FamilyMember.objects.visible_to(by),
        alike=["family_id", "name", "relation_id", "birth_year"],
        lock=member.family,
    )
    if made:
        return made
    member.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, member, family=member.family_id)
    _fit_household(member.family, by=by)
    return member


@transaction.atomic
def change_member(member, *, by, fields):
    """Correct what is known about a person, or that the person left or came back."""
    family = Family.objects.select_for_update(no_key=True).get(pk=member.family_id)
    before = FamilyMember.objects.select_related("relation").get(pk=member.pk)
    member.save()
    audit.record(by, audit.Verb.UPDATE, member, family=family.pk, fields=fields)
    more = before.has_left - member.has_left
    _fit_household(
        family,
        by=by,
        more_adults=0 if before.is_child else more,
        more_children=more if before.is_child else 0,
    )


def mark_left(member, *, by):
    """The person does not live with the family any more, from today on."""
    if not member.has_left:
        member.left_on = timezone.localdate()
        change_member(member, by=by, fields=["left_on"])


def listed(family):
    """``(adults, children)`` among the people who are listed and live there today."""
    people = family.members.in_household().select_related("relation")
    ages = [person.is_child for person in people]
    return ages.count(False), ages.count(True)


def _fit_household(family, *, by, more_adults=0, more_children=0):
    """Make the two numbers agree with the list; see the head of this module."""
    family = Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    typed = (
        max(family.adults + more_adults, 0),
        max(family.children + more_children, 0),
    )
    on_list = listed(family)
    fitted = on_list
    if sum(on_list) < sum(typed):
        fitted = tuple(map(max, typed, on_list))
    if fitted in ((0, 0), (family.adults, family.children)):
        return
    family.adults, family.children = fitted
    family.save(update_fields=["adults", "children"])
    audit.record(by, audit.Verb.UPDATE, family, fields=["adults", "children"])

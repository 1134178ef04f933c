"""With whom a case has to do outside of the family."""

from municipalities.models import InstitutionContact


def people_in(*, visits, referrals):
    """Officials of the entries and referrals of a case, those of the latest first."""
    named = [
        *((referral.sent_on, referral.contact_id) for referral in referrals),
        *((visit.visited_on, visit.contact_id) for visit in visits),
    ]
    order = {}
    for _day, pk in sorted(named, key=lambda pair: pair[0], reverse=True):
        if pk:
            order.setdefault(pk, len(order))
    people = InstitutionContact.objects.filter(pk__in=order).active()
    return sorted(
        people.select_related("institution"), key=lambda person: order[person.pk]
    )

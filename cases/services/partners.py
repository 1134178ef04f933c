"""With whom a case has to do outside of the family."""

from django.db.models import Max

from municipalities.models import InstitutionContact


def last_met(visits):
    """``(day, official)`` of the last of these entries with each official, by key."""
    named = visits.exclude(contact=None).order_by().values("contact")
    return named.annotate(day=Max("visited_on")).values_list("day", "contact")


def people_in(*, met, referrals):
    """Officials of the entries and referrals of a case, those of the latest first.

    ``met`` is ``(day, official)`` of entries, by key.
    """
    named = [
        *((referral.sent_on, referral.contact_id) for referral in referrals),
        *met,
    ]
    order = {}
    for _day, pk in sorted(named, key=lambda pair: pair[0], reverse=True):
        if pk:
            order.setdefault(pk, len(order))
    people = InstitutionContact.objects.filter(pk__in=order).active()
    return sorted(
        people.select_related("institution"), key=lambda person: order[person.pk]
    )

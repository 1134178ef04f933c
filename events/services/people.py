"""Leaders, invitations and testimonials of an event."""

from django.db import transaction
from django.utils import timezone

from events.models import Event, Invitation, Leader
from events.services.events import settle
from mediators.models import Role
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def lead(event, visit, *, by):
    """A mediator's entry says that and how long she led the event; once."""
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    if not Leader.objects.filter(visit=visit).exists():
        Leader.objects.create(event=event, visit=visit)
        audit.record(by, audit.Verb.UPDATE, event, code=event.code, fields=["leaders"])


@transaction.atomic
def add_leader(event, leader, *, by):
    """A leader from outside, once however often the button is pressed."""
    leader.event = event
    made = made_before(
        leader, event.leaders.all(), alike=["name", "own_minutes"], lock=event
    )
    if not made:
        leader.save(force_insert=True)
        audit.record(by, audit.Verb.UPDATE, event, code=event.code, fields=["leaders"])


@transaction.atomic
def remove_leader(leader, *, by):
    event = leader.event
    leader.delete()
    audit.record(by, audit.Verb.UPDATE, event, code=event.code, fields=["leaders"])


@transaction.atomic
def invite(event, contacts, *, by):
    """Put officials on the list of invitations; who stands there already stays as it is."""
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    known = set(event.invitations.values_list("contact", flat=True))
    new = [row for row in contacts if row.pk not in known]
    Invitation.objects.bulk_create(Invitation(event=event, contact=row) for row in new)
    if new:
        audit.record(
            by, audit.Verb.UPDATE, event, code=event.code, fields=["invitations"]
        )


@transaction.atomic
def answer(invitation, state, *, by):
    """Note how far an invitation is. Who came represents an institution."""
    invitation.state = state
    invitation.save(update_fields=["state"])
    event = invitation.event
    if state == Invitation.State.CAME:
        event.institutions.add(invitation.contact.institution)
        settle(event)
        if event.series:
            settle(event.series)
    audit.record(by, audit.Verb.UPDATE, event, code=event.code, fields=["invitations"])


@transaction.atomic
def withdraw_invitation(invitation, *, by):
    event = invitation.event
    invitation.delete()
    audit.record(by, audit.Verb.UPDATE, event, code=event.code, fields=["invitations"])


@transaction.atomic
def add_testimonial(testimonial, *, by):
    """Keep what was said of an event, for its municipality."""
    event = testimonial.event
    made = made_before(
        testimonial, event.testimonials.all(), alike=["text", "author"], lock=event
    )
    if made:
        return made
    testimonial.municipality = event.municipality
    mediates = by.municipalities_as(Role.MEDIATOR)
    if mediates.filter(pk=event.municipality_id).exists():
        testimonial.mediator = by
    testimonial.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, testimonial, code=event.code)
    return testimonial


@transaction.atomic
def withdraw_testimonial(testimonial, *, by):
    """Whoever said it takes the agreement back: it may not be published any more."""
    testimonial.withdrawn_on = timezone.localdate()
    testimonial.save(update_fields=["withdrawn_on"])
    audit.record(by, audit.Verb.WITHDRAW, testimonial)


@transaction.atomic
def delete_testimonial(testimonial, *, by):
    audit.record(by, audit.Verb.DELETE, testimonial)
    testimonial.delete()

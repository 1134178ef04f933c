"""Leaders, invitations and testimonials of an event."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.forms.people import (
    InvitationForm,
    InviteForm,
    OutsideLeaderForm,
    OwnPartForm,
    TestimonialForm,
    names_officials,
)
from events.models import WRITERS, Event, Invitation, Leader, Testimonial
from events.services import people as services
from events.views.events import read_or_write
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit


@role_required(Role.MEDIATOR)
@require_POST
def lead(request, code):
    """“I led it too”, with the hours of the mediator's own log entry."""
    event = get_object_or_404(
        Event.objects.visible_to(request.user).sessions(), code=code
    )
    form = OwnPartForm(request.POST, event=event, by=request.user)
    if form.is_valid():
        services.lead(event, form.cleaned_data["visit"], by=request.user)
        messages.success(request, _("Your hours stand beside the event."))
    else:
        messages.error(request, form.errors["visit"][0])
    return redirect(event)


@role_required(*WRITERS)
@read_or_write
def leader_create(request, code):
    event = get_object_or_404(
        Event.objects.editable_by(request.user).sessions(), code=code
    )
    form = OutsideLeaderForm(request.POST or None, instance=Leader(event=event))
    if form.is_valid():
        services.add_leader(event, form.save(commit=False), by=request.user)
        return redirect(event)
    audit.record_opening(request, event, code=event.code, page="leader")
    return _page(request, "leader_form", event, form)


@role_required(*WRITERS)
@require_POST
def leader_delete(request, pk):
    leader = get_object_or_404(Leader.objects.editable_by(request.user), pk=pk)
    services.remove_leader(leader, by=request.user)
    return redirect(leader.event)


@role_required(*WRITERS)
@read_or_write
def invitations(request, code):
    """Whom of the contact register the event invites, and how far each is."""
    event = get_object_or_404(
        Event.objects.editable_by(request.user).sessions().with_numbers(), code=code
    )
    form = InviteForm(request.POST or None, event=event, by=request.user)
    if form.is_valid():
        services.invite(event, form.cleaned_data["contacts"], by=request.user)
        messages.success(request, _("They are on the list."))
        return redirect("events:invitations", event.code)
    audit.record_opening(request, event, code=event.code, page="invitations")
    rows = event.invitations.select_related("contact__institution")
    return _page(
        request,
        "invitations",
        event,
        form,
        invitations=rows,
        are_uncounted=not event.is_planned
        and event.institutions_number > event.professionals,
        states=Invitation.State.choices,
        names_officials=names_officials(request.user),
    )


@role_required(*WRITERS)
@require_POST
def invitation_update(request, pk):
    """One tap says how far it is, or takes it off the list."""
    invitation = get_object_or_404(Invitation.objects.editable_by(request.user), pk=pk)
    form = InvitationForm(request.POST, event=invitation.event)
    if "remove" in request.POST:
        services.withdraw_invitation(invitation, by=request.user)
    elif form.is_valid():
        services.answer(invitation, form.cleaned_data["state"], by=request.user)
    else:
        messages.error(request, form.errors["state"][0])
    return redirect("events:invitations", invitation.event.code)


@role_required(*WRITERS)
@read_or_write
def testimonial_create(request, code):
    event = get_object_or_404(Event.objects.visible_to(request.user), code=code)
    form = TestimonialForm(
        request.POST or None,
        instance=Testimonial(event=event, municipality=event.municipality),
        by=request.user,
    )
    if form.is_valid():
        services.add_testimonial(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(event)
    audit.record_opening(request, event, code=event.code, page="testimonial")
    return _page(request, "testimonial_form", event, form)


@role_required(*WRITERS)
@require_POST
def testimonial_withdraw(request, pk):
    said = get_object_or_404(
        Testimonial.objects.editable_by(request.user).publishable(), pk=pk
    )
    services.withdraw_testimonial(said, by=request.user)
    messages.success(request, _("It may not be published any more."))
    return redirect(said.event)


@role_required(*WRITERS)
@require_POST
def testimonial_delete(request, pk):
    said = get_object_or_404(Testimonial.objects.editable_by(request.user), pk=pk)
    event = said.event
    services.delete_testimonial(said, by=request.user)
    return redirect(event)


def _page(request, template, event, form, **context):
    return render(
        request,
        f"events/{template}.html",
        {"event": event, "form": form, **context},
        status=status_of(form),
    )

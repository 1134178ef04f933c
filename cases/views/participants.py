"""A participant of a programme: the answers of one person, and deleting them alone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cases.forms.participants import ParticipantForm
from cases.models import Involvement, Participant
from cases.services import participants, programmes
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def participant(request, pk):
    way = get_object_or_404(
        Involvement.objects.visible_to(request.user).with_steps(), pk=pk
    )
    known = Participant.objects.visible_to(request.user).filter(involvement=way).first()
    if not known and not participants.may_be_asked(way):
        raise Http404
    form = ParticipantForm(
        request.POST or None,
        instance=known or Participant(involvement=way),
        initial=None if known else participants.known_of(way),
    )
    if form.is_valid():
        fields = audit.changed_fields(form)
        participants.store(form.save(commit=False), by=request.user, fields=fields)
        messages.success(request, _("Saved."))
        return redirect("cases:involvement-step", pk=way.pk)
    audit.record_opening(request, way, page="participant")
    context = {
        "form": form,
        "way": way,
        "who": programmes.who_of(way),
        "known": known,
    }
    status = status_of(form)
    return render(request, "cases/participant_form.html", context, status=status)


@role_required(Role.MEDIATOR)
@require_POST
def participant_delete(request, pk):
    participant = get_object_or_404(
        Participant.objects.visible_to(request.user), involvement=pk
    )
    participants.forget([participant], by=request.user)
    messages.success(request, _("The answers are deleted. The steps stay."))
    return redirect("cases:involvement-step", pk=pk)

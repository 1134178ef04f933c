"""Events and series: the list, one of them, making, changing and deleting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cases.forms.prefill import by_code
from cases.models import Kind, Visit
from events import words
from events.forms.events import EventForm
from events.forms.filters import FilterForm
from events.forms.people import OwnPartForm, names_officials
from events.models import EVERYBODY, WRITERS, Centre, Event, Leader, Testimonial
from events.services import events as services
from interface.two_windows import status_of
from mediators.access import role_required
from privacy import audit

A_PAGE = 30
OF_A_VISIT = {"CHILDREN": "children", "YOUTH": "youth", "ADULTS": "adults"}
"""The categories under which a log entry counts those who took part."""
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(*EVERYBODY)
@require_safe
def event_list(request):
    form = FilterForm(request.GET, user=request.user)
    found = form.narrow(Event.objects.visible_to(request.user).wholes())
    rows = found.with_numbers().select_related("municipality", "kind", "centre")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    audit.record(
        request.user,
        audit.Verb.LIST,
        Event,
        filters=audit.filters(request.GET, *form.fields),
        count=page.paginator.count,
    )
    context = {
        "form": form,
        "page": page,
        "may_write": request.user.has_role(*WRITERS),
    }
    return render(request, "events/event_list.html", context)


@role_required(*EVERYBODY)
@require_safe
def event_detail(request, code):
    event = get_object_or_404(
        Event.objects.visible_to(request.user)
        .with_numbers()
        .select_related("municipality", "kind", "centre", "series", "initiated_by"),
        code=code,
    )
    audit.record(request.user, audit.Verb.READ, event, code=event.code)
    may_edit = Event.objects.editable_by(request.user).contains(event)
    sessions = event.sessions.visible_to(request.user).with_numbers()
    said = Testimonial.objects.visible_to(request.user).filter(event=event)
    context = {
        "event": event,
        "may_edit": may_edit,
        "may_write": request.user.has_role(*WRITERS),
        "counts": by_category(event),
        "details": [row for row in _counts(event) if not row.is_plain],
        "sessions": sessions.select_related("municipality", "kind", "centre"),
        "leaders": event.leaders.select_related("visit__mediator"),
        "removable": set(
            Leader.objects.editable_by(request.user)
            .filter(event=event)
            .values_list("pk", flat=True)
        ),
        "own_part": OwnPartForm(event=event, by=request.user),
        "invitations": event.invitations.select_related("contact__institution"),
        "names_officials": names_officials(request.user),
        "testimonials": said,
        "own_testimonials": set(
            Testimonial.objects.editable_by(request.user)
            .filter(event=event)
            .values_list("pk", flat=True)
        ),
        "people_fit": words.people_fit(event),
    }
    return render(request, "events/event_detail.html", context)


def _counts(event):
    return event.headcounts.select_related(
        "category", "from_municipality", "from_region"
    )


def by_category(event):
    """``[(category, count)]`` of what was counted for the event itself."""
    counts = {}
    for row in _counts(event):
        counts[row.category] = counts.get(row.category, 0) + row.count
    return list(counts.items())


@role_required(*WRITERS)
@read_or_write
def event_create(request):
    """A new event, begun from a log entry about a group or from its series."""
    entry = by_code(
        Visit.objects.logged_by(request.user).filter(kind=Kind.GROUP),
        request.GET.get("ieraksts", ""),
    )
    told = entry and Event.objects.visible_to(request.user).filter(leaders__visit=entry)
    if told and request.method != "POST":
        return redirect(told.first())
    initial, counts = {}, {}
    if entry:
        initial, counts = _from_entry(entry)
    series = by_code(
        Event.objects.visible_to(request.user).series(), request.GET.get("serija", "")
    )
    if series:
        initial |= _from_series(series)
    centre = _centre(request)
    if centre:
        initial |= {"centre": centre.pk, "place": centre.place}
    here = entry or centre
    event = Event(municipality=here.municipality if here else None)
    return _create(request, event, initial=initial, counts=counts, entry=entry)


def _centre(request):
    """The centre in the address, where the person works there and it is still open."""
    centres = Centre.objects.editable_by(request.user).open()
    try:
        return centres.filter(pk=request.GET.get("centrs", "")).first()
    except ValidationError:
        return None


def _from_entry(entry):
    areas = entry.area_choices
    initial = {
        "held_on": entry.visited_on,
        "minutes": entry.minutes,
        "area": areas[0] if areas else "",
        "place": entry.place,
        "visit": entry.code,
    }
    counts = {code: getattr(entry, name) for code, name in OF_A_VISIT.items()}
    return initial, counts


def _from_series(series):
    return {
        "series": series.pk,
        "title": series.title,
        "kind": series.kind_id,
        "area": series.area,
        "target": series.target,
    }


@role_required(*WRITERS)
@read_or_write
def series_create(request):
    return _create(request, Event(is_series=True))


def _create(request, event, *, initial=None, counts=None, entry=None):
    form = EventForm(
        request.POST or None,
        instance=event,
        initial=initial,
        by=request.user,
        counts=counts,
        entry=entry,
    )
    if form.is_valid():
        event = services.add_event(form, by=request.user)
        messages.success(request, _("Saved."))
        return redirect(event)
    return _form_page(request, form)


@role_required(*WRITERS)
@read_or_write
def event_update(request, code):
    event = get_object_or_404(Event.objects.editable_by(request.user), code=code)
    form = EventForm(request.POST or None, instance=event, by=request.user)
    if form.is_valid():
        services.change_event(form, by=request.user)
        messages.success(request, _("Changes saved."))
        return redirect(event)
    audit.record_opening(request, event, code=event.code)
    return _form_page(request, form)


def _form_page(request, form):
    context = {"form": form, "event": form.instance, "is_new": not form.is_edit}
    status = status_of(form)
    return render(request, "events/event_form.html", context, status=status)


@role_required(*WRITERS)
@read_or_write
def event_delete(request, code):
    """Says what goes with it, then deletes it; a series only when it has no sessions."""
    event = get_object_or_404(
        Event.objects.editable_by(request.user).with_numbers(), code=code
    )
    if request.method == "POST":
        try:
            services.delete_event(event, by=request.user)
        except ProtectedError:
            messages.error(request, _("Delete the sessions of the series first."))
            return redirect(event)
        messages.success(request, _("Deleted."))
        return redirect("events:list")
    audit.record(request.user, audit.Verb.READ, event, code=event.code, page="delete")
    return render(request, "events/event_delete.html", {"event": event})

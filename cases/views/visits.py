"""The log: writing, reading, correcting and deleting entries."""

import uuid
from itertools import groupby

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cases.forms import prefill, suggestions
from cases.forms.journal import JournalForm
from cases.forms.options import Options
from cases.forms.rules import rules_of
from cases.forms.visit import DAY, WEEK, VisitForm
from cases.models import DeletedVisit, Kind, Visit
from cases.services import deletion, visits
from cases.views.attempt import attempt_to_log
from families import words as family_words
from families.hidden_names import are_hidden, unless_hidden
from families.models import Family
from families.views.pages import show_names_first
from interface.days import FIRST_MONTH
from interface.latvian import long_date_locative, weekday_locative
from interface.two_windows import lock, status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit
from privacy.unneeded_words import hint_at_unneeded

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def _own_log(request):
    return Visit.objects.logged_by(request.user).in_use()


def _own_entry(request, code):
    return get_object_or_404(_own_log(request).with_answers(), code=code)


@role_required(Role.MEDIATOR)
@require_safe
def visit_list(request):
    """The journal: own entries of one month, day by day."""
    form = JournalForm(request.GET, user=request.user)
    today = timezone.localdate()
    month = form.month(today)
    found = form.narrow(_own_log(request).with_subject().in_month(month)).distinct()
    audit.record(
        request.user,
        audit.Verb.LIST,
        Visit,
        month=f"{month:%Y-%m}",
        filters=audit.filters(request.GET, "veids", "joma", "gimene"),
        count=len(found),
    )
    context = {
        "form": form,
        "month": month,
        "is_narrowed": form.without_month(),
        "earlier": (month - DAY).replace(day=1) if month > FIRST_MONTH else None,
        "later": (month + 5 * WEEK).replace(day=1)
        if month < today.replace(day=1)
        else None,
        "days": _by_day(found),
        "count": len(found),
        "minutes": sum(visit.minutes for visit in found),
        "deleted": _just_deleted(request),
    }
    return render(request, "cases/visit_list.html", context)


def _just_deleted(request):
    deleted = DeletedVisit.objects.editable_by(request.user)
    return prefill.by_code(deleted, request.GET.get("dzests", ""))


def _by_day(found):
    """``[(day, entries, minutes)]``, the newest day first."""
    days = []
    for day, group in groupby(found, key=lambda visit: visit.visited_on):
        entries = list(group)
        days.append((day, entries, sum(visit.minutes for visit in entries)))
    return days


@role_required(Role.MEDIATOR)
@read_or_write
def visit_create(request):
    """Log one contact. What is sent twice is stored once."""
    today = timezone.localdate()
    if request.method == "POST":
        return _log(
            request, VisitForm(request.POST, options=Options(request.user, today))
        )
    initial, first = prefill.from_query(request.user, request.GET, today)
    options = Options(request.user, today, first=first, is_new=True)
    if first and first.has_withdrawn:
        messages.warning(request, family_words.why_no_entry(first))
    audit.record(request.user, audit.Verb.LIST, Family, count=len(options.families))
    return _form_page(request, VisitForm(initial=initial, options=options))


def _log(request, form):
    attempt = attempt_to_log(form, request.user)
    if attempt.number_is_taken and form.is_valid():
        return _conflict_page(request, form, attempt.visit)
    if attempt.is_stored:
        if attempt.is_new:
            hint_at_unneeded(request, attempt.visit.note)
        return _saved(request, attempt.visit)
    return _form_page(request, form)


def _saved(request, visit):
    if isinstance(visit, DeletedVisit):
        messages.info(request, _("This entry has been deleted since."))
        return redirect("cases:visit-list")
    if "another" not in request.POST:
        return redirect("cases:visit-saved", visit.code)
    address = reverse("cases:visit-create")
    return redirect(f"{address}?diena={visit.visited_on}&saglabats={visit.code}")


def _form_page(request, form):
    own = _own_log(request).with_subject()
    last, logged_today = _last_and_todays(own, form.options.today)
    context = form_context(form) | {
        "visit": form.options.visit,
        "last": last,
        "saved": prefill.by_code(own, request.GET.get("saglabats", "")),
        "logged_today": logged_today,
    }
    status = status_of(form)
    return render(request, "cases/visit_form.html", context, status=status)


def _last_and_todays(own, today):
    """The entry written last, whatever its day, and those of today, read together."""
    last = own.order_by("-created_at").values("pk")[:1]
    found = list(own.filter(Q(visited_on=today) | Q(pk__in=last)))
    return (
        max(found, key=lambda visit: visit.created_at, default=None),
        [visit for visit in found if visit.visited_on == today],
    )


def form_context(form):
    """What the form shows to everybody; the rest is about one person's log."""
    today = form.options.today
    if form.is_bound:
        form.offer()
    return {
        "form": form,
        "is_kept": False,
        "sample": None,
        "visit": None,
        "last": None,
        "saved": None,
        "logged_today": (),
        "rules": rules_of(form),
        "suggestions": suggestions.all_texts(),
        "questions": [(day, _question(day)) for day in (today + DAY, today + WEEK)],
    }


def _question(day):
    return _("What has to be done on %(weekday)s, %(date)s?") % {
        "weekday": weekday_locative(day),
        "date": long_date_locative(day),
    }


def _conflict_page(request, form, stored):
    """Two different entries under one number: show both, lose neither."""
    entry = form.entry()
    context = {
        "stored": stored,
        "entry": entry,
        "kind": Kind(entry.kind).label,
        "note": unless_hidden(entry.note),
        "typed": form.answers,
        "number": uuid.uuid4(),
    }
    return render(request, "cases/visit_conflict.html", context, status=409)


@role_required(Role.MEDIATOR)
@require_safe
def visit_detail(request, code):
    visit = get_object_or_404(
        Visit.objects.visible_to(request.user).with_answers(), code=code
    )
    audit.record(request.user, audit.Verb.READ, visit)
    return render(request, "cases/visit_detail.html", _page_of(request.user, visit))


def _page_of(user, visit):
    """An entry with what may be done with it and why not."""
    is_own = visit.mediator_id == user.pk
    can_edit = Visit.objects.editable_by(user).contains(visit)
    return {
        "visit": visit,
        "is_own": is_own,
        "can_edit": can_edit,
        "is_closed": is_own and not can_edit,
        "step": visit.promised_steps.first() if is_own else None,
        "done_steps": visit.done_steps.all() if is_own else (),
    }


@role_required(Role.MEDIATOR)
@require_safe
def visit_saved(request, code):
    """What was stored, and what comes next; the same page however often it was sent."""
    visit = _own_entry(request, code)
    audit.record(request.user, audit.Verb.READ, visit)
    return render(request, "cases/visit_saved.html", _page_of(request.user, visit))


@role_required(Role.MEDIATOR)
@require_safe
def visit_copy(request, code):
    visit = get_object_or_404(Visit.objects.visible_to(request.user), code=code)
    audit.record(request.user, audit.Verb.READ, visit, page="copy")
    return redirect(f"{reverse('cases:visit-create')}?kopet={visit.code}")


@role_required(Role.MEDIATOR)
@read_or_write
def visit_update(request, code):
    """Correct an own entry. Of a closed month it can only be read, and says so."""
    visit = _own_entry(request, code)
    if request.method == "POST":
        lock(visit)
    options = Options(request.user, timezone.localdate(), visit=visit)
    if request.method == "POST":
        return _change(
            request,
            VisitForm(request.POST, initial=prefill.of_visit(visit), options=options),
        )
    if not Visit.objects.editable_by(request.user).contains(visit):
        return redirect(visit)
    if are_hidden() and visit.note:
        return show_names_first(request, visit)
    audit.record(request.user, audit.Verb.READ, visit)
    return _form_page(
        request, VisitForm(initial=prefill.of_visit(visit), options=options)
    )


def _change(request, form):
    if not form.is_valid():
        return _form_page(request, form)
    visit = form.options.visit
    try:
        visits.change_visit(visit, form.entry(), by=request.user)
    except visits.MonthIsClosed as closed:
        form.say_closed(closed.month)
        return _form_page(request, form)
    messages.success(request, _("The entry has been corrected."))
    hint_at_unneeded(request, visit.note)
    return redirect(visit)


@role_required(Role.MEDIATOR)
@read_or_write
def visit_delete(request, code):
    """Says what goes with the entry, then deletes it."""
    visit = _own_entry(request, code)
    if not Visit.objects.editable_by(request.user).contains(visit):
        return redirect(visit)
    if request.method == "POST":
        deleted = deletion.delete_visit(visit, by=request.user)
        return redirect(f"{reverse('cases:visit-list')}?dzests={deleted.code}")
    audit.record(request.user, audit.Verb.READ, visit, page="delete")
    return render(request, "cases/visit_delete.html", _page_of(request.user, visit))


@role_required(Role.MEDIATOR)
@require_POST
def visit_restore(request, code):
    """Take a deletion back; the second tap leads to the entry that the first brought back."""
    deleted = DeletedVisit.objects.editable_by(request.user).filter(code=code).first()
    if deleted is None:
        return redirect(_own_entry(request, code))
    try:
        visit = deletion.restore_visit(deleted, by=request.user)
    except deletion.TooLate:
        restored = _own_log(request).filter(code=code).first()
        if restored:
            return redirect(restored)
        messages.warning(
            request, _("It is too late to bring the entry back. Please write it anew.")
        )
    else:
        messages.success(request, _("The entry is back."))
        return redirect(visit)
    return redirect("cases:visit-list")

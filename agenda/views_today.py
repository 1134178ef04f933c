"""The mediator's first page: what is due, and how the month stands."""

import re

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda import day
from agenda.reminders import what_there_is
from cases.forms.steps import StepDropForm, StepMoveForm
from cases.models import NextStep
from families.services import substitutions
from mediators.access import role_required
from mediators.models import Role, SupervisionSession
from mediators.supervision import care_for
from privacy import audit

PAGE = re.compile(r"[1-9][0-9]{0,3}")


@role_required(Role.MEDIATOR)
@require_safe
def today(request):
    """Late, today, soon; the month so far; what the coordinator asks."""
    date = timezone.localdate()
    page = _page_of_all(request)
    reports = day.own_reports(request.user, date)
    cards = day.month_cards(request.user, date, reports)
    found = what_there_is(
        request.user,
        date,
        running=substitutions.running_for(request.user),
        sessions=SupervisionSession.objects.visible_to(request.user),
    )
    running = list(found["running"] or [])
    absent = substitutions.covered_in(running, request.user)
    late, now, soon = day.groups(
        request.user, date, cards, found=found, absent=absent, page=page
    )
    context = {
        "date": date,
        "late": late,
        "now": now,
        "soon": soon,
        "move_form": StepMoveForm(today=date),
        "drop_form": StepDropForm(),
        "returned": day.returned_reports(reports),
        "cards": cards,
        "care": care_for(
            request.user, date, has_sessions=found["sessions"] is not None
        ),
        "substitutions": running,
        "next_page": (page or 0) + 1,
        "previous_page": (page or 0) - 1,
    }
    count = sum(group.count for group in (late, now, soon))
    audit.record(request.user, audit.Verb.LIST, NextStep, count=count)
    return render(request, "agenda/today.html", context)


def _page_of_all(request):
    """Which page of everything is asked for; None on the day as it opens."""
    number = request.GET.get("visas")
    if number is None:
        return None
    return int(number) if PAGE.fullmatch(number) else 1

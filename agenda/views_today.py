"""The mediator's first page: what is due, and how the month stands."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda import day
from cases.forms.steps import StepMoveForm
from cases.models import NextStep
from families.services import substitutions
from mediators.access import role_required
from mediators.models import Role
from privacy import audit


@role_required(Role.MEDIATOR)
@require_safe
def today(request):
    """Late, today, soon; the month so far; what the coordinator asks."""
    date = timezone.localdate()
    show_all = "visas" in request.GET
    late, now, soon = day.step_groups(request.user, date, show_all=show_all)
    context = {
        "date": date,
        "late": late,
        "now": now,
        "soon": soon,
        "move_form": StepMoveForm(today=date),
        "returned": day.returned_reports(request.user),
        "cards": day.month_cards(request.user, date),
        "substitutions": substitutions.running_for(request.user),
    }
    audit.record(request.user, audit.Verb.LIST, NextStep)
    return render(request, "agenda/today.html", context)

"""Two columns: what was recommended, and how it is carried out (R263)."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from evaluation.forms.recommendations import (
    CarryOverForm,
    FollowUpForm,
    RecommendationForm,
)
from evaluation.models import FollowUp, Recommendation
from evaluation.register import (
    before,
    places_of,
    recommendations_for,
    sources,
    under_headings,
)
from evaluation.services.recommendations import AlreadyThere, carry_over
from evaluation.views.surveys import read_or_write, staff_only
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import MUNICIPAL, Role
from privacy import audit

A_PAGE = 25
readers_only = role_required(*MUNICIPAL, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)
writers_only = role_required(*MUNICIPAL, Role.PROJECT_STAFF)


@readers_only
@require_safe
def recommendations(request):
    chosen = request.GET.get("avots", "")
    rows = recommendations_for(request.user, source=chosen)
    page = Paginator(rows, A_PAGE).get_page(_number_of_page(request, rows))
    audit.record(request.user, audit.Verb.LIST, Recommendation)
    follow_ups = FollowUp.objects.editable_by(request.user)
    context = {
        "headings": under_headings(page),
        "page": page,
        "query": urlencode({"avots": chosen}) if chosen else "",
        "sources": sources(request.user),
        "chosen": chosen,
        "editable": set(
            follow_ups.filter(recommendation__in=[row.pk for row in page]).values_list(
                "pk", flat=True
            )
        ),
        "may_edit": request.user.has_role(Role.PROJECT_STAFF),
        "may_follow_up": request.user.has_role(*MUNICIPAL, Role.PROJECT_STAFF),
    }
    return render(request, "evaluation/recommendations.html", context)


def _number_of_page(request, rows):
    """Of the page on which the recommendation stands that the address asks for."""
    asked = request.GET.get("ieteikums")
    try:
        row = rows.filter(pk=asked).first() if asked else None
    except ValidationError:
        row = None
    if row:
        return rows.filter(before(row)).count() // A_PAGE + 1
    return request.GET.get("page")


@staff_only
@read_or_write
def recommendation_create(request):
    return _edit(request, Recommendation(made_by=request.user))


@staff_only
@read_or_write
def recommendation_update(request, pk):
    row = get_object_or_404(Recommendation.objects.editable_by(request.user), pk=pk)
    return _edit(request, row)


def _edit(request, row):
    is_new = row._state.adding
    form = RecommendationForm(request.POST or None, instance=row, by=request.user)
    if form.is_valid():
        form.save()
        verb = audit.Verb.CREATE if is_new else audit.Verb.UPDATE
        audit.record(request.user, verb, row, fields=audit.changed_fields(form))
        messages.success(request, _("The recommendation is in the register."))
        return redirect(row)
    if not is_new:
        audit.record_opening(request, row)
    context = {"form": form, "recommendation": None if is_new else row}
    status = status_of(form)
    return render(
        request, "evaluation/recommendation_form.html", context, status=status
    )


@staff_only
@read_or_write
def recommendation_carry(request, pk):
    """The same recommendation in the next project or period (R265)."""
    row = get_object_or_404(Recommendation.objects.editable_by(request.user), pk=pk)
    form = CarryOverForm(request.POST or None)
    if form.is_valid():
        try:
            made = carry_over(row, form.cleaned_data["source"], by=request.user)
        except AlreadyThere as found:
            text = _("It stands under “%(source)s” already: write another one.")
            form.add_error("source", text % {"source": found.row.source})
        else:
            text = _("The recommendation goes on under “%(source)s”.")
            messages.success(request, text % {"source": made.source})
            return redirect(made)
    audit.record_opening(request, row)
    context = {
        "form": form,
        "recommendation": row,
        "carried_to": row.carried_to.order_by("made_at"),
    }
    status = status_of(form)
    return render(
        request, "evaluation/recommendation_carry.html", context, status=status
    )


@writers_only
@read_or_write
def follow_up_create(request, pk):
    row = get_object_or_404(Recommendation.objects.visible_to(request.user), pk=pk)
    follow_up = FollowUp(recommendation=row, by=request.user)
    return _edit_follow_up(request, follow_up)


@writers_only
@read_or_write
def follow_up_update(request, pk):
    row = get_object_or_404(FollowUp.objects.editable_by(request.user), pk=pk)
    return _edit_follow_up(request, row)


def _edit_follow_up(request, row):
    is_new = row._state.adding
    form = FollowUpForm(
        request.POST or None,
        instance=row,
        by=request.user,
        places=places_of(request.user),
    )
    if form.is_valid():
        form.save()
        verb = audit.Verb.CREATE if is_new else audit.Verb.UPDATE
        audit.record(request.user, verb, row, fields=audit.changed_fields(form))
        messages.success(request, _("The follow-up is stored."))
        return redirect(row.recommendation)
    audit.record_opening(request, row.recommendation if is_new else row)
    context = {"form": form, "recommendation": row.recommendation, "is_new": is_new}
    status = status_of(form)
    return render(request, "evaluation/follow_up_form.html", context, status=status)

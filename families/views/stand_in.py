"""Who stands in for whom: substitutes for a time, successors for good.

Coordinators see codes and counts here; names of families belong to other pages.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from families.forms.stand_in import HandOverForm, SubstitutionForm
from families.models import ConflictOfInterest, HandOver, Substitution
from families.services import conflicts, hand_overs, substitutions
from interface.latvian import long_date, long_date_locative
from interface.pages import page_of
from mediators.access import role_required
from mediators.models import COORDINATING, Role
from privacy import audit

A_PAGE = 20
OVER, PLANS = "agrakas", "nodotas"
"""In the address: which page of the earlier substitutions, and of the hand-overs."""
municipal_only = role_required(Role.MEDIATOR, *COORDINATING)
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@municipal_only
@read_or_write
def substitution_list(request):
    """What is arranged, and a form to arrange more."""
    form = SubstitutionForm(request.POST or None, person=request.user)
    if form.is_valid() and _arrange(form, request.user):
        messages.success(request, _("The substitution is arranged."))
        return redirect("families:substitutions")
    arranged = _arranged(request)
    count = len(arranged["standing"]) + arranged["over"].paginator.count
    audit.record(request.user, audit.Verb.LIST, Substitution, count=count)
    context = {
        "form": form,
        "is_mediator": request.user.has_role(Role.MEDIATOR),
        **arranged,
    }
    status = 422 if form.errors else 200
    return render(request, "families/substitutions.html", context, status=status)


def _arrange(form, user):
    try:
        return substitutions.arrange(form.save(commit=False), by=user)
    except ValidationError as clash:
        form.add_error(None, clash)
    return None


def _arranged(request):
    """Substitutions that hold or come, those that are over, and hand-overs."""
    user = request.user
    seen = Substitution.objects.visible_to(user)
    rows = seen.select_related("absent", "substitute", "municipality")
    # What counts rows has no order of its own
    rows = rows.annotate(families=Count("assignments")).order_by("-starts_on", "-pk")
    standing = list(rows.running_or_coming())
    can_end = set(Substitution.objects.editable_by(user).values_list("pk", flat=True))
    for row in standing:
        row.can_end = row.pk in can_end
    plans = HandOver.objects.visible_to(user).select_related(
        "mediator", "successor", "municipality"
    )
    plans = plans.annotate(families=Count("assignments")).order_by("-last_day", "-pk")
    places = seen.order_by().values("municipality").distinct()
    return {
        "standing": standing,
        "over": page_of(rows.over(), request.GET, name=OVER, size=A_PAGE),
        "with_place": places.count() > 1,
        "related": conflicts.as_related(
            ConflictOfInterest.objects.coordinated_by(user)
        ),
        "plans": page_of(plans, request.GET, name=PLANS, size=A_PAGE),
    }


@municipal_only
@require_POST
def substitution_end(request, pk):
    substitution = get_object_or_404(
        Substitution.objects.editable_by(request.user), pk=pk
    )
    substitutions.end(substitution, by=request.user)
    messages.success(
        request,
        _("The substitution has ended. The colleague no longer sees the families."),
    )
    return redirect("families:substitutions")


@municipal_only
@read_or_write
def hand_over_create(request):
    form = HandOverForm(request.POST or None, person=request.user)
    if form.is_valid():
        plan = _hand_over(form, request.user)
        if plan:
            arranged = _(
                "Arranged. The last day is %(day)s; after that the families belong to "
                "the successor."
            )
            messages.success(request, arranged % {"day": long_date(plan.last_day)})
            return redirect(plan)
    status = 422 if form.errors else 200
    return render(
        request, "families/hand_over_form.html", {"form": form}, status=status
    )


def _hand_over(form, user):
    try:
        return hand_overs.hand_over(form.save(commit=False), by=user)
    except hand_overs.NothingToHandOver:
        form.add_error(None, _("All families have been handed over already."))
    except hand_overs.TakenOnLater as family:
        form.add_error(
            "last_day",
            _("A family was taken on only on %(day)s. Choose that day or a later one.")
            % {"day": long_date_locative(family.day)},
        )
    return None


@municipal_only
@require_safe
def hand_over_detail(request, pk):
    """A sheet for both mediators, with codes only; what stands behind a code is shown
    to whoever sees the family on that day."""
    user = request.user
    plan = get_object_or_404(
        HandOver.objects.visible_to(user).select_related(
            "mediator", "successor", "municipality"
        ),
        pk=pk,
    )
    audit.record(user, audit.Verb.READ, plan)
    context = {
        "plan": plan,
        "codes": plan.assignments.order_by("family").values_list(
            "family__code", flat=True
        ),
        "families": hand_overs.families_of(plan, user),
        "contacts": hand_overs.contacts_of(plan),
        "today": timezone.localdate(),
        "can_take_back": HandOver.objects.editable_by(user).filter(pk=pk).exists(),
    }
    return render(request, "families/hand_over.html", context)


@municipal_only
@require_POST
def hand_over_take_back(request, pk):
    plan = get_object_or_404(HandOver.objects.editable_by(request.user), pk=pk)
    try:
        hand_overs.take_back(plan, by=request.user)
    except hand_overs.HandedOn:
        messages.error(
            request,
            _(
                "The successor has planned to hand the families on. Take that back first."
            ),
        )
        return redirect(plan)
    messages.success(request, _("The hand-over is taken back."))
    return redirect("families:substitutions")

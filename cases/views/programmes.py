"""Programmes: a family's ways through them, and how many people came how far."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cases.forms.programmes import InvolvementForm, InvolvementStepForm
from cases.models import Involvement, InvolvementStep
from cases.services import programmes
from cases.services.funnel import funnel_of
from cases.services.months import MonthIsHandedIn
from cases.services.participants import may_be_asked
from cases.views.years import year_in
from families.models import Family
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import CASE_WORK, Role
from privacy import audit

A_PAGE = 50
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(*CASE_WORK, Role.PROJECT_STAFF)
@require_safe
def programme_list(request):
    """How many people came how far, in counts; a mediator's own ways below."""
    year = year_in(request)
    steps = InvolvementStep.objects.readable_by(request.user)
    ways = Involvement.objects.visible_to(request.user).with_steps()
    page = Paginator(ways, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = programmes.told(page.object_list)
    audit.record(request.user, audit.Verb.LIST, Involvement, count=page.paginator.count)
    context = {
        "funnel": funnel_of(steps, year),
        "year": year,
        "earlier": year - 1,
        "later": year + 1 if year < timezone.localdate().year else None,
        "page": page,
        "has_families": request.user.has_role(Role.MEDIATOR),
    }
    return render(request, "cases/programme_list.html", context)


@role_required(Role.MEDIATOR)
@read_or_write
def involvement_create(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    form = InvolvementForm(
        request.POST or None,
        family=family,
        initial={"case": request.GET.get("lieta", "")},
    )
    if form.is_valid() and _stored(
        request, form, programmes.begin, family, **form.answers(), by=request.user
    ):
        return redirect(f"{family.get_absolute_url()}#programmes")
    audit.record_opening(request, family, part="programmes")
    return _form_page(request, "involvement_form", form, family=family)


@role_required(Role.MEDIATOR)
@read_or_write
def involvement_step(request, pk):
    way = get_object_or_404(
        Involvement.objects.visible_to(request.user).with_steps(), pk=pk
    )
    form = InvolvementStepForm(request.POST or None, involvement=way)
    if form.is_valid() and _stored(
        request,
        form,
        programmes.take,
        way,
        form.cleaned_data["step"],
        form.cleaned_data["stepped_on"],
        reason=form.cleaned_data["reason"],
        by=request.user,
    ):
        return redirect(f"{way.family.get_absolute_url()}#programmes")
    audit.record_opening(request, way)
    return _form_page(
        request,
        "involvement_step",
        form,
        way=way,
        who=programmes.who_of(way),
        may_be_asked=may_be_asked(way),
    )


def _stored(request, form, deed, *args, **kwargs):
    """Say what was stored; or on the form why it does not do."""
    try:
        done = deed(*args, **kwargs)
    except MonthIsHandedIn as closed:
        form.say_handed_in(closed.first_day)
        return False
    except programmes.StepDoesNotFollow:
        form.say_does_not_follow()
        return False
    if done:
        messages.success(request, _("Saved."))
    else:
        messages.info(request, _("That had been saved already."))
    return True


@role_required(Role.MEDIATOR)
@require_POST
def involvement_step_delete(request, pk):
    row = get_object_or_404(
        InvolvementStep.objects.visible_to(request.user).select_related(
            "involvement__family"
        ),
        pk=pk,
    )
    if programmes.take_back(row, by=request.user):
        messages.success(request, _("Removed."))
    else:
        messages.info(
            request,
            _(
                "Only the last step that you wrote yourself can be removed, until the "
                "report is handed in."
            ),
        )
    return redirect(f"{row.involvement.family.get_absolute_url()}#programmes")


def _form_page(request, template, form, **context):
    return render(
        request,
        f"cases/{template}.html",
        {"form": form, **context},
        status=status_of(form),
    )

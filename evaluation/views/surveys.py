"""Surveys as staff and coordinators see them: on their way, and when they are over."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from evaluation.emails import link_of
from evaluation.forms.surveys import AnnounceForm, ExtraForm, PartnersForm, SurveyForm
from evaluation.models import SurveyLink, SurveyRound
from evaluation.pictures import option_pictures, scale_rows
from evaluation.results import Results
from evaluation.services import surveys, telling
from interface.latvian import latvian_order
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import COORDINATING, Role
from municipalities.models import InstitutionContact
from privacy import audit
from privacy.access import signed_in

A_PAGE = 30
read_or_write = require_http_methods(["GET", "HEAD", "POST"])
staff_only = role_required(Role.PROJECT_STAFF)
leading = role_required(Role.PROJECT_STAFF, *COORDINATING)


@leading
@require_safe
def survey_list(request):
    rows = SurveyRound.objects.visible_to(request.user).select_related("questionnaire")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    audit.record(request.user, audit.Verb.LIST, SurveyRound, count=page.paginator.count)
    context = {
        "page": page,
        "questionnaire": surveys.newest_questionnaire(),
        "places": telling.places_with_partners(request.user),
        "may_edit": _may_edit(request.user),
    }
    return render(request, "evaluation/survey_list.html", context)


def _may_edit(user):
    return user.has_role(Role.PROJECT_STAFF)


@staff_only
@read_or_write
def survey_create(request):
    return _edit(request, SurveyRound())


@staff_only
@read_or_write
def survey_update(request, pk):
    survey = get_object_or_404(SurveyRound.objects.editable_by(request.user), pk=pk)
    if survey.is_closed:
        raise Http404
    return _edit(request, survey)


def _edit(request, survey):
    is_new = survey._state.adding
    form = SurveyForm(request.POST or None, instance=survey)
    if form.is_valid():
        places = form.cleaned_data.get("places") or []
        survey = surveys.save_survey(form.instance, places, by=request.user)
        messages.success(request, _("The survey is stored."))
        return redirect(survey)
    if not is_new:
        audit.record_opening(request, survey)
    context = {"form": form, "survey": None if is_new else survey}
    status = status_of(form)
    return render(request, "evaluation/survey_form.html", context, status=status)


@leading
@require_safe
def survey_detail(request, pk):
    """Where it stands; its results when it is over."""
    survey = get_object_or_404(
        SurveyRound.objects.visible_to(request.user).select_related("questionnaire"),
        pk=pk,
    )
    audit.record(request.user, audit.Verb.READ, survey)
    if survey.is_closed:
        return render(request, "evaluation/results.html", _results(request, survey))
    return _survey_page(request, survey)


def _survey_page(request, survey, form=None):
    """``form`` is what was not enough to announce it."""
    links = survey.links.visible_to(request.user).select_related("municipality")
    partners = telling.number_of_partners([link.municipality_id for link in links])
    context = {
        "survey": survey,
        "links": [
            (link, partners[link.municipality_id])
            for link in sorted(
                links, key=lambda link: latvian_order(str(link.municipality))
            )
        ],
        "letters": telling.letters(survey),
        "form": form or AnnounceForm(survey=survey),
        "may_edit": _may_edit(request.user),
    }
    status = 422 if form else 200
    return render(request, "evaluation/survey.html", context, status=status)


def results_for(user, survey):
    """Those of the municipalities that the person coordinates; all for staff."""
    if user.has_role(Role.PROJECT_STAFF):
        return Results(survey)
    return Results(survey, user.municipalities_as(*COORDINATING))


def _results(request, survey):
    found = results_for(request.user, survey)
    may_edit = _may_edit(request.user)
    return {
        "survey": survey,
        "results": found,
        "scales": [(told, scale_rows(told)) for told in found.scales],
        "lists": [
            (told, option_pictures(told))
            for told in found.questions
            if not told.question.is_scale
        ],
        "waiting": surveys.waiting_in(survey) if may_edit else 0,
        "may_edit": may_edit,
    }


@staff_only
@require_POST
def survey_announce(request, pk):
    survey = get_object_or_404(SurveyRound.objects.editable_by(request.user), pk=pk)
    if survey.is_closed or survey.is_announced:
        return redirect(survey)
    form = AnnounceForm(request.POST, survey=survey)
    if not form.is_valid():
        return _survey_page(request, survey, form)
    telling.announce(survey, by=request.user, **form.cleaned_data)
    messages.success(request, _("The survey is announced."))
    return redirect(survey)


@leading
@read_or_write
def survey_link(request, pk):
    """The address of the questions in one municipality, and the question it adds."""
    link = get_object_or_404(
        SurveyLink.objects.visible_to(request.user).select_related(
            "round__questionnaire", "municipality"
        ),
        pk=pk,
    )
    if link.round.is_closed:
        return redirect(link.round)
    # What is asked may not change under those who answer
    may_ask = not link.round.has_begun
    form = ExtraForm(request.POST or None, instance=link, by=request.user)
    if request.method == "POST" and may_ask and form.is_valid():
        form.save()
        audit.record(request.user, audit.Verb.UPDATE, link, fields=["extra_lv"])
        messages.success(request, _("The question is stored."))
        return redirect("evaluation:survey-link", pk)
    audit.record_opening(request, link)
    context = {
        "link": link,
        "address": "" if link.revoked_at else link_of(link.secret),
        "form": form if may_ask else None,
        "questions": link.round.questions,
    }
    status = status_of(form)
    return render(request, "evaluation/link.html", context, status=status)


@leading
@read_or_write
def link_renew(request, pk):
    """Asks once: letters that went out hold the old link."""
    link = get_object_or_404(SurveyLink.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return _ask_about_link(request, link, "evaluation/link_renew.html")
    surveys.renew_link(link, by=request.user, is_told="tell" in request.POST)
    messages.success(request, _("The old link no longer works. Here is the new one."))
    return redirect("evaluation:survey-link", pk)


@leading
@read_or_write
def link_revoke(request, pk):
    """Asks once: nobody can answer in this municipality any more."""
    link = get_object_or_404(SurveyLink.objects.visible_to(request.user), pk=pk)
    if request.method != "POST":
        return _ask_about_link(request, link, "evaluation/link_revoke.html")
    surveys.revoke_link(link, by=request.user)
    messages.success(request, _("The link no longer works."))
    return redirect("evaluation:survey-link", pk)


def _ask_about_link(request, link, template):
    audit.record_opening(request, link)
    partners = len(telling.partners_of(link.municipality))
    return render(request, template, {"link": link, "partners": partners})


@signed_in
@read_or_write
def partners(request, slug):
    """Who in a municipality was told that there will be surveys, and gets their mails."""
    place = get_object_or_404(request.user.municipalities_as(*COORDINATING), slug=slug)
    typed = request.POST if request.method == "POST" else None
    form = PartnersForm(typed, place=place)
    if form.is_valid():
        count = surveys.note_partners(
            place, list(form.cleaned_data["people"]), by=request.user
        )
        text = ngettext(
            "%(count)d change is stored.", "%(count)d changes are stored.", count
        )
        messages.success(request, text % {"count": count})
        return redirect("evaluation:surveys")
    if request.method != "POST":
        audit.record(request.user, audit.Verb.LIST, InstitutionContact, page="survey")
    context = {"place": place, "form": form}
    status = status_of(form)
    return render(request, "evaluation/partners.html", context, status=status)

"""Questions in versions, and open answers on their way to readers."""

from functools import cache

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from evaluation.forms.recommendations import RecommendationForm
from evaluation.forms.surveys import ModerateForm, QuestionsForm
from evaluation.models import Answer, Questionnaire, SurveyRound
from evaluation.names import checks_of, masked
from evaluation.questions import FORWARD
from evaluation.results import to_moderate
from evaluation.services import surveys
from evaluation.views.surveys import leading, read_or_write, staff_only
from mediators.models import Role
from privacy import audit

AT_ONCE = 20
"""Open answers on one page."""
DONE_AT_ONCE = 50
"""Those looked through already, beside them."""


@leading
@read_or_write
def questionnaire(request, version):
    """All questions; staff change them until somebody has answered (R219)."""
    row = get_object_or_404(
        Questionnaire.objects.visible_to(request.user), version=version
    )
    may_edit = request.user.has_role(Role.PROJECT_STAFF)
    form = None
    if may_edit and not row.is_fixed:
        form = QuestionsForm(request.POST or None, questionnaire=row)
        if form.is_valid():
            return _store(request, row, form)
    elif request.method == "POST":
        raise Http404
    audit.record_opening(request, row)
    context = {
        "questionnaire": row,
        "form": form,
        "may_edit": may_edit,
        "versions": Questionnaire.objects.visible_to(request.user),
    }
    status = 422 if form and form.errors else 200
    return render(request, "evaluation/questionnaire.html", context, status=status)


def _store(request, row, form):
    try:
        surveys.save_questions(row, form.made, by=request.user)
    except surveys.Fixed:
        messages.warning(
            request,
            _("Somebody has answered meanwhile. Make a new version to change it."),
        )
    else:
        messages.success(request, _("The questions are stored."))
    return redirect(row)


@staff_only
@require_POST
def questionnaire_version(request, version):
    row = get_object_or_404(
        Questionnaire.objects.editable_by(request.user), version=version
    )
    return redirect(surveys.new_version(row, by=request.user))


@staff_only
@require_safe
def words(request, pk):
    """Open answers without names; from which municipality is not said here."""
    survey = get_object_or_404(SurveyRound.objects.editable_by(request.user), pk=pk)
    if not survey.is_closed:
        raise Http404
    return _words_page(request, survey)


def _words_page(request, survey, refused=None):
    """``refused`` is the row of an answer that has to be looked through once more."""
    waiting = to_moderate(survey).waiting()
    asked = {question.code: question for question in survey.questions}
    # What a municipality knows of names is the same for all of its answers
    checks = cache(checks_of)
    rows = [_to_read(answer, asked, checks=checks) for answer in waiting[:AT_ONCE]]
    if refused:
        others = [row for row in rows if row["answer"] != refused["answer"]]
        rows = [refused, *others]
    done = to_moderate(survey).exclude(status=Answer.Status.WAITING)
    done = Paginator(done.select_related("recommendation").order_by("pk"), DONE_AT_ONCE)
    page = done.get_page(request.GET.get("page"))
    audit.record(request.user, audit.Verb.LIST, Answer, count=len(rows))
    context = {
        "survey": survey,
        "rows": rows,
        "waiting": waiting.count(),
        "done": [(answer, asked.get(answer.question)) for answer in page],
        "page": page,
    }
    status = 422 if refused else 200
    return render(request, "evaluation/words.html", context, status=status)


def _to_read(answer, asked, data=None, checks=checks_of):
    """An answer, its question and the form about it, filled in without names."""
    question = asked.get(answer.question)
    nameless = masked(answer.text, checks(answer.sheet.link.municipality))
    form = ModerateForm(
        data,
        instance=answer,
        question=question,
        initial={"shown": nameless},
        prefix=f"a{answer.pk.hex}",
    )
    return {
        "answer": answer,
        "question": question or answer.sheet.link.extra,
        "form": form,
    }


def _readable(request, pk):
    """One open answer that may be read: of a survey that is over, of enough people."""
    answer = get_object_or_404(
        Answer.objects.visible_to(request.user).select_related(
            "sheet__link__round", "sheet__link__municipality"
        ),
        pk=pk,
    )
    if not to_moderate(answer.sheet.link.round).filter(pk=pk).exists():
        raise Http404
    return answer


@staff_only
@require_POST
def moderate(request, pk):
    """The button says whether the answer is shown or kept back."""
    answer = _readable(request, pk)
    survey = answer.sheet.link.round
    asked = {question.code: question for question in survey.questions}
    row = _to_read(answer, asked, request.POST)
    form = row["form"]
    is_shown = "show" in request.POST
    form.fields["shown"].required = is_shown
    if not form.is_valid():
        return _words_page(request, survey, refused=row)
    form.instance.status = Answer.Status.SHOWN if is_shown else Answer.Status.KEPT_BACK
    form.instance.shown = masked(
        form.cleaned_data["shown"], checks_of(answer.sheet.link.municipality)
    )
    surveys.moderate(form.instance, by=request.user)
    messages.success(request, _("The answer is looked through."))
    return redirect("evaluation:words", survey.pk)


@staff_only
@read_or_write
def recommend(request, pk):
    """An open answer becomes a recommendation in the register (R218)."""
    answer = _readable(request, pk)
    if answer.status != Answer.Status.SHOWN or answer.question not in FORWARD:
        raise Http404
    known = surveys.recommended_from(answer)
    if known:
        return redirect(known)
    survey = answer.sheet.link.round
    form = RecommendationForm(
        request.POST or None,
        by=request.user,
        initial={
            "text": answer.shown,
            "source": _("Survey of municipal staff, %(year)d")
            % {"year": survey.closes_on.year},
        },
    )
    if form.is_valid():
        made = surveys.recommend(answer, form.save(commit=False), by=request.user)
        messages.success(request, _("The recommendation is in the register."))
        return redirect(made)
    audit.record_opening(request, answer)
    context = {"form": form, "recommendation": None}
    status = 422 if form.errors else 200
    return render(
        request, "evaluation/recommendation_form.html", context, status=status
    )

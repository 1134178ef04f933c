"""The page behind the link of a survey: no account, no script needed, nobody recognised."""

from allauth.core import ratelimit
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from evaluation.forms.answer import AnswerForm
from evaluation.models import SurveyLink
from evaluation.services import answering
from mediators.links import also_in_english, behind_link
from mediators.trying import address_of

THANKS = "paldies"
LANGUAGE = "language"
"""The button that asks in the other language; what was answered stays on the page."""


# The token is the secret that a forger would need; cookies are not
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
@also_in_english
def answer(request, token):
    """The questions; what is unknown, ended or over looks the same."""
    links = SurveyLink.objects.with_token(token).select_related(
        "round__questionnaire", "municipality"
    )
    link = links.first()
    if link is None or not link.is_valid:
        return _over(request)
    if THANKS in request.GET:
        return render(request, "evaluation/thanks.html")
    revision = answering.revision_of(link)
    form = AnswerForm(request.POST or None, questions=link.questions, revision=revision)
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if LANGUAGE in request.POST:
            form, status = _again(request, link, revision), 200
        elif _is_of_other_questions(form, revision):
            form, problem = _again(request, link, revision), "other_questions"
        elif form.is_valid():
            if not ratelimit.consume(request, action="answer_survey"):
                status, problem = 429, "too_often"
            else:
                return _taken_in(request, link, form)
    context = {
        "link": link,
        "form": form,
        "problem": problem,
        "revision": revision,
        "is_english": request.GET.get("lang") == "en",
    }
    return render(request, "evaluation/answer.html", context, status=status)


def _is_of_other_questions(form, revision):
    return form.data.get("revision", "") != revision


def _again(request, link, revision):
    """What was answered, under the questions as they are asked now; no errors yet."""
    initial = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.POST.lists()
        if name not in ("key", "revision", "homepage", LANGUAGE)
    }
    return AnswerForm(initial=initial, questions=link.questions, revision=revision)


def _taken_in(request, link, form):
    data = form.cleaned_data
    if not data["homepage"]:
        try:
            answering.receive(
                link,
                data["key"],
                form.answers,
                revision=data["revision"],
                network=address_of(request),
            )
        except answering.NotOpen:
            return _over(request)
        except answering.OtherQuestions:
            return redirect(request.get_full_path())
    english = "&lang=en" if request.GET.get("lang") == "en" else ""
    return redirect(f"{request.path}?{THANKS}{english}")


def _over(request):
    return render(request, "evaluation/over.html", status=404)

"""Entries that a phone kept until there was signal."""

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from cases.forms.options import Options
from cases.forms.visit import VisitForm
from cases.models import DeletedVisit
from cases.views.attempt import attempt_to_log
from families import hidden_names
from interface import errors
from mediators.access import role_required
from mediators.models import Role


@role_required(Role.MEDIATOR)
@require_POST
def visit_send(request):
    """Take one entry of an outbox: exactly once, or with the reason why not.

    Answers 201 for a new entry, 200 for one that was stored before, 409 where the
    number belongs to other words, 422 with what has to be corrected, and 403 where
    the entry was written by somebody else than who is signed in. Every answer
    repeats the number, so that the phone can tell it from that of a captive portal.
    """
    form = VisitForm(request.POST, options=Options(request.user, timezone.localdate()))
    number = str(form.sent_number or "")
    if request.POST.get("person") != str(request.user.pk):
        request.refused = {"pk": number}
        return JsonResponse({"number": number, "problem": "person"}, status=403)
    attempt = attempt_to_log(form, request.user)
    if attempt.number_is_taken:
        return JsonResponse(
            {"number": number, "stored": _in_words(attempt.visit)}, status=409
        )
    if attempt.is_stored:
        return JsonResponse(
            {"number": number, **_receipt(attempt.visit)},
            status=201 if attempt.is_new else 200,
        )
    return JsonResponse({"number": number, "errors": errors.in_order(form)}, status=422)


def _receipt(visit):
    if isinstance(visit, DeletedVisit):
        return {"code": visit.code, "is_deleted": True}
    return {"code": visit.code, "minutes": visit.minutes}


@hidden_names.override(hidden=False)
def _in_words(visit):
    """The stored entry as a list of answers, for comparing; nothing of other people's.

    The phone keeps it, and hides names and notes by itself.
    """
    if visit is None:
        return ""
    context = {"visit": visit, "step": visit.promised_steps.first()}
    return render_to_string("cases/_visit_answers.html", context)

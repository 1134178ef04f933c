"""Three short pages for a mediator who is here for the first time; they can be read again."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mediators.access import role_required
from mediators.models import Role
from privacy import audit

PAGES = ("purpose", "visibility", "phone")
"""Names of the templates in ``agenda/welcome``, in the order in which they are read."""


@role_required(Role.MEDIATOR)
@require_safe
def welcome(request, number):
    if not 1 <= number <= len(PAGES):
        raise Http404
    context = {
        "number": number,
        "total": len(PAGES),
        "before": number - 1,
        "after": number + 1 if number < len(PAGES) else None,
    }
    return render(request, f"agenda/welcome/{PAGES[number - 1]}.html", context)


@role_required(Role.MEDIATOR)
@require_POST
def welcomed(request):
    """Read or skipped: from now on the first page is that of the day."""
    if request.user.needs_welcome:
        request.user.end_welcome()
        audit.record(
            request.user, audit.Verb.UPDATE, request.user, fields=["welcomed_at"]
        )
    return redirect("agenda:today")

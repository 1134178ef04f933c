"""Asks to the municipality, from the approval of their report to what became of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import COORDINATING, Role
from privacy import audit
from reports.forms.asks import AskProgressForm
from reports.models import Ask

GROUPS = {
    Ask.Status.NEW: pgettext_lazy("asks", "New"),
    Ask.Status.IN_WORK: pgettext_lazy("asks", "Being worked on"),
}
A_PAGE = 50
DECIDED_SHOWN = 30
READERS = (Role.MEDIATOR, *COORDINATING, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)


@role_required(*READERS)
@require_safe
def ask_list(request):
    """The board: what is new, what is being worked on, what was decided lately."""
    asks = _asks_for(request.user).with_last_answer()
    # A whole country has thousands; “new” comes before “in_work”
    open_asks = asks.open().order_by("-status", "due_on", "code")
    page = Paginator(open_asks, A_PAGE).get_page(request.GET.get("page"))
    counts = dict(open_asks.order_by().values_list("status").annotate(n=Count("pk")))
    decided = asks.exclude(status__in=Ask.OPEN).order_by("-decided_on", "code")
    audit.record(request.user, audit.Verb.LIST, Ask, open=page.paginator.count)
    context = {
        "groups": [
            (title, counts.get(status), [ask for ask in page if ask.status == status])
            for status, title in GROUPS.items()
        ],
        "page": page,
        "decided": decided[:DECIDED_SHOWN] if page.number == 1 else [],
    }
    return render(request, "reports/asks.html", context)


@role_required(*READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request, code):
    """One ask with all that happened to it; its coordinators say how it goes on."""
    ask = get_object_or_404(_asks_for(request.user), code=code)
    may_manage = Ask.objects.editable_by(request.user).contains(ask)
    if request.method == "POST" and not may_manage:
        raise Http404
    form = None
    if may_manage:
        form = AskProgressForm(request.POST or None, instance=ask, by=request.user)
    if form and form.is_valid():
        form.instance.go_on(by=request.user)
        audit.record(
            request.user, audit.Verb.UPDATE, ask, fields=audit.changed_fields(form)
        )
        messages.success(request, _("Saved: how the ask goes on."))
        return redirect("reports:asks")
    context = {
        "ask": ask,
        "form": form,
        "events": ask.events.select_related("by", "delivery__recipient"),
    }
    audit.record(request.user, audit.Verb.READ, ask)
    status = status_of(form) if form else 200
    return render(request, "reports/ask.html", context, status=status)


def _asks_for(user):
    asks = Ask.objects.visible_to(user).live()
    return asks.select_related("owner", "report__municipality", "report__mediator")

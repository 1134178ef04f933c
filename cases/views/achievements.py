"""What was achieved in a case: written down, and taken back when it was a mistake."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from cases.forms.achievements import AchievementForm, DocumentForm
from cases.models import Achievement
from cases.services import achievements
from cases.services.documents import papers_of
from cases.services.months import MonthIsHandedIn
from cases.services.page import achievements_of, documents_of
from cases.views.cases import visible_case
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import Role
from privacy import audit


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def document_create(request, code):
    """Tick off a document of a case; it is an achievement like others."""
    case = visible_case(request, code)
    papers = papers_of(case, documents_of(case, request.user))
    needed = [paper.document for paper in papers if not paper.obtained]
    form = DocumentForm(
        request.POST or None,
        case=case,
        needed=needed,
        initial={"document": request.GET.get("dokuments", "")},
    )
    if form.is_valid() and _store(
        request, form, document=form.cleaned_data["document"]
    ):
        return redirect(f"{case.get_absolute_url()}#documents")
    audit.record_opening(request, case, page="documents")
    status = status_of(form)
    context = {"case": case, "form": form}
    return render(request, "cases/document_form.html", context, status=status)


@role_required(Role.MEDIATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def achievement_create(request, code):
    case = visible_case(request, code)
    form = AchievementForm(request.POST or None, case=case)
    if form.is_valid() and _store(request, form):
        return redirect(f"{case.get_absolute_url()}#achieved")
    audit.record_opening(request, case, page="achievements")
    context = {
        "case": case,
        "form": form,
        "achievements": achievements_of(case, request.user),
    }
    status = status_of(form)
    return render(request, "cases/achievement_form.html", context, status=status)


def _store(request, form, **which):
    """Say what was stored; or on the form why the day does not do."""
    try:
        rows = achievements.achieve(
            form.case, *form.answers(), by=request.user, **which
        )
    except MonthIsHandedIn as closed:
        form.say_handed_in(closed.first_day)
        return False
    count = len(rows)
    if count:
        said = ngettext(
            "%(count)d achievement saved.", "%(count)d achievements saved.", count
        )
        messages.success(request, said % {"count": count})
    else:
        messages.info(request, _("That had been saved already."))
    return True


@role_required(Role.MEDIATOR)
@require_POST
def achievement_delete(request, pk):
    achievement = get_object_or_404(
        Achievement.objects.visible_to(request.user).select_related("case", "mediator"),
        pk=pk,
    )
    case = achievement.case
    if achievements.take_back(achievement, by=request.user):
        messages.success(request, _("Removed."))
    else:
        messages.info(
            request,
            _(
                "Only what you wrote yourself can be removed, until the report is handed in."
            ),
        )
    return redirect(f"{case.get_absolute_url()}#achieved")

"""Targets of the project and of its municipalities, set by project staff."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from mediators.access import role_required
from mediators.models import Role
from privacy import audit
from reports.forms.targets import TargetsForm
from reports.models import Target
from reports.reach import ever_appointed, places_of


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.PROJECT_STAFF)
def targets(request, slug=None):
    """The table of targets; without a municipality that of the whole project."""
    place = get_object_or_404(places_of(request.user), slug=slug) if slug else None
    form = TargetsForm(request.POST or None, place=place)
    if form.is_valid():
        _say(request, form.save(by=request.user))
        return redirect(request.path)
    audit.record(request.user, audit.Verb.LIST, Target, place=slug)
    return render(
        request,
        "reports/targets.html",
        {
            "form": form,
            "place": place,
            "places": ever_appointed(places_of(request.user)),
        },
        status=422 if form.errors else 200,
    )


def _say(request, count):
    if count:
        text = ngettext("Saved: %(count)d target.", "Saved: %(count)d targets.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Nothing was changed."))

"""The buttons beside a hit on the page of the check: they change what is stored."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from families.forms.names import FIX
from families.services.names import Fix
from families.views.names import spared
from privacy.access import signed_in
from reports.services.names import NoRoom, replace_name, spare_name
from reports.views.fetch import own_report


@signed_in
@require_POST
def name_fix(request, desk, month):
    """Replace a name by the code, or remember that it is none."""
    report = own_report(request, desk, month)
    if report.is_writable:
        _fix(request, report, Fix.from_button(request.POST.get(FIX, "")))
    return redirect(f"{reverse('reports:check', args=report.url_args)}#names")


def _fix(request, report, fix):
    try:
        if replace_name(report, fix, by=request.user):
            messages.success(request, _("Replaced. Read the sentence once more."))
        elif spare_name(report, fix, by=request.user):
            messages.success(request, spared())
        else:
            messages.info(request, _("The text has changed in the meantime."))
    except NoRoom as full:
        messages.error(
            request,
            _("The code does not fit into “%(part)s”. Make the text shorter first.")
            % {"part": full.section.title},
        )

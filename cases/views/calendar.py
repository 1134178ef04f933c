"""The calendar for the phone: made and switched off by the mediator, read by the phone."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cases.models import CalendarFeed
from cases.services import calendar
from mediators.access import role_required
from mediators.models import Role
from privacy.access import by_link


@role_required(Role.MEDIATOR)
@require_POST
def calendar_make(request):
    """The new address, shown this once: it is stored nowhere."""
    token = calendar.make_feed(by=request.user)
    address = settings.SITE_URL + reverse("cases:calendar-feed", args=[token])
    webcal = f"webcal:{address.partition(':')[2]}"
    context = {"address": address, "webcal": webcal, "here": reverse("settings")}
    return render(request, "cases/calendar_made.html", context)


@role_required(Role.MEDIATOR)
@require_POST
def calendar_revoke(request):
    calendar.revoke_feed(by=request.user)
    messages.success(request, _("The calendar is switched off."))
    return redirect("settings")


@by_link
@require_safe
def calendar_feed(request, token):
    """For whoever knows the address, which is the mediator's own phone."""
    feed = get_object_or_404(
        CalendarFeed.objects.with_token(token).select_related("mediator")
    )
    response = HttpResponse(
        calendar.read_feed(feed), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'inline; filename="tilts.ics"'
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

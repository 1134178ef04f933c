"""The privacy notice, for everybody."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from data_protection.notices import BY_NUMBER, NOTICES
from data_protection.periods import PERIODS


@login_not_required
@require_safe
def privacy_notice(request, number=None):
    """The notice in force, or an earlier version by its number."""
    notice = NOTICES[0] if number is None else BY_NUMBER.get(number)
    if notice is None:
        raise Http404
    context = {
        "notice": notice,
        "notices": NOTICES,
        "is_newest": notice == NOTICES[0],
        "controller": settings.CONTROLLER,
        "periods": [period for period in PERIODS if period.key != "reference"],
    }
    return render(request, notice.template, context)

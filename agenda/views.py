"""The first page, pages for everybody, and a person's own settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from agenda import guide
from agenda.forms import SettingsForm
from agenda.navigation import home_of
from cases.models import CalendarFeed
from privacy import audit
from privacy.access import signed_in
from privacy.models import Verb


@login_not_required
@require_safe
def home(request):
    """Strangers read what this is; everybody else goes to the page of their role."""
    if request.user.is_authenticated:
        if request.user.needs_welcome:
            return redirect("agenda:welcome", 1)
        return redirect(home_of(request.user.roles))
    return render(request, "agenda/landing.html")


@login_not_required
@require_safe
def help_page(request):
    return render(request, "agenda/help.html")


@login_not_required
@require_safe
def quick_guide(request):
    """Two sides of paper, drawn by ``scripts/quick-guide``.

    In the language of the page, or in another one that the address asks for.
    """
    wanted = request.GET.get("valoda") or translation.get_language()
    language = wanted if wanted in guide.LANGUAGES else guide.LANGUAGES[0]
    content = guide.pdf_of(language).read_bytes()
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="tilts-{language}.pdf"'
    return response


@login_not_required
@require_safe
def accessibility(request):
    return render(request, "agenda/accessibility.html")


@signed_in
@require_POST
def shortcuts_off(request):
    """Switch the keys of the keyboard off; the settings switch them on again."""
    request.user.uses_shortcuts = False
    request.user.save(update_fields=["uses_shortcuts"])
    audit.record(request.user, Verb.UPDATE, request.user, fields=["uses_shortcuts"])
    messages.success(request, _("The keys are switched off."))
    return redirect("settings")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request):
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        audit.record(user, Verb.UPDATE, user, fields=audit.changed_fields(form))
        with translation.override(user.language):
            messages.success(request, _("Settings saved."))
        return redirect("settings")
    status = 422 if form.errors else 200
    context = {
        "form": form,
        "feed": CalendarFeed.objects.visible_to(request.user).in_use().first(),
    }
    return render(request, "agenda/settings.html", context, status=status)

"""The code of ethics: for everybody to read, for those who work with cases to accept."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mediators.ethics import accept, code_in_force, has_to_accept
from mediators.models import Role


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ethics(request):
    """The ten points, and the button for whoever has not accepted them yet."""
    after = _after(request)
    code = code_in_force()
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(reverse("ethics"), settings.LOGIN_URL)
        if code and request.POST.get("version") == code.version:
            accept(code, by=request.user)
            return redirect(after)
        messages.warning(
            request, _("The code has changed. Read the new version, please.")
        )
    context = {"code": code, "after": after, **_acceptance(request.user, code)}
    return render(request, "mediators/ethics.html", context)


def _after(request):
    """The page that the person was on the way to."""
    address = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else "/"


def _acceptance(user, code):
    if not user.is_authenticated or code is None:
        return {"is_asked": False, "has_phone": False, "acceptance": None}
    return {
        "is_asked": has_to_accept(user),
        "has_phone": user.has_role(Role.MEDIATOR),
        "acceptance": user.ethics_acceptances.filter(code=code).first(),
    }

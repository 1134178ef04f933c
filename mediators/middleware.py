"""Language of the page, and what comes before every page: signing in, the code of ethics."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mediators.ethics import to_accept


class LanguageOfTheAccountMiddleware:
    """Latvian unless the person chose English; the browser's wish does not count,
    because official record-keeping in Latvia is in Latvian."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if request.user.is_authenticated:
            language = request.user.language
        if language not in dict(settings.LANGUAGES):
            language = settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Everything needs an account, unless the view says otherwise.

    A form that was sent after the session ended is not repeated by signing in, so
    the person is told, and led to a page instead of to the address of the form.
    """

    def handle_no_permission(self, request, view):
        if not request.accepts("text/html"):
            # A script would take the form for signing in as the answer
            return JsonResponse({"problem": "signed_out"}, status=401)
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view)
        messages.warning(
            request,
            _(
                "Your session has ended and the last thing you sent was not saved. "
                "Sign in and send it once more."
            ),
        )
        return redirect(settings.LOGIN_URL)


class EthicsFirstMiddleware:
    """Whoever works with cases reads and accepts the code of ethics before the rest opens.

    What is on a phone already comes in all the same, a child in danger does not wait,
    and a form that was open when a new version came into force can still be sent.
    """

    ALWAYS_OPEN = frozenset(
        {
            "account_logout",
            "settings",
            "cases:visit-send",
            "families:safeguarding",
            "families:safeguarding-send",
        }
    )
    PHONE = "offline"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not self._needs_account(view) or self._is_always_open(request):
            return None
        if request.method not in ("GET", "HEAD") and request.user.ethics_version:
            return None
        if to_accept(request.user) is None:
            return None
        if not request.accepts("text/html"):
            return JsonResponse({"problem": "ethics"}, status=403)
        return redirect_to_login(
            request.get_full_path() if request.method == "GET" else "/",
            reverse("ethics"),
        )

    @staticmethod
    def _needs_account(view):
        """The same question that ``LoginRequiredMiddleware`` asks."""
        return getattr(view, "login_required", True)

    def _is_always_open(self, request):
        match = request.resolver_match
        return match.view_name in self.ALWAYS_OPEN or match.namespace == self.PHONE

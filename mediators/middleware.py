"""Language of the page, the end of sessions, and who is led to another page first."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from mediators import factors
from mediators.ethics import has_to_accept
from mediators.services import sessions
from mediators.services.sessions import FORM_NOT_SAVED
from privacy import audit


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


def is_from_a_script(request):
    """A script would take a page in place of what it asked for as the answer."""
    return not request.accepts("text/html")


class SessionLimitsMiddleware:
    """A session ends half an hour after the last deed at a desk, four hours after it on
    the way, and twelve hours after the sign-in in any case.

    What a script reads by itself is no deed.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated:
            return
        if not sessions.seconds_left(request):
            self.end(request)
        elif request.method == "POST" or not is_from_a_script(request):
            sessions.note_activity(request)

    @transaction.atomic
    def end(self, request):
        audit.record(request.user, audit.Verb.SIGN_OUT, request.user, reason="time")
        sessions.forget_current(request)
        logout(request)


class SignInFirstMiddleware(LoginRequiredMiddleware):
    """Everything needs an account, unless the view says otherwise.

    A form that was sent after the session ended is not repeated by signing in, so
    the person is told, before and after, and led back to the page on which it stood.
    """

    def handle_no_permission(self, request, view):
        if is_from_a_script(request):
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
        page = page_of_form(request)
        if page is None:
            return redirect(settings.LOGIN_URL)
        request.session[FORM_NOT_SAVED] = True
        return redirect_to_login(page, settings.LOGIN_URL)


def page_of_form(request):
    """The address of ours from which a form was sent, or None; nothing of what was typed."""
    referer = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        referer, {request.get_host()}, require_https=request.is_secure()
    )
    _scheme, host, path, query, _part = urlsplit(referer)
    if not is_ours or not host or path.startswith("//"):
        return None
    return urlunsplit(("", "", path or "/", query, ""))


class SecondFactorMiddleware:
    """Without a second factor nothing opens but its own pages and what is for everybody.

    A phone's script gets the answer it gets from a session that is over: it keeps what
    it wanted to send.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if is_open_first(view) or factors.is_complete(request.user):
            return None
        if is_from_a_script(request):
            return JsonResponse({"problem": "second_factor"}, status=401)
        return redirect("second-factor")


class EthicsFirstMiddleware:
    """Whoever works with cases reads and accepts the code of ethics before the rest opens.

    What is on a phone already comes in all the same, a child in danger does not wait,
    and a form that was open when a new version came into force can still be sent.
    """

    ALWAYS_OPEN = frozenset(
        {
            "settings",
            "cases:visit-send",
            "families:safeguarding",
            "families:safeguarding-send",
        }
    )
    PHONE = "offline"
    WITH_NAMES = "offline:copy"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if is_open_first(view) or self._is_always_open(request):
            return None
        if request.method not in ("GET", "HEAD") and request.user.ethics_version:
            return None
        if not has_to_accept(request.user):
            return None
        if not request.accepts("text/html"):
            return JsonResponse({"problem": "ethics"}, status=403)
        return redirect_to_login(
            request.get_full_path() if request.method == "GET" else "/",
            reverse("ethics"),
        )

    def _is_always_open(self, request):
        match = request.resolver_match
        is_page_of_the_phone = match.namespace == self.PHONE
        return match.view_name in self.ALWAYS_OPEN or (
            is_page_of_the_phone and match.view_name != self.WITH_NAMES
        )


def is_open_first(view):
    """Pages for everybody, those of the second factor, and the way out."""
    is_public = not getattr(view, "login_required", True)
    return is_public or getattr(view, "is_open_without_factor", False)

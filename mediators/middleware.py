"""Language of the page, and what happens to those who are not signed in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _


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

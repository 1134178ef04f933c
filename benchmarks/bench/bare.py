"""The Django somebody would have without Tilts: what ``startproject`` gives, and one query.

No audit, no encryption, no names to hide, no language of the account, no limits of
sessions: what these cost is the distance that is measured.
"""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from django.urls import path

from bench.asking import Browser

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
BACKEND = "django.contrib.auth.backends.ModelBackend"
SETTINGS = {
    "MIDDLEWARE": MIDDLEWARE,
    "SESSION_ENGINE": "django.contrib.sessions.backends.db",
}


class Urls:
    """One view under every address that a benchmark asks for, and where a server is awaited."""

    def __init__(self, view):
        self.urlpatterns = [path("bare/", view), path("healthz", view)]


class Handler(WSGIHandler):
    """Serves one view; what is read of the settings at its making is ``startproject``'s."""

    def __init__(self, view):
        with override_settings(**SETTINGS):
            super().__init__()
        self.urls = Urls(view)

    def get_response(self, request):
        request.urlconf = self.urls
        return super().get_response(request)


def browser(view, user):
    """Somebody who is signed in to the bare Django."""
    if BACKEND not in settings.AUTHENTICATION_BACKENDS:
        # Only who is signed in here is recognised by it
        settings.AUTHENTICATION_BACKENDS = [*settings.AUTHENTICATION_BACKENDS, BACKEND]
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return Browser(Handler(view), {"session": session.session_key})


def anybody(view):
    """Somebody who is not signed in and has no session."""
    return Browser(Handler(view), {})

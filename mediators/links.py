"""Pages behind a secret link, for people without an account."""

from functools import wraps

from allauth.core import ratelimit
from django.utils import translation
from django.views.decorators.cache import never_cache

from mediators.emails import LANGUAGE
from mediators.trying import may_look
from privacy.access import by_link

OPENINGS = 300
"""Of links, in a minute from one address: a mail gateway opens all that pass it."""


def behind_link(view):
    """No account, Latvian unless ``?lang=en`` asks for English where the page has it,
    and nothing of the address stays anywhere."""

    @by_link
    @never_cache
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if not may_look(request, "open_link", most=OPENINGS):
            return ratelimit.respond_429(request)
        wanted = request.GET.get("lang")
        language = wanted if wanted in view_languages(view) else LANGUAGE
        with translation.override(language):
            response = view(request, *args, **kwargs)
        response["Content-Language"] = language
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return wrapped


def view_languages(view):
    return getattr(view, "languages", (LANGUAGE,))


def also_in_english(view):
    """Stands below ``behind_link``."""
    view.languages = (LANGUAGE, "en")
    return view

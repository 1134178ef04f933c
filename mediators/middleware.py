"""Language of the page: that of the account, or of the cookie for visitors."""

from django.conf import settings
from django.utils import translation


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

"""Answers that telephones fetch once and keep, as small as they get."""

import re
from functools import lru_cache, wraps

import brotli
from django.utils.cache import patch_vary_headers

TAKES_BROTLI = re.compile(r"\bbr\b")


def compressed(view):
    """Decorate a view whose answers repeat and hold no secret.

    A front compresses what passes, but quickly; an answer that repeats is worth the
    time. Never for one with a token or a name: the length would tell of it (BREACH).
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Encoding"])
        if TAKES_BROTLI.search(request.headers.get("Accept-Encoding", "")):
            response.content = _brotli(response.content)
            response["Content-Encoding"] = "br"
        return response

    return wrapped


@lru_cache(maxsize=64)
def _brotli(content):
    return brotli.compress(content)

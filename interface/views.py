"""The words of scripts."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from interface.compressed import compressed
from interface.words import is_known, script

A_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_safe
@compressed
def words(request, language, version):
    """All of them in one language. The version in the address only renews caches."""
    if not is_known(language):
        raise Http404
    return HttpResponse(
        script(language),
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": f"public, max-age={A_YEAR}, immutable"},
    )

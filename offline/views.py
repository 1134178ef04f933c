"""What the phone fetches: pages without data, the sealed copy's content, who is signed in."""

import json
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from families.models import Family
from interface.compressed import compressed
from interface.palette import DARK, PAPER
from mediators.access import role_required
from mediators.models import Role
from offline.copy import copy_for
from offline.frame import kept_context
from offline.pages import PAGES, assets, context_of, version
from offline.practice import copy_to_practise
from privacy import audit
from privacy.access import signed_in


@login_not_required
@require_safe
def worker(request):
    """The service worker: which version it is and what it keeps."""
    kept = {
        "version": version(),
        "pages": {path: _address(name) for name, (path, _template) in PAGES.items()},
        "source": reverse("offline:pages"),
        "files": assets(get_language()),
    }
    context = {"module": static("js/phone/worker.js"), "kept": json.dumps(kept)}
    script = render_to_string("offline/worker.js", context)
    return HttpResponse(
        script, "text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


@login_not_required
@require_safe
def manifest(request):
    """What the phone's home screen shows."""
    answer = {
        "name": "Tilts",
        "short_name": "Tilts",
        "description": _("Log visits, keep what was promised, hand in the report."),
        "lang": get_language(),
        "start_url": "/sodien/",
        "id": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": DARK,
        "icons": [
            {"src": static("img/tilts.svg"), "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": static(f"img/tilts-{size}.png"),
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": "any maskable",
                }
                for size in (192, 512)
            ),
        ],
    }
    return JsonResponse(answer, content_type="application/manifest+json")


@login_not_required
@require_safe
def page(request, name):
    """A page for the phone to keep: nobody's data, nobody's token."""
    if name not in PAGES:
        raise Http404
    return HttpResponse(_rendered(request, name))


@login_not_required
@require_safe
@compressed
def pages(request):
    """All of them by their addresses, in one answer: on a slow line what they have in
    common is sent once."""
    kept = {_address(name): _rendered(request, name) for name in PAGES}
    return JsonResponse(kept, json_dumps_params={"ensure_ascii": False})


def _address(name):
    return reverse("offline:page", args=[name])


def _rendered(request, name):
    path, template = PAGES[name]
    context = context_of(name) | kept_context(request, path)
    return render_to_string(template, context, request)


@role_required(Role.MEDIATOR)
@require_safe
def outbox(request):
    """What waits on this phone. The page is the same for everybody, the phone fills it."""
    return render(request, "offline/outbox.html")


@login_not_required
@require_safe
def no_signal(request):
    return render(request, "offline/no_signal.html")


@role_required(Role.MEDIATOR)
@require_safe
def practice(request):
    """Three tasks with an invented family (R204); everything happens in the browser."""
    return render(request, "offline/practice.html")


@role_required(Role.MEDIATOR)
@require_safe
def practice_form(request):
    """The log form with an invented family, which saves nothing."""
    sample = copy_to_practise(timezone.localdate())
    context = context_of("ierakstit") | {"sample": sample}
    return render(request, "cases/visit_form.html", context)


@signed_in
@require_safe
def device(request):
    """Who is signed in, with a fresh token for sending, and the right time."""
    return JsonResponse(
        {
            "person": str(request.user.pk),
            "is_mediator": request.user.has_role(Role.MEDIATOR),
            "token": get_token(request),
            "now": timezone.now().timestamp(),
        }
    )


@role_required(Role.MEDIATOR)
@require_safe
def copy(request):
    """What a mediator needs without signal; 304 if the phone has it already."""
    content = copy_for(request.user, timezone.localdate())
    body = json.dumps(content, ensure_ascii=False)
    etag = f'"{sha256((body + settings.SECRET_KEY).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    audit.record(request.user, audit.Verb.LIST, Family, count=len(content["families"]))
    return HttpResponse(body, "application/json", headers={"ETag": etag})

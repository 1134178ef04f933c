"""All addresses, in Latvian words (names in English, see docs/glossary.md)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe

from privacy import administration


@login_not_required
@require_safe
def healthz(request):
    """The process answers; says nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("", include("agenda.urls")),
    # Before the entries: one of their addresses would match
    path("", include("offline.urls")),
    path("", include("cases.urls")),
    path("", include("mediators.urls")),
    path("", include("municipalities.urls")),
    path("", include("families.urls")),
    path("", include("reports.urls")),
    path("", include("data_protection.urls")),
    path("", include("interface.urls")),
    path("parvaldiba/", administration.site.urls),
    path("healthz", healthz, name="healthz"),
]

"""All addresses, in Latvian words (names in English, see docs/glossary.md)."""

from django.urls import include, path

from config import views
from privacy import administration

handler400 = "config.problems.bad_request"
handler500 = "config.problems.server_error"

urlpatterns = [
    path("", include("agenda.urls")),
    # Before the entries: one of their addresses would match
    path("", include("offline.urls")),
    path("", include("cases.urls")),
    path("", include("mediators.urls")),
    path("", include("municipalities.urls")),
    path("", include("families.urls")),
    path("", include("imports.urls")),
    path("", include("events.urls")),
    path("", include("evaluation.urls")),
    path("", include("stories.urls")),
    path("", include("reports.urls")),
    path("", include("data_protection.urls")),
    path("", include("operations.urls")),
    path("", include("interface.urls")),
    path("parvaldiba/", administration.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path(".well-known/security.txt", views.security_txt, name="security-txt"),
    path("csp", views.csp_report, name="csp-report"),
]

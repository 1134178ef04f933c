from django.urls import path

from reports.api import views

V1 = "api/v1/"
urlpatterns = [
    path(f"{V1}indicators/", views.indicators, name="api-indicators"),
    path(f"{V1}results/", views.results, name="api-results"),
    path(f"{V1}targets/", views.targets, name="api-targets"),
    path(f"{V1}reports/", views.reports, name="api-reports"),
    path(f"{V1}openapi.json", views.openapi, name="api-openapi"),
    path("api/<path:rest>", views.unknown, name="api-unknown"),
]

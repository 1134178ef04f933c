"""Addresses that the phone fetches."""

from django.urls import path

from offline import views

app_name = "offline"

urlpatterns = [
    path("sw.js", views.worker, name="worker"),
    path("lietotne.webmanifest", views.manifest, name="manifest"),
    path("lietotne/", views.pages, name="pages"),
    path("lietotne/<slug:name>/", views.page, name="page"),
    path("ieraksti/nenosutitie/", views.outbox, name="outbox"),
    path("bez-interneta/", views.no_signal, name="no-signal"),
    path("izmeginat/", views.practice, name="practice"),
    path("izmeginat/ierakstit/", views.practice_form, name="practice-form"),
    path("ierice/", views.device, name="device"),
    path("ierice/dati/", views.copy, name="copy"),
]

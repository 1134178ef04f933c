"""Institutions and their people."""

from django.urls import path

from municipalities import views, views_support

app_name = "municipalities"
urlpatterns = [
    path("kontakti/", views.contact_list, name="contact-list"),
    path("kontakti/<uuid:pk>/labot/", views.contact_update, name="contact-update"),
    path("iestades/jauna/", views.institution_create, name="institution-create"),
    path("iestades/<uuid:pk>/", views.institution_detail, name="institution-detail"),
    path(
        "iestades/<uuid:pk>/labot/",
        views.institution_update,
        name="institution-update",
    ),
    path("iestades/<uuid:pk>/cilveks/", views.contact_create, name="contact-create"),
    path("pasvaldibas/", views_support.place_list, name="places"),
    path("pasvaldibas/<slug:slug>/", views_support.place, name="place"),
    path(
        "pasvaldibas/<slug:slug>/<slug:kind>/jauns/",
        views_support.row_create,
        name="row-create",
    ),
    path(
        "pasvaldibas/<slug:slug>/<slug:kind>/<uuid:pk>/",
        views_support.row_update,
        name="row-update",
    ),
    path(
        "pasvaldibas/<slug:slug>/<slug:kind>/<uuid:pk>/dzest/",
        views_support.row_delete,
        name="row-delete",
    ),
]

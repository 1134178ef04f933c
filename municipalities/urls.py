"""Institutions and their people."""

from django.urls import path

from municipalities import views

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
]

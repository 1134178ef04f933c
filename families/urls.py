"""Families of a mediator."""

from django.urls import path

from families import views

app_name = "families"
urlpatterns = [
    path("", views.family_list, name="list"),
    path("jauna/", views.family_create, name="create"),
    path("<slug:code>/", views.family_detail, name="detail"),
    path("<slug:code>/labot/", views.family_update, name="update"),
    path("<slug:code>/paradit/<slug:field>/", views.family_reveal, name="reveal"),
    path("<slug:code>/piekrisana/", views.consent_create, name="consent"),
    path(
        "<slug:code>/piekrisana/<slug:purpose>/atsaukt/",
        views.consent_withdraw,
        name="consent-withdraw",
    ),
]

"""Families of a mediator."""

from django.urls import path

from families import views, views_stand_in

app_name = "families"
urlpatterns = [
    path("", views.family_list, name="list"),
    path("jauna/", views.family_create, name="create"),
    path("aizvietosana/", views_stand_in.substitution_list, name="substitutions"),
    path(
        "aizvietosana/<uuid:pk>/beigt/",
        views_stand_in.substitution_end,
        name="substitution-end",
    ),
    path("nodosana/", views_stand_in.hand_over_create, name="hand-over-create"),
    path("nodosana/<uuid:pk>/", views_stand_in.hand_over_detail, name="hand-over"),
    path(
        "nodosana/<uuid:pk>/atcelt/",
        views_stand_in.hand_over_take_back,
        name="hand-over-take-back",
    ),
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

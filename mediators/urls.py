"""Addresses of supervision."""

from django.urls import path

from mediators import views_supervision

urlpatterns = [
    path("supervizija/", views_supervision.supervision_page, name="supervision"),
    path(
        "supervizija/jauna/",
        views_supervision.session_create,
        name="supervision-create",
    ),
    path(
        "supervizija/<uuid:pk>/dzest/",
        views_supervision.session_delete,
        name="supervision-delete",
    ),
]

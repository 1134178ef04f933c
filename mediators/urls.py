"""Addresses of supervision, the code of ethics and complaints."""

from django.urls import path

from mediators import views_ethics, views_supervision

urlpatterns = [
    path("etika/", views_ethics.ethics, name="ethics"),
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

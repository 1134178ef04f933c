"""Addresses of supervision, the code of ethics and complaints."""

from django.urls import path

from mediators import views_complaints, views_ethics, views_supervision

urlpatterns = [
    path("etika/", views_ethics.ethics, name="ethics"),
    path("sudziba/", views_complaints.complain, name="complain"),
    path("sudziba/plakats/", views_complaints.poster, name="complaint-poster"),
    path("sudziba/<slug:code>/", views_complaints.state, name="complaint-state"),
    path("sudzibas/", views_complaints.complaint_list, name="complaints"),
    path("sudzibas/<uuid:pk>/", views_complaints.complaint_detail, name="complaint"),
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

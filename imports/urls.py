"""Lists from Excel and CSV."""

from django.urls import path

from imports import views

app_name = "imports"
urlpatterns = [
    path("ielasit/<slug:kind>/", views.create, name="create"),
    path(
        "ielasit/<slug:kind>/sagatave/<slug:file_type>/",
        views.template,
        name="template",
    ),
    path("ielasit/<uuid:pk>/kolonnas/", views.columns, name="columns"),
    path("ielasit/<uuid:pk>/parbaudit/", views.detail, name="detail"),
    path("ielasit/<uuid:pk>/apstiprinat/", views.confirm, name="confirm"),
    path("ielasit/<uuid:pk>/atcelt/", views.undo, name="undo"),
]

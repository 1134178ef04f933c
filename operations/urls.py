"""The page of the administrators and the numbers for monitoring."""

from django.urls import path

from operations import views

app_name = "operations"
urlpatterns = [
    path("sistema/", views.system, name="system"),
    path("metrics", views.numbers, name="metrics"),
]

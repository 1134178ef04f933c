"""What pages load besides static files."""

from django.urls import path

from interface import views

urlpatterns = [
    path("vardi/<str:language>/<str:version>.js", views.words, name="words"),
]

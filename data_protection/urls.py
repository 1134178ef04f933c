"""Addresses of the data-protection officer."""

from django.urls import path

from data_protection.views import desk

app_name = "data_protection"

urlpatterns = [
    path("datu-aizsardziba/", desk.desk, name="desk"),
]

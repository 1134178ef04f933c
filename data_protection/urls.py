"""Addresses of the data-protection officer."""

from django.urls import path

from data_protection.views import chain, desk, trail

app_name = "data_protection"

urlpatterns = [
    path("datu-aizsardziba/", desk.desk, name="desk"),
    path("datu-aizsardziba/kas-skatija/", trail.family, name="family"),
    path("datu-aizsardziba/kas-ko-darija/", trail.account, name="account"),
    path("datu-aizsardziba/neparasti/", trail.unusual, name="unusual"),
    path("datu-aizsardziba/kede/", chain.chain, name="chain"),
]

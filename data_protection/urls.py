"""Addresses of the data-protection officer."""

from django.urls import path

from data_protection.views import desk, name_grants

app_name = "data_protection"

urlpatterns = [
    path("datu-aizsardziba/", desk.desk, name="desk"),
    path("datu-aizsardziba/vardi/", name_grants.name_grant_list, name="name-grants"),
    path(
        "datu-aizsardziba/vardi/<uuid:pk>/atlaut/",
        name_grants.name_allow,
        name="name-allow",
    ),
    path(
        "datu-aizsardziba/vardi/<uuid:pk>/beigt/",
        name_grants.name_revoke,
        name="name-revoke",
    ),
]

"""Addresses of the data-protection officer."""

from django.urls import path

from data_protection.views import chain, desk, name_grants, trail

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
    path("datu-aizsardziba/kas-skatija/", trail.family, name="family"),
    path("datu-aizsardziba/kas-ko-darija/", trail.account, name="account"),
    path("datu-aizsardziba/neparasti/", trail.unusual, name="unusual"),
    path("datu-aizsardziba/kede/", chain.chain, name="chain"),
]

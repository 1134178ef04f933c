"""Addresses of the data-protection officer."""

from django.urls import path

from data_protection.views import desk, factor_resets

app_name = "data_protection"

urlpatterns = [
    path("datu-aizsardziba/", desk.desk, name="desk"),
    path(
        "datu-aizsardziba/otrais-solis/",
        factor_resets.factor_reset_list,
        name="factor-resets",
    ),
    path(
        "datu-aizsardziba/otrais-solis/<uuid:pk>/apstiprinat/",
        factor_resets.factor_reset_confirm,
        name="factor-reset-confirm",
    ),
]

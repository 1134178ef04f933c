"""Addresses of the data-protection officer, and of people's requests about their data."""

from django.urls import include, path, re_path

from data_protection.views import (
    breaches,
    chain,
    desk,
    factor_resets,
    name_grants,
    register,
    requests,
    retention,
    trail,
)

app_name = "data_protection"

of_requests = [
    path("", requests.request_list, name="requests"),
    path("jauns/", requests.request_create, name="request-create"),
    path("<slug:code>/", requests.request_detail, name="request"),
    re_path(
        r"^(?P<code>[-\w]+)/izraksts/(?P<file_type>json|pdf)/$",
        requests.request_file,
        name="request-file",
    ),
    path("<slug:code>/izlabots/", requests.request_corrected, name="request-corrected"),
    path(
        "<slug:code>/atcelt-ierobezojumu/",
        requests.restriction_lift,
        name="restriction-lift",
    ),
]
of_retention = [
    path("", retention.retention_page, name="retention"),
    path("pasutit/", retention.run_order, name="run-order"),
    path("<uuid:pk>/apstiprinat/", retention.run_confirm, name="run-confirm"),
    path("aizturet/", retention.hold_create, name="hold-create"),
    path("aizturet/<uuid:pk>/atcelt/", retention.hold_lift, name="hold-lift"),
]
of_breaches = [
    path("", breaches.breach_list, name="breaches"),
    path("jauns/", breaches.breach_create, name="breach-create"),
    path("<slug:code>/", breaches.breach_detail, name="breach"),
]
of_the_officer = [
    path("", desk.desk, name="desk"),
    path("vardi/", name_grants.name_grant_list, name="name-grants"),
    path("vardi/<uuid:pk>/atlaut/", name_grants.name_allow, name="name-allow"),
    path("vardi/<uuid:pk>/beigt/", name_grants.name_revoke, name="name-revoke"),
    path("otrais-solis/", factor_resets.factor_reset_list, name="factor-resets"),
    path(
        "otrais-solis/<uuid:pk>/apstiprinat/",
        factor_resets.factor_reset_confirm,
        name="factor-reset-confirm",
    ),
    path("kas-skatija/", trail.family, name="family"),
    path("kas-ko-darija/", trail.account, name="account"),
    path("neparasti/", trail.unusual, name="unusual"),
    path("eksporti/", trail.exports, name="exports"),
    path("kede/", chain.chain, name="chain"),
    path("pieprasijumi/", include(of_requests)),
    path("glabasana/", include(of_retention)),
    path("parkapumi/", include(of_breaches)),
    path("registrs/", register.register, name="register"),
    path("registrs/pdf/", register.register_pdf, name="register-pdf"),
]
urlpatterns = [path("datu-aizsardziba/", include(of_the_officer))]

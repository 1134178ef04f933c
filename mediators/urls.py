"""Addresses of signing in, the own account, the code of ethics, complaints, supervision."""

from allauth.account import views as account
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from mediators.access import open_without_factor
from mediators.trying import says_when_to_try_again
from mediators.views import (
    complaints,
    email_changes,
    ethics,
    factors,
    passwords,
    people,
    sessions,
    supervision,
)

# Names that allauth looks up are allauth's: account_…, mfa_…
urlpatterns = [
    path("etika/", ethics.ethics, name="ethics"),
    path("sudziba/", complaints.complain, name="complain"),
    path("sudziba/plakats/", complaints.poster, name="complaint-poster"),
    path("sudziba/<slug:code>/", complaints.state, name="complaint-state"),
    path("sudzibas/", complaints.complaint_list, name="complaints"),
    path("sudzibas/<uuid:pk>/", complaints.complaint_detail, name="complaint"),
    path("ieiet/", says_when_to_try_again(account.login), name="account_login"),
    path(
        "ieiet/kods/",
        says_when_to_try_again(factors.authenticate),
        name="mfa_authenticate",
    ),
    path(
        "ieiet/atslega/",
        login_not_required(webauthn.login_webauthn),
        name="mfa_login_webauthn",
    ),
    path(
        "ieiet/velreiz/",
        factors.ProveByPassword.as_view(),
        name="account_reauthenticate",
    ),
    path(
        "ieiet/velreiz/kods/", factors.ProveByCode.as_view(), name="mfa_reauthenticate"
    ),
    path(
        "ieiet/velreiz/atslega/",
        factors.ProveByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("iziet/", open_without_factor(account.logout), name="account_logout"),
    path("registreties/", account.signup, name="account_signup"),
    path("aizmirsta-parole/", passwords.password_forgotten, name="password-forgotten"),
    path("uzaicinajums/", passwords.invitation, name="invitation"),
    path(
        "uzaicinajums/<str:token>/", passwords.invitation_open, name="invitation-open"
    ),
    path("adrese/", email_changes.email_confirm, name="email-confirm"),
    path("adrese/apturet/", email_changes.email_refuse, name="email-refuse"),
    path("adrese/<str:token>/", email_changes.email_open, name="email-open"),
    path("otrais-solis/", factors.second_factor, name="second-factor"),
    path("sesija/", sessions.session, name="session"),
    path("iestatijumi/sesijas/", sessions.session_list, name="sessions"),
    path(
        "iestatijumi/sesijas/citas/beigt/",
        sessions.sessions_end_others,
        name="sessions-end-others",
    ),
    path(
        "iestatijumi/sesijas/<int:pk>/beigt/", sessions.session_end, name="session-end"
    ),
    path("iestatijumi/drosiba/", factors.security, name="mfa_index"),
    path(
        "iestatijumi/drosiba/adrese/", email_changes.email_change, name="email-change"
    ),
    path(
        "iestatijumi/drosiba/adrese/apturet/",
        email_changes.email_change_stop,
        name="email-change-stop",
    ),
    path(
        "iestatijumi/drosiba/parole/", passwords.password_change, name="password-change"
    ),
    path(
        "iestatijumi/drosiba/lietotne/",
        factors.AddApp.as_view(),
        name="mfa_activate_totp",
    ),
    path(
        "iestatijumi/drosiba/lietotne/nonemt/",
        factors.RemoveApp.as_view(),
        name="mfa_deactivate_totp",
    ),
    path(
        "iestatijumi/drosiba/atslega/",
        factors.AddPasskey.as_view(),
        name="mfa_add_webauthn",
    ),
    path(
        "iestatijumi/drosiba/atslegas/<int:pk>/nonemt/",
        factors.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "iestatijumi/drosiba/kodi/",
        factors.ShowCodes.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "iestatijumi/drosiba/kodi/jauni/",
        factors.NewCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "iestatijumi/drosiba/atiestatisana/apturet/",
        factors.reset_stop,
        name="factor-reset-stop",
    ),
    path("mediatori/<slug:slug>/", people.card, name="card"),
    path("mana-lapa/", people.my_page, name="my-page"),
    path("mana-lapa/kartite/", people.card_settings, name="card-settings"),
    path("komanda/<uuid:pk>/", people.person, name="person"),
    path("komanda/<uuid:pk>/dati/", people.person_facts, name="person-facts"),
    path(
        "komanda/<uuid:pk>/<slug:kind>/jauns/",
        people.training_create,
        name="training-create",
    ),
    path(
        "komanda/<uuid:pk>/<slug:kind>/<uuid:row>/",
        people.training_update,
        name="training-update",
    ),
    path(
        "komanda/<uuid:pk>/<slug:kind>/<uuid:row>/dzest/",
        people.training_delete,
        name="training-delete",
    ),
    path("supervizija/", supervision.supervision_page, name="supervision"),
    path("supervizija/jauna/", supervision.session_create, name="supervision-create"),
    path(
        "supervizija/<uuid:pk>/dzest/",
        supervision.session_delete,
        name="supervision-delete",
    ),
]

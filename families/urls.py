"""Families of a mediator."""

from django.urls import include, path

from families.views import (
    conflicts,
    consents,
    education,
    families,
    looks,
    members,
    name_grants,
    needs,
    safeguarding,
    stand_in,
)

app_name = "families"
of_families = [
    path("", families.family_list, name="list"),
    path("jauna/", families.family_create, name="create"),
    path("aizvietosana/", stand_in.substitution_list, name="substitutions"),
    path(
        "aizvietosana/<uuid:pk>/beigt/",
        stand_in.substitution_end,
        name="substitution-end",
    ),
    path("nodosana/viena/<uuid:pk>/", conflicts.reassign, name="reassign"),
    path("nodosana/", stand_in.hand_over_create, name="hand-over-create"),
    path("nodosana/<uuid:pk>/", stand_in.hand_over_detail, name="hand-over"),
    path(
        "nodosana/<uuid:pk>/atcelt/",
        stand_in.hand_over_take_back,
        name="hand-over-take-back",
    ),
    path("<slug:code>/", families.family_detail, name="detail"),
    path("<slug:code>/labot/", families.family_update, name="update"),
    path("<slug:code>/paradit/<slug:field>/", families.family_reveal, name="reveal"),
    path("<slug:code>/piekrisana/", consents.consent_create, name="consent"),
    path(
        "<slug:code>/piekrisana/<slug:purpose>/atsaukt/",
        consents.consent_withdraw,
        name="consent-withdraw",
    ),
    path("<slug:code>/cilveki/jauns/", members.member_create, name="member-create"),
    path("<slug:code>/cilveki/<uuid:pk>/", members.member_update, name="member-update"),
    path(
        "<slug:code>/cilveki/<uuid:pk>/prom/", members.member_left, name="member-left"
    ),
    path(
        "<slug:code>/cilveki/<uuid:pk>/skola/",
        education.member_education,
        name="member-education",
    ),
    path("<slug:code>/vajadzibas/", needs.family_needs, name="needs"),
    path("<slug:code>/dzivesvieta/", needs.family_residence, name="residence"),
    path(
        "<slug:code>/dzivesvieta/<uuid:pk>/dzest/",
        needs.residence_delete,
        name="residence-delete",
    ),
    path("<slug:code>/pazistama/", conflicts.conflict_report, name="conflict"),
    path(
        "<slug:code>/pazistama/atsaukt/",
        conflicts.conflict_withdraw,
        name="conflict-withdraw",
    ),
    path("<slug:code>/skatijumi/", looks.access_log, name="access-log"),
]
urlpatterns = [
    path("vardi/lugt/", name_grants.name_request, name="name-request"),
    path("vardi/", name_grants.name_grant_list, name="name-grants"),
    path(
        "vardi/<uuid:pk>/atlaut/",
        name_grants.name_allow,
        name="name-allow",
    ),
    path(
        "vardi/<uuid:pk>/noraidit/",
        name_grants.name_decline,
        name="name-decline",
    ),
    path(
        "vardi/<uuid:pk>/beigt/",
        name_grants.name_revoke,
        name="name-revoke",
    ),
    path(
        "vardi/<uuid:pk>/atdot/",
        name_grants.name_give_back,
        name="name-give-back",
    ),
    path(
        "pieskirtais-vards/<slug:code>/",
        name_grants.granted_name,
        name="granted-name",
    ),
    path("gimenes/", include(of_families)),
    path("berns-briesmas/", safeguarding.safeguarding, name="safeguarding"),
    path(
        "berns-briesmas/sutit/",
        safeguarding.safeguarding_send,
        name="safeguarding-send",
    ),
]

"""Addresses of the log, of cases and of next steps."""

from django.urls import path

from cases.views import (
    achievements,
    advice,
    calendar,
    cases,
    cooperation,
    incidents,
    issues,
    participants,
    programmes,
    referrals,
    sending,
    shares,
    steps,
    visits,
)

app_name = "cases"

urlpatterns = [
    # the log
    path("ieraksti/", visits.visit_list, name="visit-list"),
    path("ieraksti/jauns/", visits.visit_create, name="visit-create"),
    path("ieraksti/sutit/", sending.visit_send, name="visit-send"),
    path("ieraksti/<slug:code>/", visits.visit_detail, name="visit-detail"),
    path("ieraksti/<slug:code>/labot/", visits.visit_update, name="visit-update"),
    path("ieraksti/<slug:code>/kopet/", visits.visit_copy, name="visit-copy"),
    path("ieraksti/<slug:code>/dzest/", visits.visit_delete, name="visit-delete"),
    path("ieraksti/<slug:code>/atjaunot/", visits.visit_restore, name="visit-restore"),
    path("ieraksti/<slug:code>/saglabats/", visits.visit_saved, name="visit-saved"),
    # cases
    path("lietas/", cases.case_list, name="case-list"),
    path("lietas/jauna/", cases.case_create, name="case-create"),
    path("lietas/<slug:code>/", cases.case_detail, name="case-detail"),
    path("lietas/<slug:code>/labot/", cases.case_update, name="case-update"),
    path("lietas/<slug:code>/statuss/", cases.case_status, name="case-status"),
    path("lietas/<slug:code>/noslegt/", cases.case_close, name="case-close"),
    path("lietas/<slug:code>/atsakt/", cases.case_reopen, name="case-reopen"),
    path("lietas/<slug:code>/merki/<int:position>/", cases.case_goal, name="case-goal"),
    # what was achieved
    path(
        "lietas/<slug:code>/panakumi/",
        achievements.achievement_create,
        name="achievement-create",
    ),
    path(
        "lietas/<slug:code>/dokumenti/",
        achievements.document_create,
        name="document-create",
    ),
    path(
        "panakumi/<uuid:pk>/dzest/",
        achievements.achievement_delete,
        name="achievement-delete",
    ),
    # programmes
    path("programmas/", programmes.programme_list, name="programmes"),
    path(
        "gimenes/<slug:code>/programmas/",
        programmes.involvement_create,
        name="involvement-create",
    ),
    path("programmas/<uuid:pk>/", programmes.involvement_step, name="involvement-step"),
    path(
        "programmas/soli/<uuid:pk>/dzest/",
        programmes.involvement_step_delete,
        name="involvement-step-delete",
    ),
    path(
        "programmas/<uuid:pk>/dalibnieks/",
        participants.participant,
        name="participant",
    ),
    path(
        "programmas/<uuid:pk>/dalibnieks/dzest/",
        participants.participant_delete,
        name="participant-delete",
    ),
    # discrimination and hate speech
    path("diskriminacija/", incidents.incident_list, name="incidents"),
    path("diskriminacija/jauns/", incidents.incident_create, name="incident-create"),
    path(
        "diskriminacija/<uuid:pk>/", incidents.incident_update, name="incident-update"
    ),
    path(
        "diskriminacija/<uuid:pk>/dzest/",
        incidents.incident_delete,
        name="incident-delete",
    ),
    # advice
    path("lietas/<slug:code>/padoms/", advice.advice_create, name="advice-create"),
    path("padomi/", advice.advice_list, name="advice-list"),
    path("padomi/<uuid:pk>/", advice.advice, name="advice"),
    # matters of many families
    path("jautajumi/", issues.issue_list, name="issue-list"),
    path("jautajumi/jauns/", issues.issue_create, name="issue-create"),
    path("jautajumi/<slug:code>/", issues.issue, name="issue"),
    path("jautajumi/<slug:code>/labot/", issues.issue_update, name="issue-update"),
    path("jautajumi/<slug:code>/dzest/", issues.issue_delete, name="issue-delete"),
    # cooperation with institutions
    path("kontakti/jomas/", cooperation.delegation_list, name="delegation-list"),
    path(
        "kontakti/jomas/jauna/", cooperation.delegation_create, name="delegation-create"
    ),
    path(
        "kontakti/jomas/<uuid:pk>/beigt/",
        cooperation.delegation_end,
        name="delegation-end",
    ),
    path(
        "iestades/<uuid:pk>/vienosanas/",
        cooperation.agreement_create,
        name="agreement-create",
    ),
    path("vienosanas/<uuid:pk>/", cooperation.agreement, name="agreement"),
    path("resursi/", cooperation.resource_list, name="resource-list"),
    path("resursi/jauns/", cooperation.resource_create, name="resource-create"),
    path("resursi/<uuid:pk>/", cooperation.resource, name="resource"),
    # referrals to institutions
    path(
        "lietas/<slug:code>/nosutit/",
        referrals.referral_create,
        name="referral-create",
    ),
    path(
        "nosutijumi/<uuid:pk>/atbilde/",
        referrals.referral_answer,
        name="referral-answer",
    ),
    # sharing with the coordinators
    path("lietas/<slug:code>/dalities/", shares.share_create, name="share-create"),
    path("lietas/<slug:code>/beigt-dalities/", shares.share_stop, name="share-stop"),
    path("lietas/<slug:code>/kopigota/", shares.shared_case, name="shared-case"),
    # next steps
    path("soli/jauns/", steps.step_create, name="step-create"),
    path("soli/<uuid:pk>/labot/", steps.step_update, name="step-update"),
    path("soli/<uuid:pk>/parcelt/", steps.step_move, name="step-move"),
    path("soli/<uuid:pk>/izdarits/", steps.step_done, name="step-done"),
    path("soli/<uuid:pk>/atcelt/", steps.step_drop, name="step-drop"),
    # the calendar for the phone
    path("iestatijumi/kalendars/", calendar.calendar_make, name="calendar-make"),
    path(
        "iestatijumi/kalendars/izslegt/",
        calendar.calendar_revoke,
        name="calendar-revoke",
    ),
    path("kalendars/<str:token>.ics", calendar.calendar_feed, name="calendar-feed"),
]

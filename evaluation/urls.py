"""Surveys of municipal staff, recommendations and what became of them."""

from django.urls import path

from evaluation.views import answer, questions, recommendations, surveys

app_name = "evaluation"
urlpatterns = [
    path("a/<str:token>/", answer.answer, name="answer"),
    path("aptaujas/", surveys.survey_list, name="surveys"),
    path("aptaujas/jauna/", surveys.survey_create, name="survey-create"),
    path("aptaujas/<uuid:pk>/", surveys.survey_detail, name="survey"),
    path("aptaujas/<uuid:pk>/labot/", surveys.survey_update, name="survey-update"),
    path(
        "aptaujas/<uuid:pk>/izsludinat/",
        surveys.survey_announce,
        name="survey-announce",
    ),
    path("aptaujas/<uuid:pk>/teksti/", questions.words, name="words"),
    path("aptaujas/saite/<uuid:pk>/", surveys.survey_link, name="survey-link"),
    path("aptaujas/saite/<uuid:pk>/jauna/", surveys.link_renew, name="link-renew"),
    path("aptaujas/saite/<uuid:pk>/beigt/", surveys.link_revoke, name="link-revoke"),
    path("aptaujas/partneri/<slug:slug>/", surveys.partners, name="partners"),
    path(
        "aptaujas/anketa/<int:version>/",
        questions.questionnaire,
        name="questionnaire",
    ),
    path(
        "aptaujas/anketa/<int:version>/jauna-versija/",
        questions.questionnaire_version,
        name="questionnaire-version",
    ),
    path("aptaujas/atbilde/<uuid:pk>/", questions.moderate, name="moderate"),
    path(
        "aptaujas/atbilde/<uuid:pk>/ieteikums/",
        questions.recommend,
        name="recommend",
    ),
    path("ieteikumi/", recommendations.recommendations, name="recommendations"),
    path(
        "ieteikumi/jauns/",
        recommendations.recommendation_create,
        name="recommendation-create",
    ),
    path(
        "ieteikumi/<uuid:pk>/labot/",
        recommendations.recommendation_update,
        name="recommendation-update",
    ),
    path(
        "ieteikumi/<uuid:pk>/parnest/",
        recommendations.recommendation_carry,
        name="recommendation-carry",
    ),
    path(
        "ieteikumi/<uuid:pk>/istenosana/",
        recommendations.follow_up_create,
        name="follow-up-create",
    ),
    path(
        "ieteikumi/istenosana/<uuid:pk>/labot/",
        recommendations.follow_up_update,
        name="follow-up-update",
    ),
]

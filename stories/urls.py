"""Stories, publicity and materials."""

from django.urls import path

from stories.views import materials, media, public, stories

app_name = "stories"
urlpatterns = [
    path("stasti/", stories.story_list, name="list"),
    path("stasti/jauns/", stories.story_create, name="create"),
    path("stasti/<uuid:pk>/", stories.story_detail, name="story"),
    path("stasti/<uuid:pk>/labot/", stories.story_update, name="update"),
    path("stasti/<uuid:pk>/dzest/", stories.story_delete, name="delete"),
    path("stasti/<uuid:pk>/solis/", stories.story_step, name="step"),
    path("stasti/<uuid:pk>/piekrisana/", stories.agreement, name="agreement"),
    path("stasti/<uuid:pk>/atsaukt/", stories.agreement_withdraw, name="withdraw"),
    path("stasti/<uuid:pk>/foto/", stories.photo, name="photo"),
    path("stasti/<uuid:pk>/attels.jpg", stories.picture, name="picture"),
    path("stasti/<uuid:pk>/lapina.pdf", public.preview_pdf, name="preview-pdf"),
    path("stasti/<slug:slug>/", public.public, name="public"),
    path("stasti/<slug:slug>/attels.jpg", public.public_picture, name="public-picture"),
    path("stasti/<slug:slug>/lapina.pdf", public.public_pdf, name="public-pdf"),
    path("publicitate/", media.media_list, name="media"),
    path("publicitate/jauna/", media.media_create, name="media-create"),
    path("publicitate/<uuid:pk>/", media.media_update, name="media-update"),
    path("publicitate/<uuid:pk>/dzest/", media.media_delete, name="media-delete"),
    path("materiali/", materials.material_list, name="materials"),
    path("materiali/jauns/", materials.material_create, name="material-create"),
    path("materiali/<uuid:pk>/", materials.material_update, name="material-update"),
    path("materiali/<uuid:pk>/pdf/", materials.material_pdf, name="material-pdf"),
    path(
        "materiali/<uuid:pk>/izdalits/", materials.handout_create, name="handout-create"
    ),
    path(
        "materiali/izdalits/<uuid:pk>/dzest/",
        materials.handout_delete,
        name="handout-delete",
    ),
]

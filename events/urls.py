"""Events, series and resource centres."""

from django.urls import path

from events.views import centres, events, people

app_name = "events"
urlpatterns = [
    path("pasakumi/", events.event_list, name="list"),
    path("pasakumi/jauns/", events.event_create, name="create"),
    path("pasakumi/jauna-serija/", events.series_create, name="series-create"),
    path("pasakumi/<slug:code>/", events.event_detail, name="detail"),
    path("pasakumi/<slug:code>/labot/", events.event_update, name="update"),
    path("pasakumi/<slug:code>/dzest/", events.event_delete, name="delete"),
    path("pasakumi/<slug:code>/vadiju/", people.lead, name="lead"),
    path("pasakumi/<slug:code>/vaditajs/", people.leader_create, name="leader-create"),
    path("pasakumi/<slug:code>/aicinajumi/", people.invitations, name="invitations"),
    path(
        "pasakumi/<slug:code>/atsauksme/",
        people.testimonial_create,
        name="testimonial-create",
    ),
    path("vaditaji/<uuid:pk>/nonemt/", people.leader_delete, name="leader-delete"),
    path("aicinajumi/<uuid:pk>/", people.invitation_update, name="invitation-update"),
    path(
        "atsauksmes/<uuid:pk>/atsaukt/",
        people.testimonial_withdraw,
        name="testimonial-withdraw",
    ),
    path(
        "atsauksmes/<uuid:pk>/dzest/",
        people.testimonial_delete,
        name="testimonial-delete",
    ),
    path("resursu-centri/", centres.centre_list, name="centre-list"),
    path("resursu-centri/jauns/", centres.centre_create, name="centre-create"),
    path("resursu-centri/<uuid:pk>/", centres.centre_detail, name="centre-detail"),
    path(
        "resursu-centri/<uuid:pk>/labot/", centres.centre_update, name="centre-update"
    ),
]

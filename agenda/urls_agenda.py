"""What waits for each person today."""

from django.urls import path

from agenda import views_dashboard, views_team, views_today, views_welcome

app_name = "agenda"

urlpatterns = [
    path("sodien/", views_today.today, name="today"),
    path("sveiki/<int:number>/", views_welcome.welcome, name="welcome"),
    path("sveiki/izlasits/", views_welcome.welcomed, name="welcomed"),
    path("parskats/", views_dashboard.dashboard, name="dashboard"),
    path("parskats/kalendars.ics", views_dashboard.calendar, name="dashboard-calendar"),
    path("komanda/", views_team.team_page, name="team"),
]

"""What waits for each person today."""

from django.urls import path

from agenda import views_dashboard, views_today

app_name = "agenda"

urlpatterns = [
    path("sodien/", views_today.today, name="today"),
    path("parskats/", views_dashboard.dashboard, name="dashboard"),
]

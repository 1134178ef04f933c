"""Pages of nobody in particular, and what waits for each person today."""

from django.urls import include, path

from agenda import views, views_names
from data_protection.views import notice

urlpatterns = [
    path("", views.home, name="home"),
    path("palidziba/", views.help_page, name="help"),
    path("palidziba/atrais-celvedis.pdf", views.quick_guide, name="quick-guide"),
    path("privatums/", notice.privacy_notice, name="privacy"),
    path("privatums/<int:number>/", notice.privacy_notice, name="privacy-version"),
    path("pieklustamiba/", views.accessibility, name="accessibility"),
    path("iestatijumi/", views.settings_page, name="settings"),
    path("iestatijumi/taustini/", views.shortcuts_off, name="shortcuts"),
    path("slept-vardus/", views_names.hide_names, name="hide-names"),
    path("", include("agenda.urls_agenda")),
]

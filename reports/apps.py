from django.apps import AppConfig

from privacy import append_only
from reports.frozen import VERSIONS


class ReportsConfig(AppConfig):
    name = "reports"

    def ready(self):
        append_only.add(VERSIONS)

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Privacy")

    def ready(self):
        # By name, because the models it asks cannot be imported with this module.
        check = import_string("privacy.mode.database_fits_the_mode")
        checks.register(check, checks.Tags.database)

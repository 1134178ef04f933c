from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "privacy"
    verbose_name = _("Privacy")

    def ready(self):
        # By name, because the models it asks cannot be imported with this module.
        for name in ("mode.database_fits_the_mode", "checks.sqlite_writes_ahead"):
            check = import_string(f"privacy.{name}")
            checks.register(check, checks.Tags.database)
        for name in (
            "keys_are_in_order",
            "secrets_are_in_closed_files",
            "the_public_is_served_safely",
        ):
            check = import_string(f"privacy.checks.{name}")
            checks.register(check, checks.Tags.security, deploy=True)

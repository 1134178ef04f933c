from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from mediators.forms import AccountForm
from mediators.models import Appointment, Supervisor, User
from privacy.administration import AuditedAdmin, site


@admin.register(User, site=site)
class UserAdmin(AuditedAdmin):
    """Accounts; what they may do is decided by appointments."""

    form = AccountForm
    fieldsets = (
        (
            None,
            {
                "fields": AccountForm.Meta.fields,
                "description": _(
                    "A new account has no password. Set one on the server: "
                    "manage.py changepassword EMAIL"
                ),
            },
        ),
    )
    list_display = ["email", "last_name", "first_name", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["email", "first_name", "last_name"]

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Appointment, site=site)
class AppointmentAdmin(AuditedAdmin):
    list_display = ["user", "role", "municipality", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "municipality"]
    search_fields = ["user__email", "user__last_name", "municipality__label_lv"]


@admin.register(Supervisor, site=site)
class SupervisorAdmin(AuditedAdmin):
    list_display = ["name", "municipality", "email", "phone", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["municipality"]
    search_fields = ["name", "email"]

from django.contrib import admin, messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mediators import administering
from mediators.access import fresh_proof_required
from mediators.forms import AccountForm, AppointmentForm
from mediators.forms.funding import FundingShares
from mediators.models import (
    Appointment,
    FundingShare,
    Supervisor,
    TrainingCourse,
    User,
)
from mediators.services import appointments, sessions
from privacy import audit
from privacy.administration import AuditedAdmin, site

WHO_AND_WHAT = ("user", "role", "municipality", "starts_on")
fresh_changes = method_decorator(fresh_proof_required, name="changeform_view")


@admin.register(User, site=site)
@fresh_changes
class UserAdmin(AuditedAdmin):
    """Accounts; what they may do is decided by appointments.

    Nobody here chooses a password, and an address that signs somebody in stays.
    """

    form = AccountForm
    fieldsets = (
        (
            None,
            {
                "fields": AccountForm.Meta.fields,
                "description": _(
                    "A new account has no password: save it, then send an invitation. "
                    "Its owner chooses the password, which nobody else ever knows."
                ),
            },
        ),
    )
    list_display = ["email", "last_name", "first_name", "is_active", "last_login"]
    list_filter = ["is_active"]
    search_fields = ["email", "first_name", "last_name"]
    change_form_template = "admin/mediators/user/change_form.html"

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return (*fields, "email") if obj and obj.has_usable_password() else fields

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            sessions.end_all(obj, by=request.user)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        person = self.get_object(request, object_id)
        deeds = administering.deeds_for(person, by=request.user) if person else []
        context = {"deeds": deeds} | (extra_context or {})
        return super().change_view(request, object_id, form_url, context)

    def get_urls(self):
        deed = self.admin_site.admin_view(require_POST(fresh_proof_required(self.do)))
        own = path("<uuid:pk>/darbiba/<slug:deed>/", deed, name="mediators_user_deed")
        return [own, *super().get_urls()]

    def do(self, request, pk, deed):
        """One of the buttons above the form."""
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        found = administering.deed_for(person, deed, by=request.user)
        if found is None:
            raise Http404
        found.do(person, by=request.user)
        messages.success(request, found.done)
        return redirect(reverse("admin:mediators_user_change", args=[pk]))


class FundingShareInline(admin.TabularInline):
    model = FundingShare
    formset = FundingShares
    extra = 0


@admin.register(Appointment, site=site)
@fresh_changes
class AppointmentAdmin(AuditedAdmin):
    form = AppointmentForm
    list_display = ["user", "role", "municipality", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "municipality"]
    search_fields = ["user__email", "user__last_name", "municipality__label_lv"]
    inlines = [FundingShareInline]

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        if formset.has_changed():
            audit.record(
                request.user, audit.Verb.UPDATE, form.instance, fields=["shares"]
            )

    def get_readonly_fields(self, request, obj=None):
        """What once gave access stays as it was: from the first day on it is only ended."""
        has_begun = obj and obj.starts_on <= timezone.localdate()
        fields = super().get_readonly_fields(request, obj)
        return (*fields, *WHO_AND_WHAT) if has_begun else fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Nobody appoints themselves."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        """Nor does anybody prolong what they have."""
        is_own = obj is not None and obj.user == request.user
        return not is_own and super().has_change_permission(request, obj)

    def detail_of(self, appointment):
        return {
            "account": appointment.user_id,
            "role": appointment.role,
            "place": appointment.municipality and appointment.municipality.slug,
            "first": appointment.starts_on,
            "last": appointment.ends_on,
        }

    def save_model(self, request, obj, form, change):
        """With another role one signs in anew; officers hear of powers over others."""
        super().save_model(request, obj, form, change)
        key = request.session.session_key
        sessions.end_all(obj.user, by=request.user, but=key)
        if not change:
            appointments.tell_officers(obj, by=request.user)


@admin.register(Supervisor, site=site)
class SupervisorAdmin(AuditedAdmin):
    list_display = ["name", "municipality", "email", "phone", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["municipality"]
    search_fields = ["name", "email"]


@admin.register(TrainingCourse, site=site)
class TrainingCourseAdmin(AuditedAdmin):
    list_display = ["title", "topic", "provider", "hours", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["topic"]
    search_fields = ["title", "provider"]

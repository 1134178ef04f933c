from django.contrib import admin

from municipalities.models import (
    ContactPerson,
    Institution,
    Municipality,
    Partner,
    Region,
    Term,
)
from privacy.administration import AuditedAdmin, site


@admin.register(Region, site=site)
class RegionAdmin(AuditedAdmin):
    list_display = ["code", "label_lv", "label_en"]
    fixed = ("code",)


@admin.register(Municipality, site=site)
class MunicipalityAdmin(AuditedAdmin):
    list_display = ["prefix", "label_lv", "region", "valid_from", "valid_to"]
    list_display_links = ["prefix", "label_lv"]
    list_filter = ["region"]
    list_select_related = ["region"]
    search_fields = ["prefix", "label_lv", "label_en", "atvk"]
    fixed = ("atvk", "prefix", "slug")


@admin.register(Term, site=site)
class TermAdmin(AuditedAdmin):
    list_display = ["code", "label_lv", "label_en", "vocabulary", "valid_to"]
    list_filter = ["vocabulary"]
    search_fields = ["code", "label_lv", "label_en"]
    fixed = ("vocabulary", "code")


@admin.register(ContactPerson, site=site)
class ContactPersonAdmin(AuditedAdmin):
    list_display = ["name", "post", "municipality", "email", "starts_on", "ends_on"]
    list_select_related = ["municipality"]
    search_fields = ["name", "email", "municipality__label_lv"]


@admin.register(Institution, site=site)
class InstitutionAdmin(AuditedAdmin):
    list_display = ["name", "municipality", "type", "is_active"]
    list_filter = ["is_active", "municipality"]
    list_select_related = ["municipality", "type"]
    search_fields = ["name"]


@admin.register(Partner, site=site)
class PartnerAdmin(AuditedAdmin):
    list_display = ["name", "role", "starts_on", "ends_on"]
    list_filter = ["role"]
    search_fields = ["name"]

"""The pages for accounts and reference data: audited, and closed to everybody else.

A site of its own, because apps of others add their models to Django's. Nothing about
families may be registered here (ADR 0010).
"""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.forms import ModelForm
from django.http import Http404
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_noop, pgettext_lazy

from privacy import audit
from privacy.forms import NoPersonalCodes

SAID_OTHERWISE = (
    gettext_noop("Add %s"),
    gettext_noop("Change %s"),
    gettext_noop("View %s"),
    gettext_noop("Select %s"),
    gettext_noop("Select %s to change"),
    gettext_noop("Select %s to view"),
    gettext_noop("Add %(name)s"),
    gettext_noop("Add another %(model)s"),
    gettext_noop("Change selected %(model)s"),
    gettext_noop("View selected %(model)s"),
    gettext_noop("Models in the %(name)s application"),
    gettext_noop("The {name} “{obj}” was added successfully."),
    gettext_noop("The {name} “{obj}” was changed successfully."),
    gettext_noop("You may edit it again below."),
    gettext_noop(
        "The {name} “{obj}” was added successfully. You may add another {name} below."
    ),
    gettext_noop(
        "The {name} “{obj}” was changed successfully. You may edit it again below."
    ),
    gettext_noop(
        "The {name} “{obj}” was changed successfully. You may add another {name} below."
    ),
    gettext_noop("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
)
"""Sentences of Django that put a verb before the name of a model. Latvian would need its
accusative and its gender, so our catalogue words them anew, with a colon before the name."""


class AdministrationSite(admin.AdminSite):
    """Django's administration behind our own sign-in; others get 404, not a hint."""

    site_title = "Tilts"
    site_header = "Tilts"
    index_title = pgettext_lazy("place", "Administration")
    site_url = None
    opens_to = ("administrator",)

    def has_permission(self, request):
        return request.user.is_active and request.user.has_role(*self.opens_to)

    def admin_view(self, view, cacheable=False):
        checked = super().admin_view(view, cacheable)

        def hidden(request, *args, **kwargs):
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return checked(request, *args, **kwargs)

        return hidden

    def get_urls(self):
        """Without the way from a row to its page outside: rows here have none."""
        urls = super().get_urls()
        urls = [one for one in urls if getattr(one, "name", "") != "view_on_site"]
        self._declare(urls)
        return urls

    def _declare(self, urls):
        """To whom each address opens; the page for signing in says it by itself."""
        for one in urls:
            if hasattr(one, "url_patterns"):
                self._declare(one.url_patterns)
            elif getattr(one.callback, "login_required", True):
                one.callback.access = self.opens_to

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", ""))
        if not self.has_permission(request):
            raise Http404
        return redirect("admin:index")

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        """One page for everybody's own password."""
        return redirect("password-change")


site = AdministrationSite()


class CodeFreeForm(NoPersonalCodes, ModelForm):
    """Of any table of the administration: no text of it takes a personal code."""


class AuditedAdmin(admin.ModelAdmin):
    """Changes are audited, nothing is deleted: rows are ended or switched off.

    ``fixed`` names the fields that may not change later, because codes and addresses
    of old records are made of them.
    """

    form = CodeFreeForm
    fixed = ()
    view_on_site = False

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, *(self.fixed if obj else ()))

    def has_delete_permission(self, request, obj=None):
        return False

    def lookup_allowed(self, lookup, value, request):
        """Only the filters that are offered: another would answer questions about any
        column, the password's hash included, one letter after the other."""
        return lookup in {
            name + end
            for name in self.list_filter
            if isinstance(name, str)
            for end in ("", "__exact", "__id__exact", "__isnull")
        }

    def changelist_view(self, request, extra_context=None):
        audit.record(
            request.user,
            audit.Verb.LIST,
            self.model,
            filters=[*audit.filters(request.GET, "q"), *self._narrowed_by(request)],
        )
        return super().changelist_view(request, extra_context)

    def _narrowed_by(self, request):
        """Fields of the filters in the address; nothing that somebody typed there."""
        fields = [name for name in self.list_filter if isinstance(name, str)]
        return [
            name for name in fields if any(key.startswith(name) for key in request.GET)
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        if row:
            audit.record_opening(request, row)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        verb = audit.Verb.UPDATE if change else audit.Verb.CREATE
        fields = audit.changed_fields(form)
        audit.record(request.user, verb, obj, fields=fields, **self.detail_of(obj))

    def detail_of(self, _row):
        """Further ids and codes for the audit entry of a change."""
        return {}

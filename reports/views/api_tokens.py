"""Tokens for programs: made and ended by project staff, each shown once."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mediators.access import fresh_proof_required, role_required
from mediators.models import Role
from privacy import audit
from reports.forms.api_tokens import ApiTokenForm
from reports.models import ApiToken
from reports.reach import ever_appointed, places_of
from reports.services.api_tokens import end_token, make_token


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.PROJECT_STAFF)
@fresh_proof_required
def api_tokens(request):
    """The tokens in use, and the form for a new one, whose secret the answer shows."""
    form = ApiTokenForm(
        request.POST or None, places=ever_appointed(places_of(request.user))
    )
    secret = ""
    if form.is_valid():
        secret = make_token(by=request.user, **form.answers)
        form = ApiTokenForm(places=form.fields["municipalities"].queryset)
    tokens = ApiToken.objects.visible_to(request.user).in_use()
    tokens = tokens.select_related("owner").prefetch_related("municipalities")
    if not secret:
        audit.record(request.user, audit.Verb.LIST, ApiToken, count=len(tokens))
    return render(
        request,
        "reports/api_tokens.html",
        {
            "form": form,
            "tokens": tokens,
            "secret": secret,
            "address": settings.SITE_URL + reverse("reports:api-results"),
        },
        status=422 if form.errors else 200,
    )


@require_POST
@role_required(Role.PROJECT_STAFF)
@fresh_proof_required
def api_token_end(request, pk):
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    end_token(token, by=request.user)
    messages.success(request, _("The token opens nothing any more."))
    return redirect("reports:api-tokens")

"""The second factor: set up, looked at, removed. allauth's views with our pages."""

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from interface.squares import squares
from mediators import factors
from mediators.access import open_without_factor
from mediators.emails import Notice
from mediators.forms import AddAppForm
from mediators.models import FactorReset
from mediators.services import factor_resets, sessions
from mediators.services.notices import tell
from mediators.trying import says_when_to_try_again
from privacy import audit
from privacy.access import signed_in

signed_in_dispatch = method_decorator(signed_in, name="dispatch")
open_dispatch = method_decorator(open_without_factor, name="dispatch")
counted_dispatch = method_decorator(says_when_to_try_again, name="dispatch")


authenticate = base.AuthenticateView.as_view(
    template_name="mediators/sign_in_code.html"
)


@signed_in
@open_without_factor
@require_safe
def second_factor(request):
    """Which factor shall it be? The first page of somebody who has none."""
    if factors.is_complete(request.user):
        return redirect("home")
    kept = factors.of(request.user)
    if kept.filter(type__in=factors.FACTORS).exists():
        return redirect("mfa_view_recovery_codes")
    return render(request, "mediators/second_factor.html")


@signed_in
@require_safe
def security(request):
    """Password, passkeys, app, codes on paper; and whether a reset is under way."""
    kept = [row.wrap() for row in factors.of(request.user)]
    by_type = {
        kind: [one for one in kept if one.instance.type == kind]
        for kind in factors.FACTORS
    }
    codes_on_paper = next(
        (one for one in kept if one.instance.type == factors.CODES), None
    )
    pending = FactorReset.objects.visible_to(request.user).pending()
    context = {
        "passkeys": by_type[factors.FACTORS[1]],
        "app": next(iter(by_type[factors.FACTORS[0]]), None),
        "codes_left": codes_on_paper and len(codes_on_paper.get_unused_codes()),
        "can_remove": sum(map(len, by_type.values())) > 1,
        "reset": pending.filter(user=request.user).first(),
    }
    return render(request, "mediators/security.html", context)


def note(request, verb, authenticator, notice):
    """Every change of a factor is in the audit and in a mail to its owner."""
    audit.record(request.user, verb, authenticator, type=authenticator.type)
    tell(request.user, notice)


@signed_in_dispatch
@open_dispatch
@counted_dispatch
class AddApp(totp.ActivateTOTPView):
    template_name = "mediators/app_add.html"

    def get_context_data(self, **kwargs):
        """With the picture in the page itself: the policy loads none from an address of data."""
        context = super().get_context_data(**kwargs)
        return context | {"picture": squares(context["totp_url"])}

    def get_form_class(self):
        return AddAppForm

    def form_valid(self, form):
        response = super().form_valid(form)
        app = factors.of(self.request.user).get(type=factors.FACTORS[0])
        factors.accept_code(self.request.user, form.cleaned_data["code"])
        note(self.request, audit.Verb.CREATE, app, Notice.FACTOR_ADDED)
        return response


@signed_in_dispatch
class RemoveApp(totp.DeactivateTOTPView):
    template_name = "mediators/app_remove.html"

    def form_valid(self, form):
        note(self.request, audit.Verb.DELETE, self.authenticator, Notice.FACTOR_REMOVED)
        return super().form_valid(form)


@signed_in_dispatch
@open_dispatch
class AddPasskey(webauthn.AddWebAuthnView):
    """Kept in the device and opened by finger, face or PIN, so that it can stand alone."""

    template_name = "mediators/passkey_add.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return context | {
            "js_data": {"creation_options": options},
            "form": kwargs.get("form", context["form"]),
        }

    def form_valid(self, form):
        before = set(factors.of(self.request.user).values_list("pk", flat=True))
        response = super().form_valid(form)
        added = factors.of(self.request.user).exclude(pk__in=before)
        passkey = added.get(type=factors.FACTORS[1])
        note(self.request, audit.Verb.CREATE, passkey, Notice.FACTOR_ADDED)
        return response


@signed_in_dispatch
class RemovePasskey(webauthn.RemoveWebAuthnView):
    template_name = "mediators/passkey_remove.html"
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form):
        passkey = self.get_object()
        if factors.SealedFactors().can_delete_authenticator(passkey):
            note(self.request, audit.Verb.DELETE, passkey, Notice.FACTOR_REMOVED)
            return super().form_valid(form)
        return redirect("mfa_index")


@signed_in_dispatch
@open_dispatch
class ShowCodes(codes.ViewRecoveryCodesView):
    template_name = "mediators/codes.html"


@signed_in_dispatch
@open_dispatch
class NewCodes(codes.GenerateRecoveryCodesView):
    template_name = "mediators/codes_new.html"

    def form_valid(self, form):
        response = super().form_valid(form)
        made = factors.of(self.request.user).get(type=factors.CODES)
        note(self.request, audit.Verb.CREATE, made, Notice.CODES)
        return response


class Renewed:
    """A session that was proved anew goes on under a new key."""

    def form_valid(self, form):
        response = super().form_valid(form)
        sessions.renew(self.request)
        return response


@signed_in_dispatch
@open_dispatch
@counted_dispatch
class ProveByPassword(Renewed, account.ReauthenticateView):
    template_name = "mediators/prove.html"


@signed_in_dispatch
@counted_dispatch
class ProveByCode(Renewed, base.ReauthenticateView):
    template_name = "mediators/prove_by_code.html"


@signed_in_dispatch
class ProveByPasskey(Renewed, webauthn.ReauthenticateWebAuthnView):
    template_name = "mediators/prove_by_passkey.html"

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form))


@signed_in
@require_POST
def reset_stop(request):
    """The owner of the account says no to a reset."""
    mine = FactorReset.objects.visible_to(request.user).pending()
    reset = mine.filter(user=request.user).first()
    if reset:
        factor_resets.stop(reset, by=request.user)
    return redirect("mfa_index")

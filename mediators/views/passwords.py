"""Passwords: the page behind an invitation, a new one, a forgotten one."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from mediators.forms import ChangePasswordForm, ForgottenPasswordForm, NewPasswordForm
from mediators.models import Invitation, TooManyTries
from mediators.services import invitations
from mediators.trying import begin, new_password_limits, says_when_to_try_again
from privacy.access import by_link, signed_in

IN_THE_SESSION = "invitation"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@by_link
@never_cache
@require_safe
def invitation_open(request, token):
    """The token leaves the address at once; what stays is its hash, in the session."""
    invitation = Invitation.objects.with_token(token).first()
    request.session[IN_THE_SESSION] = invitation.token_sha256 if invitation else ""
    return redirect("invitation")


@by_link
@never_cache
@sensitive_post_parameters()
@read_or_write
def invitation(request):
    """Choose a password; looking at the page uses nothing up."""
    hashed = request.session.get(IN_THE_SESSION) or "-"
    found = Invitation.objects.with_hash(hashed).select_related("user").first()
    if found is None:
        return render(request, "mediators/invitation_over.html", status=410)
    form = NewPasswordForm(request.POST or None, person=found.user)
    if form.is_valid():
        if not invitations.accept(found, form.cleaned_data["password"]):
            return render(request, "mediators/invitation_over.html", status=410)
        return _go_on(request, found.user)
    context = {"form": form, "invitation": found}
    status = 422 if form.errors else 200
    return render(request, "mediators/invitation.html", context, status=status)


def _go_on(request, person):
    """Into the system, past the second factor if the account has one."""
    if request.user.is_authenticated:
        logout(request)
    request.session.pop(IN_THE_SESSION, None)
    record_authentication(request, person, method="password")
    return perform_login(request, Login(user=person, email=person.email))


@signed_in
@sensitive_post_parameters()
@says_when_to_try_again
@read_or_write
def password_change(request):
    form = ChangePasswordForm(request.POST or None, person=request.user)
    if form.is_valid():
        key = request.session.session_key
        password = form.cleaned_data["password"]
        invitations.change_password(request.user, password, session_key=key)
        update_session_auth_hash(request, request.user)
        messages.success(
            request, _("The password is changed. Your other sessions have ended.")
        )
        return redirect("mfa_index")
    status = 422 if form.errors else 200
    return render(
        request, "mediators/password_change.html", {"form": form}, status=status
    )


@login_not_required
@never_cache
@says_when_to_try_again
@read_or_write
def password_forgotten(request):
    """One answer for every address, whether there is an account or not."""
    form = ForgottenPasswordForm(request.POST or None)
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            begin(*new_password_limits(request, email))
        except TooManyTries as problem:
            form.add_error(None, problem)
        else:
            invitations.invite_again(email)
            return render(request, "mediators/password_forgotten_sent.html")
    status = 422 if form.errors else 200
    context = {"form": form}
    return render(request, "mediators/password_forgotten.html", context, status=status)

"""How allauth is bent to our rules: invitations only, every try counted and audited.

All ways in and out pass here, because the pages of the administration send people
to the same sign-in and sign-out.
"""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import context
from django.contrib import messages
from django.contrib.auth import authenticate
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mediators.freshness import is_fresh
from mediators.models import Tries, User
from mediators.services import sessions
from mediators.trying import begin, sign_in_limits
from privacy import audit


class InvitedPeopleOnly(DefaultAccountAdapter):
    """Nobody makes an account for themselves: people are invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": gettext_lazy(
            "The e-mail address or the password is not right."
        ),
        "incorrect_password": gettext_lazy("The password is not right."),
    }

    def is_open_for_signup(self, request):
        return False

    def authenticate(self, request, **credentials):
        """The account, or None for whatever is wrong: the password, the address, or an
        account that is switched off. Nothing tells one from the other, nor does the time:
        each costs one hash."""
        limits = sign_in_limits(request, credentials["email"])
        begin(*limits)
        user = authenticate(request, **credentials)
        switched_off = AuthenticationBackend.unstash_authenticated_user()
        if user is None:
            audit.record(None, audit.Verb.SIGN_IN_FAILED, switched_off or User)
        else:
            Tries.objects.succeeded(*limits)
        return user

    def reauthenticate(self, user, password):
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, app):
        return not is_fresh(context.request)

    def login(self, request, user):
        super().login(request, user)
        sessions.begin(request)
        if request.session.pop(sessions.FORM_NOT_SAVED, False):
            messages.warning(
                request,
                _(
                    "What you sent before you signed in was not saved. "
                    "Look whether it is still here, and send it once more."
                ),
            )
        audit.record(user, audit.Verb.SIGN_IN, user)

    def respond_user_inactive(self, request, user):
        """Only a passkey leads here; it says as little as a wrong one."""
        audit.record(None, audit.Verb.SIGN_IN_FAILED, user)
        messages.error(request, _("This is not right. Try again."))
        return redirect("account_login")

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Pages and mails of ours say what became of a factor."""
        if not (message_template or "").startswith("mfa/"):
            super().add_message(request, level, message_template, *args, **kwargs)

    def logout(self, request):
        if request.user.is_authenticated:
            audit.record(request.user, audit.Verb.SIGN_OUT, request.user)
            sessions.forget_current(request)
        super().logout(request)

"""How allauth is bent to our rules: invitations only, every sign-in audited.

All ways in and out pass here, because the pages of the administration send people
to the same sign-in and sign-out.
"""

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from mediators.models import User
from privacy import audit


class InvitedPeopleOnly(DefaultAccountAdapter):
    """Nobody makes an account for themselves: people are invited."""

    def is_open_for_signup(self, request):
        return False

    def login(self, request, user):
        super().login(request, user)
        audit.record(user, audit.Verb.SIGN_IN, user)

    def authentication_failed(self, request, **credentials):
        """Only that it happened: a mistyped address may be a password."""
        audit.record(None, audit.Verb.SIGN_IN_FAILED, User)

    def respond_user_inactive(self, request, user):
        """The password was right, so nothing is given away to a stranger."""
        audit.record(None, audit.Verb.SIGN_IN_FAILED, user)
        messages.error(
            request,
            _("This account is switched off. Ask the administrator of the project."),
        )
        return redirect("account_login")

    def logout(self, request):
        if request.user.is_authenticated:
            audit.record(request.user, audit.Verb.SIGN_OUT, request.user)
        super().logout(request)

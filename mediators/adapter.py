"""How allauth is bent to our rules."""

from allauth.account.adapter import DefaultAccountAdapter


class InvitedPeopleOnly(DefaultAccountAdapter):
    """Nobody makes an account for themselves: people are invited."""

    def is_open_for_signup(self, request):
        return False

"""How an account is recognised on each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Subquery

from mediators.models import EthicsCode, User


class AccountBackend(AuthenticationBackend):
    """Signs in as allauth does, and recognises an account together with what every page asks.

    That is the version of the code of ethics in force, as ``code_in_force`` of the account.
    """

    def get_user(self, user_id):
        version = EthicsCode.objects.in_force_first().values("version")[:1]
        accounts = User.objects.annotate(code_in_force=Subquery(version))
        try:
            user = accounts.get(pk=user_id)
        except User.DoesNotExist:
            return None
        return user if self.user_can_authenticate(user) else None

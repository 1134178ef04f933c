"""How an account is recognised on each request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Subquery

from mediators.models import Appointment, EthicsCode, User


class AccountBackend(AuthenticationBackend):
    """Signs in as allauth does, and recognises an account together with what every page asks.

    That are its appointments, and the version of the code of ethics in force, as
    ``code_in_force`` of the account. Only of an account without any it asks twice.
    """

    def get_user(self, user_id):
        version = Subquery(EthicsCode.objects.in_force_first().values("version")[:1])
        rows = Appointment.objects.filter(user=user_id).with_places()
        rows = list(rows.select_related("user").annotate(code_in_force=version))
        if rows:
            user, code = rows[0].user, rows[0].code_in_force
            user.code_in_force = code
        else:
            accounts = User.objects.annotate(code_in_force=version)
            user = accounts.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        for row in rows:
            row.user = user
        user.all_appointments = rows
        return user

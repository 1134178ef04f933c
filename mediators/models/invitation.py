"""Links by which a person chooses a password: the first one, or a new one."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models.account import User
from privacy.ids import uuid7
from privacy.tokens import hash_of, new_token


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Links that still open: not used, in time, to an account that is switched on."""
        return self.filter(
            used_at=None, expires_at__gt=timezone.now(), user__is_active=True
        )

    def with_token(self, token):
        return self.filter(token_sha256=hash_of(token))

    def with_hash(self, token_sha256):
        """That of a token which has left the address already."""
        return self.open().filter(token_sha256=token_sha256)


class Invitation(models.Model):
    """A link to one account, that opens once. The token exists in the mail alone.

    Opening the page uses nothing up: programs that look through mails do that too.
    """

    class Purpose(models.TextChoices):
        FIRST = "first", pgettext_lazy("invitation", "first password")
        RESET = "reset", pgettext_lazy("invitation", "new password")

    LASTS = {Purpose.FIRST: timedelta(hours=72), Purpose.RESET: timedelta(hours=24)}

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        related_name="invitations",
        on_delete=models.PROTECT,
    )
    purpose = models.CharField(max_length=10, choices=Purpose)
    made_by = models.ForeignKey(
        User, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    made_at = models.DateTimeField(default=timezone.now)
    token_sha256 = models.CharField(max_length=64, null=True, blank=True, unique=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="invitation_purpose_is_known",
                condition=Q(purpose__in=["first", "reset"]),
            ),
            models.CheckConstraint(
                name="invitation_with_token_expires",
                condition=Q(token_sha256=None) | Q(expires_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.user_id}, {self.made_at:%Y-%m-%d}"

    @property
    def is_newest(self):
        """A second one kills the older."""
        newest = Invitation.objects.filter(user_id=self.user_id).first()
        return newest == self

    def give_token(self):
        """A token for the mail that is about to be sent; an earlier one opens nothing."""
        token = new_token()
        self.token_sha256 = hash_of(token)
        self.expires_at = timezone.now() + self.LASTS[self.purpose]
        self.save(update_fields=["token_sha256", "expires_at"])
        return token

    def use(self):
        """True for the one who comes first; of two at the same moment one does.

        No other table stands in the condition: over a join the UPDATE would take its
        rows from a subquery, which PostgreSQL does not ask again after it has waited.
        """
        now = timezone.now()
        mine = Invitation.objects.filter(pk=self.pk, used_at=None, expires_at__gt=now)
        return bool(mine.update(used_at=now))

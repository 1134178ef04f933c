"""A new e-mail address for an account: wished by its owner, proved by a link."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models.account import User
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from privacy.tokens import hash_of, new_token


class EmailChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; nobody else has to do with it."""
        return self.filter(user=user)

    def unfinished(self):
        return self.filter(confirmed_at=None, stopped_at=None)

    def pending(self):
        """Those whose links still open."""
        return self.unfinished().filter(
            expires_at__gt=timezone.now(), user__is_active=True
        )

    def with_hash(self, token_sha256, *, stops=False):
        """That of the link in the mail to the new address, or to the old one."""
        field = "stop_sha256" if stops else "token_sha256"
        return self.pending().filter(**{field: token_sha256})

    def stop(self):
        """How many were under way; the address that was wished for is forgotten."""
        return self.unfinished().update(stopped_at=timezone.now(), email="")


class EmailChange(models.Model):
    """From the wish to the tap on the link that was mailed to the new address.

    The old address is told first, with a link that stops it. Both tokens exist in the
    mails alone; opening a link uses nothing up.
    """

    LASTS = timedelta(hours=48)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        related_name="email_changes",
        on_delete=models.PROTECT,
    )
    email = EncryptedTextField(_("new e-mail address"), max_length=254, blank=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    expires_at = models.DateTimeField()
    token_sha256 = models.CharField(max_length=64, null=True, blank=True, unique=True)
    stop_sha256 = models.CharField(max_length=64, null=True, blank=True, unique=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = EmailChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("change of an e-mail address")
        verbose_name_plural = _("changes of e-mail addresses")
        constraints = [
            models.UniqueConstraint(
                name="email_change_one_at_a_time",
                fields=["user"],
                condition=Q(confirmed_at=None, stopped_at=None),
            ),
            models.CheckConstraint(
                name="email_change_keeps_the_address_while_it_waits",
                condition=Q(confirmed_at=None, stopped_at=None) & ~Q(email="")
                | ~Q(confirmed_at=None, stopped_at=None) & Q(email=""),
            ),
            models.CheckConstraint(
                name="email_change_ends_in_one_way",
                condition=Q(confirmed_at=None) | Q(stopped_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.user_id}, {self.asked_at:%Y-%m-%d}"

    def give_token(self):
        """For the mail to the new address that is about to be sent."""
        return self._give("token_sha256")

    def give_stop_token(self):
        """For the mail to the old one."""
        return self._give("stop_sha256")

    def _give(self, field):
        token = new_token()
        EmailChange.objects.filter(pk=self.pk).update(**{field: hash_of(token)})
        return token

    def confirm(self):
        """True once, and not after somebody has stopped it."""
        now = timezone.now()
        mine = EmailChange.objects.unfinished().filter(pk=self.pk, expires_at__gt=now)
        return bool(mine.update(confirmed_at=now, email=""))

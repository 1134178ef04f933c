"""What is left of an entry that its mediator deleted."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import User
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class DeletedVisitQuerySet(models.QuerySet):
    def editable_by(self, user):
        """Whoever deleted an entry may take that back."""
        return self.filter(mediator=user)


class DeletedVisit(models.Model):
    """That an entry was here and its mediator deleted it.

    A phone that never heard of the first answer may send the entry again, weeks
    later; without this it would come back. ``remains`` is what the entry said, as long
    as the deletion can be undone.
    """

    UNDO_FOR = timedelta(minutes=10)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    client_uuid = models.UUIDField(unique=True)
    mediator = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    fingerprint = models.CharField(max_length=64)
    code = models.CharField(max_length=20)
    deleted_at = models.DateTimeField(default=timezone.now)
    remains = EncryptedTextField(blank=True)

    objects = DeletedVisitQuerySet.as_manager()

    class Meta:
        ordering = ["-deleted_at"]
        verbose_name = _("deleted log entry")
        verbose_name_plural = _("deleted log entries")

    def __str__(self):
        return self.code

    @property
    def restorable_until(self):
        return self.deleted_at + self.UNDO_FOR

    @property
    def is_restorable(self):
        return bool(self.remains) and timezone.now() < self.restorable_until

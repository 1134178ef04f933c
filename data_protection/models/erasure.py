"""Which families and people were erased: ids alone, so that a restore can do it again."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import User
from privacy.ids import uuid7


class Erasure(models.Model):
    """That a family, or one of its people, was erased. No key to the rows: the person's
    is gone, and a backup may bring both back."""

    class Why(models.TextChoices):
        REQUEST = "request", pgettext_lazy("erasure", "at the person's request")
        RETENTION = "retention", pgettext_lazy("erasure", "the period was over")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family_id = models.UUIDField(_("family"))
    member_id = models.UUIDField(_("person"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=10, choices=Why)
    by = models.ForeignKey(
        User, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    at = models.DateTimeField(_("time"), default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")

    def __str__(self):
        return str(self.member_id or self.family_id)

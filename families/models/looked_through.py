"""Texts that the worker holds against the families of everybody, and what it found."""

from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class LookedThroughQuerySet(models.QuerySet):
    def done(self):
        """Those about which something is known, be it that they are looked at anew."""
        return self.exclude(seq=None)

    def waiting(self):
        return self.exclude(text="")

    def free(self, unless_since):
        """Waiting, and not in the hands of a worker who took them after a moment."""
        is_free = Q(taken_at=None) | Q(taken_at__lt=unless_since)
        return self.waiting().filter(is_free)

    def first_to_look_at(self):
        """Somebody waits for what nobody has looked at yet."""
        return self.order_by(F("seq").asc(nulls_first=True), "asked_at", "pk")


class LookedThrough(models.Model):
    """Where a text names a family, whoever's it is; the text stays until that is known.

    ``key`` is its keyed hash: nothing can be read in it. ``seq`` is the entry of the audit
    up to which families were known when the worker looked, empty until it has; ``spans``
    are ``[start, end]`` of what it found, and do not say whose name that is.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("mark"), max_length=64, unique=True, editable=False)
    text = EncryptedTextField(_("text"), blank=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"), editable=False)
    taken_at = models.DateTimeField(_("taken at"), null=True, editable=False)
    seq = models.PositiveBigIntegerField(
        _("audit entry up to which families were known"), null=True, editable=False
    )
    spans = models.JSONField(_("found"), default=list, editable=False)

    objects = LookedThroughQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("text that was looked through")
        verbose_name_plural = _("texts that were looked through")

    def __str__(self):
        return str(self.pk)

    @staticmethod
    def key_of(text):
        """The keyed hash under which a text is looked up."""
        return salted_hmac(
            "families.looked_through", text, algorithm="sha256"
        ).hexdigest()

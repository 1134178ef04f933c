"""What a mediator said is no family's, though the name check takes it for one."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import User
from privacy.ids import uuid7


class SparedWordQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who decided; the words of others are nobody's business."""
        return self.filter(mediator=user)

    def marks(self):
        return frozenset(self.values_list("mark", flat=True))


class SparedWord(models.Model):
    """The decision that a word in one sentence names no family.

    ``mark`` is the keyed hash of word and sentence (``Hit.mark``): nothing can be read
    in it, and when the sentence changes, it no longer fits and the question comes again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    mark = models.CharField(_("mark"), max_length=64, editable=False)
    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)

    objects = SparedWordQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("word that names no family")
        verbose_name_plural = _("words that name no family")
        constraints = [
            models.UniqueConstraint(
                name="spared_word_is_remembered_once", fields=["mediator", "mark"]
            )
        ]

    def __str__(self):
        return str(self.pk)

"""Letters to people of the team: that something waits, never about whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from mediators.models import User
from privacy.ids import uuid7


class Letter(models.Model):
    """The mail of one morning to one person, sent once however often it is tried.

    It holds no words: they are counted from what waits when it is sent, and a letter
    that has nothing to say any more is not sent.
    """

    ATTEMPTS = 3

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to = models.ForeignKey(User, related_name="letters", on_delete=models.CASCADE)
    day = models.DateField(_("day"))
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day", "pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.UniqueConstraint(name="letter_is_one_a_day", fields=["to", "day"])
        ]

    def __str__(self):
        return f"{self.to}, {self.day}"

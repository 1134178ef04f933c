"""Which trouble was told when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.ids import uuid7


class Alarm(models.Model):
    """One thing that does not hold, told on one day: never twice a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    check_name = models.CharField(_("what does not hold"), max_length=40)
    day = models.DateField(_("day"))

    class Meta:
        ordering = ["-day", "check_name"]
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        constraints = [
            models.UniqueConstraint(
                name="alarm_is_one_a_day", fields=["check_name", "day"]
            )
        ]

    def __str__(self):
        return f"{self.day} {self.check_name}"

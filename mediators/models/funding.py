"""Which source pays which share of a contract (R016, R242, R247)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mediators.models.account import Appointment
from municipalities.models import Term, Vocabulary

WHOLE = 100


class FundingShare(models.Model):
    """One of several sources that pay the hours of one contract, in percent."""

    appointment = models.ForeignKey(
        Appointment,
        verbose_name=_("appointment"),
        related_name="shares",
        on_delete=models.CASCADE,
    )
    source = models.ForeignKey(
        Term,
        verbose_name=_("source of funding"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.FUNDING_SOURCE},
        on_delete=models.PROTECT,
    )
    percent = models.PositiveSmallIntegerField(
        _("share in percent"),
        validators=[MinValueValidator(1), MaxValueValidator(WHOLE)],
    )

    class Meta:
        ordering = ["-percent", "source"]
        verbose_name = _("share of funding")
        verbose_name_plural = _("shares of funding")
        constraints = [
            models.UniqueConstraint(
                name="funding_share_has_a_source_once",
                fields=["appointment", "source"],
            ),
            models.CheckConstraint(
                name="funding_share_is_a_share",
                condition=Q(percent__gte=1, percent__lte=WHOLE),
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.percent} %"

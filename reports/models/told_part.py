"""What was told of a month, a quarter or a year: a memory, so that it is told the same again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.ids import uuid7


class ToldPart(models.Model):
    """The counts of one part of a year as they were told first (``reports/told_year.py``).

    ``cells`` is ``{key of an indicator: {key of a municipality: [count, is held back]}}``
    without noughts; an empty key of a municipality stands for all together. ``below`` is
    the limit of small numbers for which it was thought over. Of a stretch that is no part
    of a year a cell is written when somebody asks for it, and ``[count, 0, moment]``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("part of a year"), max_length=15)
    below = models.PositiveSmallIntegerField(_("limit of small numbers"))
    cells = models.JSONField(_("counts"))
    told_at = models.DateTimeField(_("told first"), auto_now_add=True)

    class Meta:
        verbose_name = _("told part of a year")
        verbose_name_plural = _("told parts of years")
        constraints = [
            models.UniqueConstraint(
                name="part_of_a_year_is_told_once", fields=["code", "below"]
            ),
        ]

    def __str__(self):
        return self.code

"""Results of a large log, pages and answers for programs, kept as they were counted last."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from privacy.ids import uuid7


class KeptResults(models.Model):
    """One page without its filters, or one answer; numbers and codes of desks, nobody's name.

    ``key`` says for what it was asked (``reports/results_page.py``,
    ``reports/services/kept_answers.py``). ``about`` and ``panels`` are a page's two parts
    in HTML, empty until it was counted once; ``tables`` its files of CSV as rows,
    ``places`` the municipalities that it shows. Of an answer for programs there is
    ``answer`` alone, about all municipalities.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(_("what it was asked for"), max_length=64, unique=True)
    about = models.TextField(_("heading"), blank=True)
    panels = models.TextField(_("panels"), blank=True)
    tables = models.JSONField(_("tables"), default=dict, encoder=DjangoJSONEncoder)
    places = models.JSONField(_("municipalities"), default=list)
    answer = models.JSONField(_("answer for programs"), default=dict)
    as_of = models.DateTimeField(_("counted at"), null=True)
    asked_at = models.DateTimeField(_("count asked for at"), null=True)

    class Meta:
        verbose_name = _("kept results")
        verbose_name_plural = _("kept results")

    def __str__(self):
        return self.key

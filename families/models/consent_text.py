"""What is read to a family before it agrees: versions that stay as they were read."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ConsentTextQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """The version to read on a day, by default today; None before the first one."""
        on = on or timezone.localdate()
        return self.filter(valid_from__lte=on).order_by("-valid_from", "-pk").first()


class ConsentText(models.Model):
    """One version of the explanation, in the languages in which somebody wrote it.

    A language without a text is empty: nothing is translated by a machine.
    """

    version = models.CharField(_("version"), max_length=20, unique=True)
    valid_from = models.DateField(_("valid from"))
    text_lv = models.TextField(_("text in Latvian"))
    text_ru = models.TextField(_("text in Russian"), blank=True)
    text_rom = models.TextField(_("text in Romani"), blank=True)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("explanation of consent")
        verbose_name_plural = _("explanations of consent")
        constraints = [
            models.CheckConstraint(
                name="consent_text_has_latvian", condition=~Q(text_lv="")
            )
        ]

    def __str__(self):
        return self.version

    @property
    def wordings(self):
        """``[(language, name of the language, text)]`` where there is a text."""
        texts = (
            ("lv", _("In Latvian"), self.text_lv),
            ("rom", _("In Romani"), self.text_rom),
            ("ru", _("In Russian"), self.text_ru),
        )
        return [row for row in texts if row[2]]

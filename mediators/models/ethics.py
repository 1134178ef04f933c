"""The code of ethics: versions that stay as they were accepted, and who accepted which."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mediators.models.account import User


class EthicsCodeQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """The version that holds on a day, by default today; None before the first one."""
        return self.in_force_first(on).first()

    def in_force_first(self, on=None):
        """Those that hold or held, beginning with the one that ``in_force`` returns."""
        on = on or timezone.localdate()
        return self.filter(valid_from__lte=on).order_by("-valid_from", "-pk")


class EthicsCode(models.Model):
    """One version of the code; each line of a text is one of its points (R221)."""

    version = models.CharField(
        _("version"),
        max_length=20,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9.-]+$")],
    )
    valid_from = models.DateField(_("valid from"))
    text_lv = models.TextField(_("text in Latvian"))
    text_en = models.TextField(_("text in English"))

    objects = EthicsCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("code of ethics")
        verbose_name_plural = _("codes of ethics")
        constraints = [
            models.CheckConstraint(
                name="ethics_code_has_its_texts",
                condition=~Q(text_lv="") & ~Q(text_en=""),
            )
        ]

    def __str__(self):
        return self.version

    def clean(self):
        """A translation says point by point what the Latvian text says."""
        if len(self.text_lv.splitlines()) != len(self.text_en.splitlines()):
            raise ValidationError("The texts have different numbers of points.")

    @property
    def points(self):
        """In the language of the page; the Latvian words are those of the source."""
        text = self.text_lv if get_language() == "lv" else self.text_en
        return text.splitlines()


class EthicsAcceptance(models.Model):
    """That a person accepted a version, and when (R220); ``User.ethics_version`` is the last."""

    user = models.ForeignKey(
        User,
        verbose_name=_("account"),
        related_name="ethics_acceptances",
        on_delete=models.PROTECT,
    )
    code = models.ForeignKey(
        EthicsCode,
        verbose_name=_("code of ethics"),
        related_name="acceptances",
        on_delete=models.PROTECT,
    )
    accepted_at = models.DateTimeField(_("accepted"), default=timezone.now)

    class Meta:
        ordering = ["-accepted_at"]
        verbose_name = _("acceptance of the code of ethics")
        verbose_name_plural = _("acceptances of the code of ethics")
        constraints = [
            models.UniqueConstraint(
                name="ethics_code_is_accepted_once", fields=["user", "code"]
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.code}"

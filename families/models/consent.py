"""What families were told and agreed to."""

from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models.consent_text import ConsentText
from mediators.models import User


class ConsentQuerySet(models.QuerySet):
    def visible_to(self, user):
        # The module of families knows this one, so not the other way round
        families = self.model.family.field.related_model.objects
        return self.filter(family__in=families.visible_to(user))

    def in_force(self, on=None):
        return self.filter(_is_in_force(on))

    def to_renew(self, by):
        """Agreements to keep data that end by this day or have ended, one of each family.

        Of several one in force counts before the others, then the latest: who agreed anew
        is not asked, nor who took back what was agreed to last.
        """
        keep = Consent.Purpose.KEEP
        of_family = Consent.objects.filter(family=OuterRef("family"), purpose=keep)
        counts = of_family.order_by(
            Case(When(_is_in_force(), then=0), default=1), *Consent._meta.ordering
        )
        return self.filter(
            purpose=keep,
            withdrawn_on=None,
            valid_until__lte=by,
            pk=Subquery(counts.values("pk")[:1]),
        )


def _is_in_force(on=None):
    on = on or timezone.localdate()
    return (
        Q(given_on__lte=on)
        & (Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))
        & (Q(valid_until=None) | Q(valid_until__gte=on))
    )


class Consent(models.Model):
    """What a family was told or agreed to, when, how and in which language (GDPR 7, 9)."""

    class Purpose(models.TextChoices):
        INFORMED = "informed", _("was informed about the records")
        KEEP = "keep", _("agrees that data are kept")
        SHARE = "share", _("agrees that data are shared with institutions")
        STORY = "story", _("agrees to a story without names")

    NEEDED_TO_SHARE = (Purpose.KEEP, Purpose.SHARE)
    """Who takes one of these back ends that coordinators read its cases."""

    class Manner(models.TextChoices):
        ORAL = "oral", _("orally")
        READ_ALOUD = "read_aloud", _("the text was read aloud")
        GIVEN = "given", _("the family read the text")
        SIGNED = "signed", _("on a signed sheet")
        HELPER = "helper", _("a relative or interpreter helped")

    class Language(models.TextChoices):
        LATVIAN = "lv", _("Latvian")
        ROMANI = "rom", _("Romani")
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")
        OTHER = "other", pgettext_lazy("language", "Another one")

    family = models.ForeignKey(
        "families.Family",
        verbose_name=_("family"),
        related_name="consents",
        on_delete=models.CASCADE,
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    manner = models.CharField(
        _("how"), max_length=20, choices=Manner, default=Manner.ORAL
    )
    language = models.CharField(
        _("language"), max_length=5, choices=Language, default=Language.LATVIAN
    )
    text = models.ForeignKey(
        ConsentText,
        verbose_name=_("version of the text"),
        related_name="consents",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        editable=False,
        help_text=_("Empty for what was said before there was a text."),
    )
    given_on = models.DateField(_("date"), default=timezone.localdate)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(
        _("withdrawn"), null=True, blank=True, editable=False
    )
    recorded_by = models.ForeignKey(
        User,
        verbose_name=_("recorded by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                name="consent_purpose_is_known",
                condition=Q(purpose__in=["informed", "keep", "share", "story"]),
            )
        ]

    def __str__(self):
        return f"{self.family}: {self.get_purpose_display()}"

    @property
    def is_withdrawn(self):
        return self.withdrawn_on is not None

    @property
    def is_over(self):
        return bool(self.valid_until and self.valid_until < timezone.localdate())

    @property
    def is_in_force(self):
        """The same as ``ConsentQuerySet.in_force`` for a row at hand."""
        today = timezone.localdate()
        is_withdrawn = self.is_withdrawn and self.withdrawn_on <= today
        return self.given_on <= today and not is_withdrawn and not self.is_over

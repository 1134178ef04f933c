"""Facts about a mediator as a person who works, and the card that she may publish."""

from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models.account import Appointment, Role, User
from mediators.models.training import OfMediatorQuerySet
from municipalities.models import Term, Vocabulary
from privacy.fold import fold


class ProfileQuerySet(OfMediatorQuerySet):
    def published(self):
        """Cards that anybody may read: switched on, and a mediator works here today."""
        working = Appointment.objects.current().filter(role=Role.MEDIATOR)
        return self.filter(
            card_is_public=True,
            mediator__is_active=True,
            mediator__in=working.values("user"),
        )


class MediatorProfile(models.Model):
    """Readiness, record check, languages; never what somebody is by birth (R012)."""

    mediator = models.OneToOneField(
        User,
        verbose_name=_("mediator"),
        related_name="profile",
        primary_key=True,
        on_delete=models.CASCADE,
    )
    ready_on = models.DateField(
        _("ready to work since"),
        null=True,
        blank=True,
        help_text=_("When the initial training was finished."),
    )
    record_checked_on = models.DateField(
        _("criminal record checked on"),
        null=True,
        blank=True,
        help_text=_("The fact alone; the document stays with the employer."),
    )
    record_check_until = models.DateField(
        _("to be checked again by"), null=True, blank=True
    )
    card_is_public = models.BooleanField(_("my card is public"), default=False)
    card_slug = models.SlugField(max_length=120, blank=True, default="", editable=False)
    card_phone = models.CharField(_("phone on the card"), max_length=40, blank=True)
    card_hours = models.CharField(
        _("when I can be reached"), max_length=160, blank=True
    )
    card_may_be_found = models.BooleanField(
        _("search engines may show it"), default=False
    )

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("facts about a mediator")
        verbose_name_plural = _("facts about mediators")
        constraints = [
            models.CheckConstraint(
                name="public_card_has_an_address",
                condition=Q(card_is_public=False) | ~Q(card_slug=""),
            ),
            models.UniqueConstraint(
                name="address_of_a_card_is_unique",
                fields=["card_slug"],
                condition=~Q(card_slug=""),
            ),
            models.CheckConstraint(
                name="record_is_checked_again_later",
                condition=Q(record_checked_on=None)
                | Q(record_check_until=None)
                | Q(record_check_until__gte=models.F("record_checked_on")),
                violation_error_message=_("The next check is before the last one."),
            ),
        ]

    def __str__(self):
        return f"{self.mediator_id}"

    @classmethod
    def of_mediator(cls, mediator):
        """The stored facts, or an empty row that is not stored yet."""
        found = cls.objects.filter(mediator=mediator).first()
        return found or cls(mediator=mediator)

    def free_slug(self):
        """“sanita-vitola”, or with a number where a namesake has it."""
        wish = slugify(fold(self.mediator.full_name))[:100] or "mediators"
        taken = set(
            MediatorProfile.objects.filter(card_slug__startswith=wish)
            .exclude(pk=self.pk)
            .values_list("card_slug", flat=True)
        )
        names = (wish, *(f"{wish}-{n}" for n in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)


class LanguageSkill(models.Model):
    """How well a mediator speaks a language."""

    class Level(models.TextChoices):
        BASIC = "basic", pgettext_lazy("level of a language", "a little")
        GOOD = "good", pgettext_lazy("level of a language", "well")
        FLUENT = "fluent", pgettext_lazy("level of a language", "fluently")

    mediator = models.ForeignKey(
        User, related_name="languages", on_delete=models.CASCADE
    )
    language = models.ForeignKey(
        Term,
        verbose_name=_("language"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.LANGUAGE},
        on_delete=models.PROTECT,
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)

    class Meta:
        ordering = ["language__position", "pk"]
        verbose_name = _("language of a mediator")
        verbose_name_plural = _("languages of mediators")
        constraints = [
            models.UniqueConstraint(
                name="language_is_told_once", fields=["mediator", "language"]
            )
        ]

    def __str__(self):
        return f"{self.language}: {self.get_level_display()}"

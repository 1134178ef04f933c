"""A child in danger: whom the mediator told, and when."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.hidden_names import unless_hidden
from families.models.family import Family
from mediators.models import Role, User
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class Authority(models.TextChoices):
    """Who can protect a child."""

    EMERGENCY = "emergency", _("Emergency number 112")
    POLICE = "police", _("Police 110")
    ORPHANS_COURT = "orphans_court", _("Orphans' court")
    SOCIAL_SERVICE = "social_service", _("Social service")
    HOTLINE = "hotline", _("Child hotline 116111")


class SafeguardingNoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only to whoever told, not even to a colleague who works with the family."""
        if not user.has_role(Role.MEDIATOR):
            return self.none()
        families = Family.objects.visible_to(user)
        return self.filter(Q(family=None) | Q(family__in=families), by=user)


class SafeguardingNotice(models.Model):
    """That a mediator reported a danger for a child, to whom and when.

    The duty to report overrides confidentiality and the lack of a consent.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(
        User,
        verbose_name=_("by"),
        related_name="safeguarding_notices",
        on_delete=models.PROTECT,
        editable=False,
    )
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="safeguarding_notices",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    told = models.CharField(_("whom"), max_length=20, choices=Authority)
    told_at = models.DateTimeField(_("when"))
    note = EncryptedTextField(_("note"), max_length=1000, blank=True)
    created_at = models.DateTimeField(
        _("written down"), default=timezone.now, editable=False
    )

    objects = SafeguardingNoticeQuerySet.as_manager()

    # What a person says with it, besides the family
    WORDS = ("told", "told_at", "note")

    class Meta:
        ordering = ["-told_at", "-pk"]
        verbose_name = _("report of a child in danger")
        verbose_name_plural = _("reports of children in danger")
        constraints = [
            models.CheckConstraint(
                name="notice_authority_is_known",
                condition=Q(told__in=Authority.values),
            )
        ]

    def __str__(self):
        return f"{self.told} {self.told_at:%Y-%m-%d}"

    @property
    def shown_note(self):
        return unless_hidden(self.note)

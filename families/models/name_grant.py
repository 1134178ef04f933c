"""A grant: the name of one family, shown to one person for 24 hours (A3.2, Z07)."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.models.family import Family
from mediators.models import COORDINATING, Role, User
from municipalities.models import Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

LASTS = timedelta(hours=24)
SHORTEST_REASON = 20
ASKING = (*COORDINATING, Role.LEAD_MEDIATOR)
"""Who works with codes and may need a name one day."""


class NameGrantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own ones, those about families that a mediator holds; the officer sees all."""
        if user.has_role(Role.DATA_PROTECTION_OFFICER):
            return self.all()
        return self.filter(Q(family__in=Family.objects.held_by(user)) | Q(grantee=user))

    def waiting_for(self, user):
        """Those that a person may allow or decline; never one's own."""
        return self.visible_to(user).undecided().exclude(grantee=user)

    def editable_by(self, user):
        """Those that a person may end before their time."""
        return self.visible_to(user).running()

    def readable_by(self, user):
        """Whose name the person may see at this moment: the one way to a name."""
        return self.running().filter(
            grantee=user,
            family__municipality__in=places_of(user),
            family__in=Family.objects.letting_others_read(),
        )

    def undecided(self):
        return self.filter(granted_at=None, declined_at=None)

    def running(self):
        return self.filter(revoked_at=None, ends_at__gt=timezone.now())


def places_of(user):
    """Where a person who works with codes may ask for a name today."""
    if user.has_role(Role.LEAD_MEDIATOR):
        return Municipality.objects.all()
    return user.municipalities_as(*COORDINATING)


class NameGrant(models.Model):
    """Somebody asks for the name of one family and says why; somebody else decides.

    Fields stay empty until the moment they tell of. What ends a grant is in its querysets.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="name_grants",
        on_delete=models.CASCADE,
    )
    grantee = models.ForeignKey(
        User,
        verbose_name=_("who asks"),
        related_name="name_grants",
        on_delete=models.PROTECT,
    )
    reason = EncryptedTextField(_("reason"), max_length=500)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("decided by"),
        related_name="+",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )
    granted_at = models.DateTimeField(_("allowed"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ended early"), null=True, blank=True)

    objects = NameGrantQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("grant of a name")
        verbose_name_plural = _("grants of names")
        constraints = [
            models.UniqueConstraint(
                name="name_is_asked_for_once_at_a_time",
                fields=["family", "grantee"],
                condition=Q(granted_at=None, declined_at=None),
            ),
            models.CheckConstraint(
                name="name_is_granted_by_somebody_else",
                condition=Q(decided_by=None) | ~Q(decided_by=F("grantee")),
            ),
            models.CheckConstraint(
                name="name_is_granted_for_a_time_or_declined_or_undecided",
                condition=Q(
                    decided_by__isnull=True,
                    granted_at__isnull=True,
                    ends_at__isnull=True,
                    declined_at__isnull=True,
                    revoked_at__isnull=True,
                )
                | Q(
                    decided_by__isnull=False,
                    granted_at__isnull=False,
                    ends_at__gt=F("granted_at"),
                    declined_at__isnull=True,
                )
                | Q(
                    decided_by__isnull=False,
                    granted_at__isnull=True,
                    ends_at__isnull=True,
                    declined_at__isnull=False,
                    revoked_at__isnull=True,
                ),
            ),
        ]

    def __str__(self):
        return f"{self.family}: {self.grantee}"

    @property
    def is_undecided(self):
        return self.granted_at is None and self.declined_at is None

    @property
    def is_running(self):
        """The same as ``NameGrantQuerySet.running`` for a row at hand."""
        is_granted = self.granted_at is not None and self.revoked_at is None
        return is_granted and self.ends_at > timezone.now()

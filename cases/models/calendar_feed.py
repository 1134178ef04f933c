"""The address under which a mediator's own phone reads her plan."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import Appointment, Role, User
from privacy.ids import uuid7
from privacy.tokens import hash_of


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A calendar belongs to one person, while that person is a mediator."""
        if not user.has_role(Role.MEDIATOR):
            return self.none()
        return self.filter(mediator=user)

    def in_use(self):
        return self.filter(revoked_at=None)

    def with_token(self, token):
        """For the phone that knows the address; it ends with the mediator's work."""
        mediators = Appointment.objects.current().filter(role=Role.MEDIATOR)
        return self.in_use().filter(
            token_sha256=hash_of(token),
            mediator__is_active=True,
            mediator__in=mediators.values("user"),
        )


class CalendarFeed(models.Model):
    """A secret address of a mediator's plan; only the SHA-256 of its secret is stored."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="calendar_feeds",
        on_delete=models.CASCADE,
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    revoked_at = models.DateTimeField(_("switched off"), null=True, blank=True)
    fetched_at = models.DateTimeField(_("last read"), null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("calendar for the phone")
        verbose_name_plural = _("calendars for the phone")
        constraints = [
            models.UniqueConstraint(
                name="calendar_feed_is_one_in_use",
                fields=["mediator"],
                condition=Q(revoked_at=None),
            )
        ]

    def __str__(self):
        return f"{self.mediator_id}, {self.made_at:%Y-%m-%d}"

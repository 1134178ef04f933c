"""Secrets by which programs of project staff read numbers, and nothing else."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import Appointment, Role, User
from municipalities.models import Municipality
from privacy.ids import uuid7
from privacy.tokens import hash_of


class ApiScope(models.TextChoices):
    """What a token opens; the names stand in ``docs/api.md`` and in the description."""

    INDICATORS = "indicators:read", _("Indicators and their values")
    TARGETS = "targets:read", _("Targets of the years")
    REPORTS = "reports:read", _("How many reports stand where")


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Project staff see and end those of all: one of a colleague may have leaked."""
        if user.has_role(Role.PROJECT_STAFF):
            return self
        return self.none()

    def in_use(self):
        """Not ended, in time, and of somebody who works for the project today."""
        staff = Appointment.objects.current().filter(role=Role.PROJECT_STAFF)
        return self.filter(
            revoked_at=None,
            expires_at__gt=timezone.now(),
            owner__is_active=True,
            owner__in=staff.values("user"),
        )

    def with_token(self, token):
        """For the program that knows the secret."""
        return self.in_use().filter(token_sha256=hash_of(token))


class ApiToken(models.Model):
    """One secret of one program. The secret is shown once; its SHA-256 is stored.

    ``reaches_all`` is said by itself, so that a municipality that is taken away never
    turns a token for few into one for all.
    """

    LASTS = timedelta(days=90)
    LONGEST = timedelta(days=365)
    PREFIX = "tilts_"
    """By which tools that look for leaked secrets, and people, know what it is."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        User,
        verbose_name=_("made by"),
        related_name="api_tokens",
        on_delete=models.PROTECT,
    )
    name = models.CharField(_("what it is for"), max_length=80)
    scopes = models.JSONField(_("what it opens"), default=list)
    reaches_all = models.BooleanField(_("all municipalities"), default=False)
    municipalities = models.ManyToManyField(
        Municipality, verbose_name=_("municipalities"), related_name="+", blank=True
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("token for programs")
        verbose_name_plural = _("tokens for programs")
        constraints = [
            models.CheckConstraint(
                name="api_token_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
            )
        ]

    def __str__(self):
        return f"{self.owner_id}, {self.made_at:%Y-%m-%d}"

    @property
    def scope_labels(self):
        return [ApiScope(scope).label for scope in self.scopes]

    @property
    def places(self):
        """The municipalities whose rows it opens."""
        return (
            Municipality.objects.all()
            if self.reaches_all
            else self.municipalities.all()
        )

    def opens(self, scope):
        return scope in self.scopes

    def note_use(self):
        """The day of use; more often than daily nothing is written."""
        today = timezone.localdate()
        if self.used_on != today:
            self.used_on = today
            self.save(update_fields=["used_on"])

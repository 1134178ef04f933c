"""Checks of the audit chain, and the letters that tell the officer where it ends."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import Role, User
from privacy.ids import uuid7


class AuditCheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the officers; whoever runs the system has ``verify_audit``."""
        is_officer = user.has_role(Role.DATA_PROTECTION_OFFICER)
        return self if is_officer else self.none()

    def alive_since(self, moment):
        """Not done, but asked for or gone on with after it."""
        signs = models.Q(asked_at__gt=moment) | models.Q(walked_at__gt=moment)
        return self.filter(signs, done_at=None)


class AuditCheck(models.Model):
    """The whole chain, recomputed once: by a click of the officer, or each Monday."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    asked_by = models.ForeignKey(
        User, related_name="+", null=True, blank=True, on_delete=models.PROTECT
    )
    asked_at = models.DateTimeField(default=timezone.now)
    anchor = models.CharField(_("end written down before"), max_length=90, blank=True)
    walk = models.JSONField(default=dict, blank=True)
    """How far it is (``privacy.audit.Walk``); empty before and after."""
    walked_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    head_seq = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    rows = models.PositiveBigIntegerField(default=0)
    rows_of_the_week = models.PositiveBigIntegerField(default=0)
    first_broken = models.PositiveBigIntegerField(null=True, blank=True)
    knows_anchor = models.BooleanField(null=True, blank=True)

    objects = AuditCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("check of the audit")
        verbose_name_plural = _("checks of the audit")

    def __str__(self):
        return f"{self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def holds(self):
        """None while it waits."""
        if self.done_at is None:
            return None
        return self.first_broken is None and self.knows_anchor is not False


class AuditLetter(models.Model):
    """The mail about one check to one officer, sent once however often it is tried."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    to = models.ForeignKey(User, related_name="+", on_delete=models.CASCADE)
    check_told = models.ForeignKey(
        AuditCheck, related_name="letters", on_delete=models.CASCADE
    )
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-check_told", "pk"]
        verbose_name = _("letter about the audit")
        verbose_name_plural = _("letters about the audit")
        constraints = [
            models.UniqueConstraint(
                name="audit_letter_is_one_a_check", fields=["to", "check_told"]
            )
        ]

    def __str__(self):
        return f"{self.to}, {self.check_told}"

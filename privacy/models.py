"""The audit chain and what kind of data the database holds."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GENESIS = "0" * 64


class Verb(models.TextChoices):
    """What somebody did; the audit knows no other words."""

    CREATE = "create", pgettext_lazy("audit", "created")
    UPDATE = "update", pgettext_lazy("audit", "changed")
    DELETE = "delete", pgettext_lazy("audit", "deleted")
    READ = "read", pgettext_lazy("audit", "opened")
    LIST = "list", pgettext_lazy("audit", "opened the list")
    REVEAL = "reveal", pgettext_lazy("audit", "saw the name")
    EXPORT = "export", pgettext_lazy("audit", "exported")
    PDF = "pdf", pgettext_lazy("audit", "opened the PDF")
    LINK_VIEW = "link_view", pgettext_lazy("audit", "opened by the link")
    ACKNOWLEDGE = "acknowledge", pgettext_lazy("audit", "acknowledged")
    SIGN_IN = "sign_in", pgettext_lazy("audit", "signed in")
    SIGN_IN_FAILED = "sign_in_failed", pgettext_lazy("audit", "sign-in failed")
    SIGN_OUT = "sign_out", pgettext_lazy("audit", "signed out")
    REFUSE = "refuse", pgettext_lazy("audit", "was refused")
    SUBMIT = "submit", pgettext_lazy("audit", "submitted")
    RETURN = "return", pgettext_lazy("audit", "returned")
    APPROVE = "approve", pgettext_lazy("audit", "approved")
    SEND = "send", pgettext_lazy("audit", "sent")
    WITHDRAW = "withdraw", pgettext_lazy("audit", "withdrew")
    REOPEN = "reopen", pgettext_lazy("audit", "reopened")
    CONSENT = "consent", pgettext_lazy("audit", "recorded consent")
    CLOSE = "close", pgettext_lazy("audit", "closed")
    GRANT = "grant", pgettext_lazy("audit", "allowed the name to be seen")
    DECLINE = "decline", pgettext_lazy("audit", "declined")
    REVOKE = "revoke", pgettext_lazy("audit", "ended a grant")
    LOAD = "load", pgettext_lazy("audit", "loaded")


OF_NAMES = Q(
    object_type__in=["families.family", "families.familymember"],
    verb__in=[Verb.CREATE, Verb.UPDATE],
)
"""Deeds by which a name may have come in that nobody has looked for yet."""


class AuditEntry(models.Model):
    """One deed of one account: who, when, what, to which row; never a name or text.

    Each entry seals the one before it, and triggers refuse to change or delete it.
    A migration that alters this table on SQLite rebuilds it without its triggers
    and has to end with ``append_only.refuse_changes``.
    """

    seq = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("time"))
    actor = models.UUIDField(_("account"), null=True, blank=True)
    verb = models.CharField(_("deed"), max_length=20, choices=Verb)
    object_type = models.CharField(_("kind of object"), max_length=100)
    object_id = models.CharField(_("object"), max_length=100, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    previous_hash = models.CharField(_("hash of the entry before"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        ordering = ["seq"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_by_object"),
            models.Index(fields=["actor", "at"], name="audit_by_actor"),
            models.Index(fields=["verb", "at"], name="audit_by_verb"),
            # A code that no family has any more is looked for in these few alone
            models.Index(
                name="audit_of_new_families",
                fields=["object_type", "verb"],
                condition=Q(verb=Verb.CREATE, object_type="families.family"),
            ),
            # The newest of these are looked for whenever words of the country are read
            models.Index(name="audit_of_names", fields=["-seq"], condition=OF_NAMES),
        ]

    def __str__(self):
        return f"{self.seq} {self.verb} {self.object_type} {self.object_id}".rstrip()


class AuditHead(models.Model):
    """The end of the audit chain; whoever writes an entry holds its lock."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(_("number"), default=0)
    hash = models.CharField(_("hash"), max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("end of the audit chain")
        verbose_name_plural = _("end of the audit chain")
        constraints = [
            models.CheckConstraint(name="audit_head_is_one_row", condition=Q(id=1))
        ]

    def __str__(self):
        return f"{self.seq} {self.hash}"


class WrongInstallation(Exception):
    """Demo data and real data must not meet in one database."""


class InstallationManager(models.Manager):
    """Says once and for all whether a database holds demo data or real people."""

    def mark(self, *, demo):
        """Mark the database; a mark that says the opposite stays and is an error."""
        installation, _created = self.get_or_create(defaults={"is_demo": demo})
        if installation.is_demo != demo:
            raise WrongInstallation(
                "This database holds demo data: real data needs a database of its own."
                if installation.is_demo
                else "This database holds real data: demo data must not come into it."
            )
        return installation


class Installation(models.Model):
    """What the database holds: demo data or real data, decided once."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_demo = models.BooleanField(_("holds demo data"))

    objects = InstallationManager()

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installation")
        constraints = [
            models.CheckConstraint(name="installation_is_one_row", condition=Q(id=1))
        ]

    def __str__(self):
        return "demo" if self.is_demo else "real"

    @classmethod
    def is_demo_database(cls):
        """True, False, or None for a database that nobody has marked yet."""
        return cls.objects.values_list("is_demo", flat=True).first()

"""A list that somebody brings along: checked, then stored whole or not at all."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import Role, User
from municipalities.models import Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class Kind(models.TextChoices):
    """What the rows of a list become."""

    FAMILIES = "families", pgettext_lazy("import", "Families")
    VISITS = "visits", pgettext_lazy("import", "Entries")
    INSTITUTIONS = "institutions", pgettext_lazy("import", "Institutions")
    CONTACTS = "contacts", pgettext_lazy("import", "People of institutions")
    RECOMMENDATIONS = "recommendations", pgettext_lazy("import", "Recommendations")

    @property
    def names_families(self):
        return self in OF_MEDIATORS

    def places_of(self, user):
        """Where a person may import such a list: families are their mediator's alone."""
        if self.names_families:
            return user.municipalities_as(Role.MEDIATOR)
        return user.own_municipalities()

    @property
    def has_place(self):
        """Recommendations are for the whole project."""
        return self is not self.RECOMMENDATIONS

    def may_be_brought_by(self, user):
        if not self.has_place:
            return user.has_role(Role.PROJECT_STAFF)
        return self.places_of(user).exists()


OF_MEDIATORS = (Kind.FAMILIES, Kind.VISITS)


class ImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, as long as one holds the role there in which it was brought."""
        of_mediators = Q(kind__in=OF_MEDIATORS)
        mine = of_mediators & Q(
            municipality__in=Kind.FAMILIES.places_of(user)
        ) | ~of_mediators & Q(municipality__in=Kind.INSTITUTIONS.places_of(user))
        if Kind.RECOMMENDATIONS.may_be_brought_by(user):
            mine |= Q(kind=Kind.RECOMMENDATIONS)
        return self.filter(by=user).filter(mine)

    def of(self, kind):
        return self.filter(kind=kind)

    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def waiting(self):
        """Handed over, and still to be confirmed."""
        return self.filter(confirmed_at=None)


class Import(models.Model):
    """One list of one person.

    ``content`` is the list itself, sealed, until it is confirmed or an hour has passed.
    ``columns`` says in which column of it each answer stands, ``made`` which rows came of
    it, by table.
    """

    KEPT_FOR = timedelta(hours=1)
    UNDO_FOR = timedelta(hours=24)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    by = models.ForeignKey(
        User,
        verbose_name=_("whose"),
        related_name="imports",
        null=True,
        on_delete=models.PROTECT,
        help_text=_("Empty for a list of institutions that was loaded at the server."),
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="imports",
        null=True,
        on_delete=models.PROTECT,
        help_text=_("Empty for institutions of the whole country."),
    )
    content = EncryptedTextField(_("list"), blank=True)
    columns = models.JSONField(_("columns"), null=True)
    brought_at = models.DateTimeField(_("handed over"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    count = models.PositiveSmallIntegerField(_("rows"), default=0)
    made = models.JSONField(_("what came of it"), default=dict)
    undone_at = models.DateTimeField(_("undone"), null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-brought_at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                name="import_is_undone_after_it_was_confirmed",
                condition=Q(undone_at=None) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_of_families_has_its_mediator",
                condition=~Q(kind__in=["families", "visits"])
                | Q(by__isnull=False, municipality__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.kind}: {self.brought_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("imports:detail", args=[self.pk])

    @property
    def list_kind(self):
        return Kind(self.kind)

    @property
    def is_confirmed(self):
        return self.confirmed_at is not None

    @property
    def is_undone(self):
        return self.undone_at is not None

    @property
    def is_waiting(self):
        is_fresh = timezone.now() < self.brought_at + self.KEPT_FOR
        return bool(self.content) and not self.is_confirmed and is_fresh

    @property
    def undoable_until(self):
        return self.confirmed_at + self.UNDO_FOR

    @property
    def may_be_undone(self):
        return (
            self.is_confirmed
            and not self.is_undone
            and timezone.now() < self.undoable_until
        )

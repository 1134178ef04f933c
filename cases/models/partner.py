"""Cooperation with institutions: who was delegated for what, what was agreed, what there is."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.choices import Area
from mediators.models import Role, User
from municipalities.dated import DatedQuerySet
from municipalities.models import Institution, InstitutionContact, Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class DelegationQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(municipality__in=user.own_municipalities())

    def in_force(self):
        """Today, and the person still works there."""
        active = self.current().filter(contact__is_active=True)
        return active.filter(contact__institution__is_active=True)

    def coming(self):
        return self.filter(starts_on__gt=timezone.localdate())

    def past(self):
        return self.filter(ends_on__lt=timezone.localdate())


class Delegation(models.Model):
    """An official whom an institution sends for one area in one municipality (R006, R007)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    contact = models.ForeignKey(
        InstitutionContact,
        verbose_name=_("person"),
        related_name="delegations",
        on_delete=models.CASCADE,
    )
    area = models.CharField(_("area"), max_length=20, choices=Area)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    by = models.ForeignKey(
        User,
        verbose_name=_("by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "area", "-starts_on", "pk"]
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.UniqueConstraint(
                name="delegation_is_once",
                fields=["municipality", "contact", "area"],
                condition=Q(ends_on=None),
            ),
            models.CheckConstraint(
                name="delegation_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="delegation_area_is_known", condition=Q(area__in=Area.values)
            ),
        ]

    def __str__(self):
        return f"{self.municipality}, {self.area}: {self.contact_id}"

    def end(self):
        self.ends_on = max(timezone.localdate(), self.starts_on)
        self.save(update_fields=["ends_on"])


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(municipality__in=user.own_municipalities())

    def in_force(self):
        return self.filter(status=Agreement.Status.IN_FORCE)


class Agreement(models.Model):
    """What the management of an institution and the municipality's team agreed (R041)."""

    class Status(models.TextChoices):
        IN_FORCE = "in_force", pgettext_lazy("agreement", "In force")
        DONE = "done", pgettext_lazy("agreement", "Done")
        ENDED = "ended", pgettext_lazy("agreement", "Ended")

    LOOKS = {
        Status.IN_FORCE: ("green", "circle-check"),
        Status.DONE: ("grey", "check"),
        Status.ENDED: ("grey", "circle-x"),
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        related_name="agreements",
        on_delete=models.CASCADE,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    contact = models.ForeignKey(
        InstitutionContact,
        verbose_name=_("manager"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )
    content = EncryptedTextField(_("what was agreed"), max_length=1000)
    agreed_on = models.DateField(_("agreed"), default=timezone.localdate)
    due_on = models.DateField(_("by when"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.IN_FORCE
    )
    by = models.ForeignKey(
        User,
        verbose_name=_("by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-agreed_on", "-pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                name="agreement_is_due_after_its_day",
                condition=Q(due_on=None) | Q(due_on__gte=F("agreed_on")),
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self):
        return f"{self.institution}, {self.agreed_on}"

    def get_absolute_url(self):
        return reverse("cases:agreement", args=[self.pk])

    @property
    def look(self):
        """Colour and icon name, see ``partials/_tag.html``."""
        return self.LOOKS[self.Status(self.status)]


class ResourceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(municipality__in=user.own_municipalities())

    def readable_by(self, user):
        """Staff read all, because they answer questions as regional experts."""
        if user.has_role(Role.PROJECT_STAFF):
            return self
        return self.visible_to(user)

    def current(self):
        today = timezone.localdate()
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=today))


class Resource(models.Model):
    """Something that helps families in a municipality (R066): no institution, or part of one."""

    class Kind(models.TextChoices):
        SERVICE = "service", pgettext_lazy("resource", "Service")
        ROOM = "room", pgettext_lazy("resource", "Room")
        NGO = "ngo", pgettext_lazy("resource", "Organisation")
        PROGRAMME = "programme", pgettext_lazy("resource", "Programme")
        COURSE = "course", pgettext_lazy("resource", "Course or club")
        OTHER = "other", pgettext_lazy("resource", "Something else")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=160)
    what = models.CharField(_("what it offers"), max_length=300, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=160, blank=True)
    reach = models.CharField(_("how to reach it"), max_length=200, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    by = models.ForeignKey(
        User,
        verbose_name=_("by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )
    noted_on = models.DateField(_("noted"), default=timezone.localdate, editable=False)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "kind", "name", "pk"]
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.CheckConstraint(
                name="resource_kind_is_known",
                condition=Q(
                    kind__in=["service", "room", "ngo", "programme", "course", "other"]
                ),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("cases:resource", args=[self.pk])

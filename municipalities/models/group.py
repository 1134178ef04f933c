"""The inter-institutional group of a municipality: who, when, what was decided (R258)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interface.latvian import full_date
from municipalities.models.institutions import Institution, InstitutionContact
from municipalities.models.support import (
    DatedOfPlace,
    OfPlace,
    OfPlaceQuerySet,
    told,
)
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class GroupMember(DatedOfPlace):
    """An official who belongs to the group."""

    contact = models.ForeignKey(
        InstitutionContact,
        verbose_name=_("person"),
        related_name="+",
        on_delete=models.CASCADE,
    )
    role = models.CharField(_("role there"), max_length=160, blank=True)

    class Meta(DatedOfPlace.Meta):
        verbose_name = _("member of the group")
        verbose_name_plural = _("members of the group")

    @property
    def heading(self):
        return self.contact if self.names_officials else self.contact.about

    @property
    def details(self):
        about = self.contact.about if self.names_officials else ""
        return told(about, self.role, self.days)


class GroupMeeting(OfPlace):
    """One meeting of the group; its minutes name no family."""

    held_on = models.DateField(_("date"), default=timezone.localdate)
    place = models.CharField(_("place"), max_length=200, blank=True)
    present = models.ManyToManyField(
        InstitutionContact, verbose_name=_("who came"), related_name="+", blank=True
    )
    minutes = EncryptedTextField(
        pgettext_lazy("of a meeting", "minutes"), max_length=4000, blank=True
    )

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name = _("meeting of the group")
        verbose_name_plural = _("meetings of the group")

    @property
    def heading(self):
        return f"{full_date(self.held_on)} {self.place}".strip()

    @property
    def details(self):
        people = [
            contact.name if self.names_officials else contact.about
            for contact in self.present.all()
        ]
        between = ", " if self.names_officials else "; "
        came = gettext("Came: %(people)s") % {"people": between.join(people)}
        return told(came if people else "")

    @property
    def words(self):
        return self.minutes


class GroupDecisionQuerySet(OfPlaceQuerySet):
    place = "meeting__municipality"

    def late(self, today):
        """Tasks that are still to be done after their day."""
        return self.filter(status=self.model.Status.OPEN, due_on__lt=today)


class GroupDecision(models.Model):
    """What a meeting decided; with an institution and a day it is a task."""

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("decision", "to be done")
        DONE = "done", pgettext_lazy("decision", "done")
        DROPPED = "dropped", pgettext_lazy("decision", "dropped")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    meeting = models.ForeignKey(
        GroupMeeting,
        verbose_name=_("meeting"),
        related_name="decisions",
        on_delete=models.PROTECT,
    )
    text = EncryptedTextField(_("what was decided"), max_length=600)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("who does it"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.OPEN
    )

    objects = GroupDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "-meeting__held_on", "pk"]
        verbose_name = _("decision of the group")
        verbose_name_plural = _("decisions of the group")

    def __str__(self):
        return f"{self.meeting_id}: {self.get_status_display()}"

    @property
    def municipality(self):
        return self.meeting.municipality

    @property
    def heading(self):
        return self.text

    @property
    def details(self):
        day = full_date(self.due_on) if self.due_on else ""
        until = gettext("until %(day)s") % {"day": day} if day else ""
        return told(self.institution, until, self.get_status_display())

    @property
    def words(self):
        return ""

    @property
    def is_late(self):
        return (
            self.status == self.Status.OPEN
            and self.due_on is not None
            and self.due_on < timezone.localdate()
        )

    @property
    def is_over(self):
        return self.status != self.Status.OPEN

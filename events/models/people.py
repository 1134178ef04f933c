"""Who led an event, whom of the institutions it invited, and what was said of it afterwards."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Visit
from events.models.event import A_DAY, Event
from events.models.reach import seen_by, written_by
from mediators.models import User
from municipalities.models import InstitutionContact, Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class OfAnEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(event__in=Event.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(event__in=Event.objects.editable_by(user))


class LeaderQuerySet(OfAnEventQuerySet):
    def editable_by(self, user):
        """Of events that the person may change, and with the person's own entry."""
        own = self.visible_to(user).filter(visit__mediator=user)
        return super().editable_by(user) | own


class Leader(models.Model):
    """Somebody who led an event, with the time it took.

    A mediator's time is that of the log entry, so it is typed once and counts as working
    time once (R189). A leader from outside is a name and minutes.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        related_name="leaders",
        on_delete=models.CASCADE,
    )
    visit = models.ForeignKey(
        Visit,
        verbose_name=_("log entry"),
        related_name="led_events",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    name = EncryptedTextField(_("name"), max_length=120, blank=True)
    own_minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)

    objects = LeaderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("leader of an event")
        verbose_name_plural = _("leaders of events")
        constraints = [
            models.CheckConstraint(
                name="leader_has_time_from_one_place",
                condition=Q(visit__isnull=False, own_minutes=None)
                | Q(visit=None, own_minutes__gte=1, own_minutes__lte=A_DAY),
            ),
            models.UniqueConstraint(name="visit_leads_one_event", fields=["visit"]),
        ]

    def __str__(self):
        return f"{self.event_id}: {self.visit_id or self.pk}"

    @property
    def minutes(self):
        return self.visit.minutes if self.visit_id else self.own_minutes

    @property
    def who(self):
        return self.visit.mediator.full_name if self.visit_id else self.name


class Invitation(models.Model):
    """An official of the contact register who was invited (R187)."""

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("invitation", "invited")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
        CAME = "came", pgettext_lazy("invitation", "came")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        related_name="invitations",
        on_delete=models.CASCADE,
    )
    contact = models.ForeignKey(
        InstitutionContact,
        verbose_name=_("person"),
        related_name="invitations",
        on_delete=models.PROTECT,
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.INVITED
    )

    objects = OfAnEventQuerySet.as_manager()

    class Meta:
        ordering = ["contact__institution__name", "pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                name="event_invites_person_once", fields=["event", "contact"]
            ),
            models.CheckConstraint(
                name="invitation_state_is_known",
                condition=Q(state__in=["invited", "accepted", "came"]),
            ),
        ]

    def __str__(self):
        return f"{self.event_id}: {self.contact_id}"


class TestimonialQuerySet(models.QuerySet):
    def visible_to(self, user):
        return seen_by(self, user)

    def editable_by(self, user):
        return written_by(self, user)

    def publishable(self):
        """Whoever said it agreed to its being published, and has not taken that back."""
        return self.exclude(agreed_on=None).filter(withdrawn_on=None)


class Testimonial(models.Model):
    """What a participant said of an event or of the work; anonymous unless agreed (R185)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    event = models.ForeignKey(
        Event,
        verbose_name=_("event"),
        related_name="testimonials",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="testimonials",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="testimonials",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )
    text = EncryptedTextField(_("what was said"), max_length=1000)
    author = EncryptedTextField(
        _("who said it"),
        max_length=80,
        blank=True,
        help_text=_("For example “a mother” or “a teacher”. Empty: anonymous."),
    )
    agreed_on = models.DateField(_("agreed to publishing on"), null=True, blank=True)
    withdrawn_on = models.DateField(
        _("took that back on"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TestimonialQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("testimonial")
        verbose_name_plural = _("testimonials")
        constraints = [
            models.CheckConstraint(
                name="testimonial_is_withdrawn_after_agreeing",
                condition=Q(withdrawn_on=None) | Q(agreed_on__isnull=False),
            )
        ]

    def __str__(self):
        return str(self.pk)

    @property
    def may_be_published(self):
        return self.agreed_on is not None and self.withdrawn_on is None

    @property
    def author_label(self):
        return self.author or _("anonymous")

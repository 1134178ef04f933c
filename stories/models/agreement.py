"""What the family, or whoever a story tells of, agreed to."""

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models import Consent
from families.services import consents
from mediators.models import User
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from stories.models.story import Story
from stories.workflow import RULES, Action, ActionNotAllowed, Status


class AgreementQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(withdrawn_on=None)


class StoryAgreement(models.Model):
    """Who agreed to which words, when, how and how far; ends when it is taken back."""

    class Scope(models.TextChoices):
        PAGE = "page", _("the page and the leaflet")
        MEDIA = "media", _("also newspapers, radio and television")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    story = models.ForeignKey(
        Story, related_name="agreements", on_delete=models.CASCADE, editable=False
    )
    who = EncryptedTextField(
        _("who agreed"),
        max_length=80,
        help_text=_("Without a name: mother, both parents, the young man."),
    )
    agreed_on = models.DateField(_("when"), default=timezone.localdate)
    manner = models.CharField(
        _("how"),
        max_length=20,
        choices=Consent.Manner,
        default=Consent.Manner.READ_ALOUD,
    )
    scope = models.CharField(
        _("for what"), max_length=10, choices=Scope, default=Scope.PAGE
    )
    stays_when_erased = models.BooleanField(
        pgettext_lazy("story", "It may stay, without any link to the family"),
        default=False,
        help_text=_(
            "If the family is erased one day. Otherwise its words are erased too."
        ),
    )
    mark = models.CharField(max_length=64, editable=False)
    recorded_by = models.ForeignKey(
        User, related_name="+", on_delete=models.PROTECT, editable=False
    )
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_on = models.DateField(
        _("taken back"), null=True, blank=True, editable=False
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["story", "recorded_at", "pk"]
        verbose_name = _("agreement to a story")
        verbose_name_plural = _("agreements to stories")
        constraints = [
            models.CheckConstraint(
                name="story_agreement_scope_is_known",
                condition=Q(scope__in=["page", "media"]),
            )
        ]

    def __str__(self):
        return f"{self.story}, {self.agreed_on}"

    @classmethod
    @transaction.atomic
    def record(cls, agreement, story, *, by):
        """Note what the family agreed to; its list of consents tells it too.

        Raises ``ActionNotAllowed`` when the words are not the ones that were read out.
        """
        story = Story.objects.select_for_update(no_key=True).get(pk=story.pk)
        if story.status != Status.AGREEING or agreement.mark != story.mark:
            raise ActionNotAllowed(_("The story has changed in the meantime."))
        agreement.story, agreement.recorded_by = story, by
        agreement.save()
        if story.family:
            consents.record_consent(
                story.family,
                {Consent.Purpose.STORY},
                by=by,
                manner=agreement.manner,
                given_on=agreement.agreed_on,
            )
        return agreement

    @classmethod
    @transaction.atomic
    def withdraw(cls, story, *, by):
        """The family takes it back: the story is not to be read from this moment."""
        today = timezone.localdate()
        ended = story.agreements.in_force().update(withdrawn_on=today)
        if story.family:
            consents.withdraw_consent(story.family, Consent.Purpose.STORY, by=by)
        if story.status in RULES[Action.REMOVE].sources:
            story.perform(Action.REMOVE, by=by)
        return ended

"""One picture beside a story: of a place, of work, of hands."""

import base64
import hashlib

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from stories.models.story import Story


class StoryPhoto(models.Model):
    """A picture drawn anew from what was uploaded, so that nothing else came with it.

    ``content`` is a JPEG in base64: encrypted like the words, as long as they are.
    """

    class Shows(models.TextChoices):
        PLACE = "place", pgettext_lazy("photo", "a place")
        WORK = "work", pgettext_lazy("photo", "work or things")
        HANDS = "hands", pgettext_lazy("photo", "hands")
        PEOPLE = "people", pgettext_lazy("photo", "people who can be recognised")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    story = models.OneToOneField(
        Story, related_name="photo", on_delete=models.CASCADE, editable=False
    )
    shows = models.CharField(_("What does it show?"), max_length=10, choices=Shows)
    signed_on = models.DateField(
        _("permission signed on"),
        null=True,
        blank=True,
        help_text=_("Needed for people who can be recognised."),
    )
    description = EncryptedTextField(
        _("Describe it for whoever does not see it"), max_length=200
    )
    content = EncryptedTextField(_("picture"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("photo of a story")
        verbose_name_plural = _("photos of stories")
        constraints = [
            models.CheckConstraint(
                name="story_photo_of_people_is_permitted",
                condition=~Q(shows="people") | Q(signed_on__isnull=False),
                violation_error_message=_(
                    "People may be shown only with a permission that they signed."
                ),
            )
        ]

    def __str__(self):
        return f"{self.story}, {self.shows}"

    @property
    def jpeg(self):
        return base64.b64decode(self.content)

    @jpeg.setter
    def jpeg(self, content):
        self.content = base64.b64encode(content).decode()
        self.sha256 = hashlib.sha256(content).hexdigest()

    @property
    def as_data(self):
        """For a document that may fetch nothing."""
        return f"data:image/jpeg;base64,{self.content}"

    @staticmethod
    @transaction.atomic
    def put(photo, story, *, by):
        """Set the picture in place of the present one, None for none.

        The words with another picture are other words: they have to be approved anew.
        """
        StoryPhoto.objects.filter(story=story).delete()
        if photo:
            photo.save(force_insert=True)
        story = Story.objects.editable_by(by).get(pk=story.pk)
        Story.objects.filter(pk=story.pk).update(
            mark=story.mark_of_words(), worded_on=timezone.localdate()
        )

"""A good-practice story: what was hard, what was done, who helped, what changed."""

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from families.models import Family
from mediators.models import COORDINATING, Role, User
from municipalities.models import Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from stories.models.gates import Gates
from stories.models.scopes import StoryQuerySet
from stories.workflow import (
    DONE,
    RULES,
    STATUS_TAGS,
    Action,
    ActionNotAllowed,
    Status,
)

PROMPT_LENGTH = 320
TITLE_LENGTH = 80
SLUG_LENGTH = 70
RESERVED_SLUG = "jauns"
"""The address of the form for a new story."""


class Story(Gates, models.Model):
    """Words for others to read; none of them may tell who the family is.

    ``mark`` is a keyed hash of all words and the photo. What was approved, agreed to and
    looked through keeps the mark it was about, so that any later change asks anew.
    """

    PROMPTS = ("hard", "done", "helped", "changed")
    TEXTS = (
        "title",
        *PROMPTS,
        "quote",
        "effect",
        "municipality_did",
        "in_brief",
        "call",
    )
    NEEDED = ("title", *PROMPTS)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=SLUG_LENGTH,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_(
            "Made of the title when the story is published for the first time."
        ),
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="stories",
        on_delete=models.PROTECT,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="stories",
        on_delete=models.PROTECT,
        editable=False,
    )
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="stories",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        help_text=_("Known to its mediator alone. Its consent ends the story."),
    )
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="stories",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        editable=False,
    )
    title = EncryptedTextField(_("Headline"), max_length=TITLE_LENGTH)
    hard = EncryptedTextField(_("What was hard?"), max_length=PROMPT_LENGTH, blank=True)
    done = EncryptedTextField(
        _("What did you do?"), max_length=PROMPT_LENGTH, blank=True
    )
    helped = EncryptedTextField(
        _("Who else helped?"), max_length=PROMPT_LENGTH, blank=True
    )
    changed = EncryptedTextField(
        _("What has changed?"), max_length=PROMPT_LENGTH, blank=True
    )
    quote = EncryptedTextField(_("One sentence to quote"), max_length=150, blank=True)
    effect = EncryptedTextField(
        _("What it means for the people"), max_length=200, blank=True
    )
    municipality_did = EncryptedTextField(
        _("What the municipality did"), max_length=220, blank=True
    )
    in_brief = EncryptedTextField(
        _("The mediator’s work in brief"), max_length=200, blank=True
    )
    call = EncryptedTextField(
        _("Whom to call in this municipality"), max_length=120, blank=True
    )
    names_mediator = models.BooleanField(
        _("the mediator is named"), default=False, editable=False
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status,
        default=Status.IDEA,
        editable=False,
    )
    mark = models.CharField(max_length=64, blank=True, editable=False)
    told = EncryptedTextField(
        _("words that the mediator saw last"), blank=True, editable=False
    )
    approved_mark = models.CharField(max_length=64, blank=True, editable=False)
    dignity_mark = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    worded_on = models.DateField(
        _("words last changed"), default=timezone.localdate, editable=False
    )
    published_on = models.DateField(
        _("first published"), null=True, blank=True, editable=False
    )

    objects = StoryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [
            models.CheckConstraint(
                name="story_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="story_published_has_address_and_day",
                condition=~Q(status=Status.PUBLISHED)
                | Q(slug__isnull=False, published_on__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.pk)

    def get_absolute_url(self):
        return reverse("stories:story", args=[self.pk])

    @property
    def public_url(self):
        return reverse("stories:public", args=[self.slug])

    @property
    def status_tag(self):
        """Colour and icon name, see ``partials/_tag.html``."""
        return STATUS_TAGS[Status(self.status)]

    @property
    def is_public(self):
        return Story.objects.published().filter(pk=self.pk).exists()

    @property
    def parts(self):
        """``(question, answer)`` of what was answered, in the order of the page."""
        return [
            (self._meta.get_field(name).verbose_name, getattr(self, name))
            for name in self.PROMPTS
            if getattr(self, name)
        ]

    @property
    def longest(self):
        """The two answers in which most can be shortened, by what they are called."""
        by_length = sorted(self.words().items(), key=lambda word: -len(word[1]))
        return [
            self._meta.get_field(name).verbose_name for name, _text in by_length[:2]
        ]

    def words(self):
        """All words by the name of their field."""
        return {name: getattr(self, name) for name in self.TEXTS}

    def mark_of_words(self):
        """Tells these words and this photo from any other, and tells nothing else."""
        photo = getattr(self, "photo", None)
        content = "\0".join([*self.words().values(), photo.sha256 if photo else ""])
        return salted_hmac("stories.story", content, algorithm="sha256").hexdigest()

    @transaction.atomic
    def rewrite(self, *, by, read_mark):
        """Store the words as a form has changed them.

        Raises ``ActionNotAllowed`` when somebody else was faster, or the status no
        longer lets this person write.
        """
        mark = self.mark_of_words()
        stored = Story.objects.editable_by(by).filter(pk=self.pk, mark=read_mark)
        if not stored.update(mark=mark):
            raise ActionNotAllowed(gettext("The story has changed in the meantime."))
        if mark != read_mark:
            self.worded_on = timezone.localdate()
        self.mark = mark
        if self.mediator_id == by.pk:
            self.remember_as_told()
        self.save(update_fields=[*self.TEXTS, "told", "worded_on"])

    def actions_for(self, user):
        """The steps to offer this person, in the order of the workflow."""
        return [
            action
            for action, rule in RULES.items()
            if self.status in rule.sources
            and self.is_for(action, user)
            and not (action == Action.APPROVE and self.is_approved)
        ]

    def is_for(self, action, user):
        """Mediators act on own stories or those of who left; others by role and place."""
        rule = RULES[action]
        if Role.MEDIATOR in rule.roles and self._is_voice(user):
            return True
        if Role.PROJECT_STAFF in rule.roles and user.has_role(Role.PROJECT_STAFF):
            return True
        editors = [role for role in rule.roles if role in COORDINATING]
        return user.municipalities_as(*editors).contains(self.municipality)

    def _is_voice(self, user):
        return Story.objects.spoken_for_by(user).filter(pk=self.pk).exists()

    @transaction.atomic
    def perform(self, action, *, by, read_mark=None, comment="", **changes):
        """Change the status as RULES allows, and record who did it.

        The UPDATE names the statuses it starts from and the words it is about, so that
        of two people, or two clicks, only one succeeds. ``read_mark`` is that of the
        words which the person had on the screen. Raises ``ActionNotAllowed``.
        """
        rule = RULES[action]
        if not self.is_for(action, by):
            raise ActionNotAllowed(gettext("Your role does not allow this."))
        self.refresh_from_db()
        if self.status not in rule.sources or read_mark not in (None, self.mark):
            raise ActionNotAllowed(self._who_was_first())
        for gate in rule.gates:
            self.require(gate)
        if action == Action.PUBLISH:
            changes |= self._first_publication()
        changed = Story.objects.filter(
            pk=self.pk, status__in=rule.sources, mark=self.mark
        ).update(status=rule.target, **changes)
        if not changed:
            self.refresh_from_db()
            raise ActionNotAllowed(self._who_was_first())
        self.events.create(action=action, by=by, comment=comment)
        self.refresh_from_db()

    @transaction.atomic
    def propose(self, *, by, read_mark):
        """The editor has gone through the whole checklist, about these very words."""
        Story.objects.editable_by(by).filter(pk=self.pk, mark=read_mark).update(
            dignity_mark=read_mark
        )
        self.perform(Action.PROPOSE, by=by, read_mark=read_mark)

    @transaction.atomic
    def approve(self, *, by, read_mark, names_mediator):
        """The mediator says that these words may go out."""
        self.perform(
            Action.APPROVE,
            by=by,
            read_mark=read_mark,
            approved_mark=read_mark,
            names_mediator=names_mediator,
        )
        self.remember_as_told()
        self.save(update_fields=["told"])

    def _first_publication(self):
        if self.slug:
            return {}
        return {"slug": self._free_slug(), "published_on": timezone.localdate()}

    def _free_slug(self):
        """“skola-bez-kavejumiem”, with a number if another story has it."""
        base = slugify(self.title)[: SLUG_LENGTH - 4].strip("-") or "stasts"
        taken = {RESERVED_SLUG} | set(
            Story.objects.filter(slug__startswith=base).values_list("slug", flat=True)
        )
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbered) if slug not in taken)

    def _who_was_first(self):
        event = self.events.last()
        if event is None:
            return gettext("The story has changed in the meantime.")
        return gettext("%(person)s was faster: %(step)s.") % {
            "person": event.by.full_name,
            "step": event.done,
        }


class StoryEvent(models.Model):
    """One step of a story: append-only, the only place that says who and when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    story = models.ForeignKey(Story, related_name="events", on_delete=models.CASCADE)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    by = models.ForeignKey(User, related_name="+", on_delete=models.PROTECT)
    comment = EncryptedTextField(_("comment"), max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["story", "at", "pk"]
        verbose_name = _("event of a story")
        verbose_name_plural = _("events of stories")

    def __str__(self):
        return f"{self.story}, {self.action}"

    @property
    def done(self):
        """What happened, in one word."""
        return DONE[Action(self.action)]

"""Questionnaires in versions, rounds in which they are asked, one link for a municipality."""

import hashlib
import json
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evaluation.questions import Kind, Question, first_version, from_json
from mediators.models import COORDINATING, Role, User
from municipalities.models import Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7
from privacy.tokens import hash_of, new_token

EXTRA = "extra"
"""The code of the question that a municipality adds for itself."""


class QuestionnaireQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever coordinates or leads takes part in making it (R219)."""
        may = user.has_role(Role.PROJECT_STAFF, *COORDINATING)
        return self if may else self.none()

    def editable_by(self, user):
        return self if user.has_role(Role.PROJECT_STAFF) else self.none()

    def newest(self):
        """The last version; where there is none, that of the sources."""
        found = self.order_by("-version").first()
        return (
            found
            or self.get_or_create(version=1, defaults={"questions": first_version()})[0]
        )


class Questionnaire(models.Model):
    """One version of the questions; fixed as soon as somebody has answered it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    questions = models.JSONField(_("questions"), validators=[from_json])
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self):
        return gettext("Version %(version)s") % {"version": self.version}

    def get_absolute_url(self):
        return reverse("evaluation:questionnaire", args=[self.version])

    @property
    def asked(self):
        return from_json(self.questions)

    @property
    def scales(self):
        return [question for question in self.asked if question.is_scale]

    @property
    def is_fixed(self):
        """Somebody has answered these questions, so they stay as they were asked."""
        return self.rounds.filter(links__sheets__isnull=False).exists()

    @property
    def revision(self):
        """Tells whether a page still asks what is asked now."""
        text = json.dumps(self.questions, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:12]


class SurveyRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Staff see all rounds; who coordinates sees those of the own municipality."""
        if user.has_role(Role.PROJECT_STAFF):
            return self
        places = user.municipalities_as(*COORDINATING)
        asked = SurveyLink.objects.filter(municipality__in=places)
        return self.filter(pk__in=asked.values("round"))

    def editable_by(self, user):
        return self if user.has_role(Role.PROJECT_STAFF) else self.none()

    def closed(self, on=None):
        return self.filter(closes_on__lt=on or timezone.localdate())


class SurveyRound(models.Model):
    """The days in which a version is asked; answers are told when it is over."""

    ANNOUNCED_BEFORE = timedelta(days=14)
    REMINDED_BEFORE = timedelta(days=7)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        related_name="rounds",
        on_delete=models.PROTECT,
    )
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    announced_at = models.DateTimeField(
        _("announced"), null=True, blank=True, editable=False
    )
    told_otherwise = models.BooleanField(
        _("partners were told in another way"), default=False, editable=False
    )
    made_by = models.ForeignKey(
        User,
        verbose_name=_("made by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = SurveyRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.CheckConstraint(
                name="survey_closes_after_it_opens",
                condition=Q(closes_on__gte=F("opens_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.opens_on:%Y-%m}"

    def get_absolute_url(self):
        return reverse("evaluation:survey", args=[self.pk])

    @property
    def has_begun(self):
        """Its first day has come, and it was announced: nobody is asked by surprise."""
        return self.is_announced and self.opens_on <= timezone.localdate()

    @property
    def is_open(self):
        return self.has_begun and not self.is_closed

    @property
    def is_closed(self):
        return timezone.localdate() > self.closes_on

    @property
    def is_announced(self):
        return self.announced_at is not None

    @property
    def announce_on(self):
        """Two weeks before, so that nobody is taken by surprise (R044)."""
        return self.opens_on - self.ANNOUNCED_BEFORE

    @property
    def comes_too_soon(self):
        """Announced today, partners would have less than two weeks' notice."""
        return self.announce_on < timezone.localdate()

    @property
    def remind_on(self):
        return max(self.closes_on - self.REMINDED_BEFORE, self.opens_on)

    @cached_property
    def questions(self):
        return self.questionnaire.asked


class SurveyLinkQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.has_role(Role.PROJECT_STAFF):
            return self
        return self.filter(municipality__in=user.places_as(*COORDINATING))

    def with_token(self, token):
        return self.filter(token_sha256=hash_of(token), revoked_at=None)


class SurveyLink(models.Model):
    """The way to the questions for everybody in one municipality, not for one person.

    The secret is sealed, because the same link stands in invitation and reminder.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    round = models.ForeignKey(
        SurveyRound,
        verbose_name=_("survey"),
        related_name="links",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    secret = EncryptedTextField(_("link"), max_length=60, editable=False)
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    revoked_at = models.DateTimeField(_("ended"), null=True, editable=False)
    extra_lv = models.CharField(
        _("question of the municipality"), max_length=300, blank=True
    )
    announced_on = models.DateField(_("announced"), null=True, editable=False)
    invited_on = models.DateField(_("invited"), null=True, editable=False)
    reminded_on = models.DateField(_("reminded"), null=True, editable=False)
    at_once = models.PositiveSmallIntegerField(
        _("most answers at once from one network"), default=0, editable=False
    )

    objects = SurveyLinkQuerySet.as_manager()

    class Meta:
        ordering = ["municipality"]
        verbose_name = _("link of a survey")
        verbose_name_plural = _("links of surveys")
        constraints = [
            models.UniqueConstraint(
                name="survey_has_one_link_for_a_municipality",
                fields=["round", "municipality"],
            ),
        ]

    def __str__(self):
        return f"{self.round}, {self.municipality}"

    @property
    def is_valid(self):
        return self.revoked_at is None and self.round.is_open

    @property
    def extra(self):
        """The question that this municipality added; an own one is asked as it was typed."""
        if not self.extra_lv:
            return None
        return Question(EXTRA, Kind.TEXT, self.extra_lv, self.extra_lv)

    @property
    def questions(self):
        extra = self.extra
        return [*self.round.questions, *([extra] if extra else [])]

    def renew(self):
        """Another token; whoever holds the old one opens nothing any more."""
        self.secret = new_token()
        self.token_sha256 = hash_of(self.secret)
        self.revoked_at = None

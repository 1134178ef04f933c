"""What was recommended, and what each municipality made of it (R263–R265)."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evaluation.models.answers import Answer
from mediators.models import COORDINATING, MUNICIPAL, Role, User
from municipalities.models import Municipality, Term, Vocabulary
from privacy.ids import uuid7

LENGTH = 1000


class RecommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The whole team reads them: they are carried out together (R201)."""
        may = user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR, *MUNICIPAL)
        return self if may else self.none()

    def editable_by(self, user):
        return self if user.has_role(Role.PROJECT_STAFF) else self.none()


class Recommendation(models.Model):
    """One recommendation, under a thematic heading, with where it comes from."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    text = models.TextField(_("recommendation"), max_length=LENGTH)
    heading = models.ForeignKey(
        Term,
        verbose_name=_("heading"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.RECOMMENDATION_HEADING},
        on_delete=models.PROTECT,
    )
    addressee = models.ForeignKey(
        Term,
        verbose_name=_("addressee"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.ADDRESSEE},
        on_delete=models.PROTECT,
    )
    source = models.CharField(
        _("project or period"),
        max_length=160,
        help_text=_("Where it comes from, for example “Platform II, 2025”."),
    )
    carried_from = models.ForeignKey(
        "self",
        verbose_name=_("carried over from"),
        related_name="carried_to",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        editable=False,
    )
    from_answer = models.OneToOneField(
        Answer,
        verbose_name=_("answer"),
        related_name="recommendation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        editable=False,
    )
    made_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        User,
        verbose_name=_("added by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["heading__position", "made_at", "pk"]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def __str__(self):
        return self.text[:60]

    def get_absolute_url(self):
        """The page of the register on which it stands."""
        register = reverse("evaluation:recommendations")
        return f"{register}?ieteikums={self.pk}#{self.pk}"


class FollowUpQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the own municipalities; staff and the lead mediator see all."""
        if user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
            return self
        return self.filter(municipality__in=user.own_municipalities())

    def editable_by(self, user):
        """Who coordinates writes for the municipality; a mediator what is her own."""
        if user.has_role(Role.PROJECT_STAFF):
            return self
        coordinated = user.municipalities_as(*COORDINATING)
        mediated = user.municipalities_as(Role.MEDIATOR)
        return self.filter(
            models.Q(municipality__in=coordinated)
            | models.Q(municipality__in=mediated, by=user)
        )


class FollowUp(models.Model):
    """How one municipality carries a recommendation out, as of a day."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        GOES_ON = "goes_on", _("being carried out")
        DONE = "done", _("carried out")
        REFUSED = "refused", _("will not be carried out")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recommendation = models.ForeignKey(
        Recommendation,
        verbose_name=_("recommendation"),
        related_name="follow_ups",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    text = models.TextField(_("how it is carried out"), max_length=LENGTH)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    noted_on = models.DateField(_("day"), default=timezone.localdate)
    by = models.ForeignKey(
        User,
        verbose_name=_("written by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "noted_on", "pk"]
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        constraints = [
            models.CheckConstraint(
                name="follow_up_status_is_known",
                condition=models.Q(
                    status__in=["planned", "goes_on", "done", "refused"]
                ),
            ),
        ]

    def __str__(self):
        return f"{self.municipality}: {self.get_status_display()}"

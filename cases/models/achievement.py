"""What was achieved in a case: facts that can be counted, never a text."""

from django.db import models
from django.db.models import Exists, Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from cases.models.closed_month import ClosedMonth
from families.models import Counted
from mediators.models import User
from municipalities.models import Municipality, Term, Vocabulary
from privacy.ids import uuid7


class AchievementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__in=Case.objects.visible_to(user))

    def documents(self):
        return self.exclude(document=None)

    def editable_by(self, user):
        """One's own, until the report of the month has been handed in."""
        closed = ClosedMonth.objects.of_outer_row()
        return (
            self.visible_to(user)
            .filter(Q(by=user) | Q(mediator=user))
            .alias(first_of_month=TruncMonth("achieved_on"))
            .exclude(Exists(closed))
        )


class Achievement(Counted):
    """One thing that was achieved in a case, for one person or for the family as a whole."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="achievements",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="achievements",
        on_delete=models.PROTECT,
        editable=False,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="achievements",
        on_delete=models.PROTECT,
        editable=False,
    )
    what = models.ForeignKey(
        Term,
        verbose_name=_("what was achieved"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.ACHIEVEMENT},
        on_delete=models.PROTECT,
    )
    document = models.ForeignKey(
        Term,
        verbose_name=_("which document"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.DOCUMENT},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    achieved_on = models.DateField(_("date"), default=timezone.localdate)
    by = models.ForeignKey(
        User,
        verbose_name=_("written by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AchievementQuerySet.as_manager()

    class Meta(Counted.Meta):
        ordering = ["-achieved_on", "-pk"]
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        indexes = [
            models.Index(
                name="achievement_in_place", fields=["municipality", "achieved_on"]
            ),
        ]
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(
                name="achievement_of_person_is_once",
                fields=["case", "what", "achieved_on", "person_id"],
                condition=Q(document=None),
            ),
            models.UniqueConstraint(
                name="achievement_of_family_is_once",
                fields=["case", "what", "achieved_on"],
                condition=Q(person_id=None, document=None),
            ),
            models.UniqueConstraint(
                name="document_of_person_is_once",
                fields=["case", "document", "person_id"],
                condition=~Q(document=None),
            ),
            models.UniqueConstraint(
                name="document_of_family_is_once",
                fields=["case", "document"],
                condition=Q(person_id=None) & ~Q(document=None),
            ),
        ]

    def __str__(self):
        return f"{self.case}: {self.what_id}"

    @property
    def label(self):
        """What was achieved; of a document, which one."""
        return str(self.document or self.what)

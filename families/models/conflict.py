"""A mediator who knows a family privately: another one has to work with it (R230)."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models.family import Family, FamilyAssignment
from mediators.models import COORDINATING, Role, User
from privacy.ids import uuid7


class ConflictOfInterestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What a mediator said herself; whoever coordinates sees it with the code."""
        return self.filter(
            Q(mediator=user, family__in=Family.objects.visible_to(user))
            | Q(family__municipality__in=user.places_as(*COORDINATING))
        )

    def editable_by(self, user):
        """Only who said it takes it back, as long as she works with the family."""
        return self.standing().filter(
            mediator=user, family__in=Family.objects.visible_to(user)
        )

    def coordinated_by(self, user):
        """Those for which a coordinator has to find another mediator."""
        places = user.municipalities_as(*COORDINATING)
        return self.waiting().filter(family__municipality__in=places)

    def standing(self):
        return self.filter(withdrawn_at=None)

    def waiting(self):
        """The family is still hers, and nobody has arranged yet that another takes over."""
        own = FamilyAssignment.objects.own().filter(
            family=OuterRef("family"), mediator=OuterRef("mediator"), ends_on=None
        )
        return self.standing().filter(Exists(own), family__closed_on=None)


class ConflictOfInterest(models.Model):
    """How a mediator knows a family besides her work. It stays when the family is handed
    over, so that the family does not come back to her unnoticed. No text: the kind is enough.
    """

    class Kind(models.TextChoices):
        RELATIVE = "relative", pgettext_lazy("knows the family as", "relatives")
        FRIEND = "friend", pgettext_lazy("knows the family as", "friends")
        NEIGHBOUR = "neighbour", pgettext_lazy("knows the family as", "neighbours")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="conflicts",
        on_delete=models.CASCADE,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=Role.MEDIATOR.label,
        related_name="conflicts",
        on_delete=models.PROTECT,
        editable=False,
    )
    kind = models.CharField(
        pgettext_lazy("conflict of interest", "kind"), max_length=20, choices=Kind
    )
    reported_at = models.DateTimeField(
        _("reported"), default=timezone.now, editable=False
    )
    withdrawn_at = models.DateTimeField(
        _("taken back"), null=True, blank=True, editable=False
    )

    objects = ConflictOfInterestQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            models.UniqueConstraint(
                name="conflict_of_interest_stands_once",
                fields=["family", "mediator"],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="conflict_of_interest_kind_is_known",
                condition=Q(kind__in=["relative", "friend", "neighbour"]),
            ),
        ]

    def __str__(self):
        return f"{self.family}: {self.kind}"

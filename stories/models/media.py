"""Publicity: what newspapers, radio, television and others told of mediators' work."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import COORDINATING, Role, User
from municipalities.models import Municipality, Term, Vocabulary
from privacy.ids import uuid7
from stories.links import https_only


class MediaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The list of the own municipalities and of the whole country; staff see all."""
        if user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
            return self.all()
        places = user.own_municipalities()
        if not places.exists():
            return self.none()
        return self.filter(Q(municipality__in=places) | Q(municipality=None))

    def editable_by(self, user):
        """Staff all, coordinators those of the own municipality, mediators what they added."""
        if user.has_role(Role.PROJECT_STAFF):
            return self.all()
        return self.filter(
            Q(municipality__in=user.places_as(*COORDINATING))
            | Q(added_by=user, municipality__in=user.places_as(Role.MEDIATOR))
        )


class MediaItem(models.Model):
    """One publication, interview, film or study; the link is stored and never fetched."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    published_on = models.DateField(_("date"), default=timezone.localdate)
    medium = models.CharField(_("medium"), max_length=120)
    kind = models.ForeignKey(
        Term,
        verbose_name=_("kind"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.MEDIA_KIND},
        on_delete=models.PROTECT,
    )
    title = models.CharField(_("title"), max_length=200)
    link = models.URLField(
        _("link"), max_length=500, blank=True, validators=[https_only]
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="media_items",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("Empty for the whole country."),
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    is_positive = models.BooleanField(_("it speaks well of the work"), default=True)
    added_by = models.ForeignKey(
        User, related_name="+", on_delete=models.PROTECT, editable=False
    )

    objects = MediaItemQuerySet.as_manager()

    class Meta:
        ordering = ["-published_on", "-pk"]
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                name="media_item_link_is_https",
                condition=Q(link="") | Q(link__startswith="https://"),
            )
        ]

    def __str__(self):
        return self.title

"""The library of materials, and how many copies were handed out."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import COORDINATING, MUNICIPAL, Role, User
from municipalities.dated import ValidQuerySet
from municipalities.models import Municipality
from privacy.ids import uuid7
from stories.links import https_only

EDITORS = (*COORDINATING, Role.PROJECT_STAFF)
READERS = (*MUNICIPAL, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)


class MaterialQuerySet(ValidQuerySet):
    def visible_to(self, user):
        """The whole team shares one library."""
        return self.all() if user.has_role(*READERS) else self.none()

    def editable_by(self, user):
        """Staff all; coordinators what they added."""
        if user.has_role(Role.PROJECT_STAFF):
            return self.filter(sheet=None)
        if user.has_role(*COORDINATING):
            return self.filter(added_by=user)
        return self.none()

    def with_copies(self, handouts):
        """Adds ``copies``: how many of these handouts' copies were of the material."""
        copies = handouts.filter(material=models.OuterRef("pk")).order_by()
        total = copies.values("material").annotate(n=Sum("copies")).values("n")
        return self.annotate(
            copies=models.functions.Coalesce(models.Subquery(total), 0)
        )


class MaterialManager(models.Manager.from_queryset(MaterialQuerySet)):
    def get_queryset(self):
        """Without the files, several megabytes each: a list of titles needs none of them."""
        return super().get_queryset().defer("pdf")


class Material(models.Model):
    """A leaflet, sheet or book: a PDF that is kept here, or a link."""

    class Kind(models.TextChoices):
        LEAFLET = "leaflet", _("leaflet")
        SHEET = "sheet", _("information sheet")
        METHOD = "method", _("methodical material")
        BOOK = "book", _("book or exercise book")
        VIDEO = "video", _("video")
        OTHER = "other", pgettext_lazy("kind of material", "other")

    class Language(models.TextChoices):
        LATVIAN = "lv", _("Latvian")
        ROMANI = "rom", _("Romani")
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")
        SEVERAL = "mul", pgettext_lazy("language", "Several")

    class Group(models.TextChoices):
        FAMILIES = "families", _("families")
        CHILDREN = "children", _("children and young people")
        SCHOOLS = "schools", _("schools and pre-schools")
        INSTITUTIONS = "institutions", _("institutions")
        MEDIATORS = "mediators", _("mediators")
        EVERYBODY = "everybody", _("everybody")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(_("title"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    language = models.CharField(
        _("language"), max_length=5, choices=Language, default=Language.LATVIAN
    )
    target_group = models.CharField(_("for whom"), max_length=15, choices=Group)
    link = models.URLField(
        _("link"), max_length=500, blank=True, validators=[https_only]
    )
    pdf = models.BinaryField(_("PDF"), null=True, blank=True, editable=False)
    sheet = models.SlugField(
        _("sheet of the house"),
        max_length=40,
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text=_("Drawn from stories/reference/sheets.toml; nobody uploaded it."),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    added_by = models.ForeignKey(
        User,
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = MaterialManager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.CheckConstraint(
                name="material_link_is_https",
                condition=Q(link="") | Q(link__startswith="https://"),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_valid(self):
        today = timezone.localdate()
        return not (
            (self.valid_from and self.valid_from > today)
            or (self.valid_to and self.valid_to < today)
        )


class HandoutQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own municipalities; the project's staff and lead mediator all."""
        if user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
            return self.all()
        return self.filter(municipality__in=user.own_municipalities())

    def with_material(self):
        """Reads what was handed out along, but not its file."""
        return self.select_related("material").defer("material__pdf")

    def editable_by(self, user):
        """Whoever wrote it down may take it back, on the same day."""
        return self.filter(by=user, noted_on=timezone.localdate())


class Handout(models.Model):
    """So many copies of a material given to people somewhere on a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    material = models.ForeignKey(
        Material,
        verbose_name=_("material"),
        related_name="handouts",
        on_delete=models.PROTECT,
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="handouts",
        on_delete=models.PROTECT,
    )
    handed_on = models.DateField(_("date"), default=timezone.localdate)
    copies = models.PositiveSmallIntegerField(
        _("copies"), validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    by = models.ForeignKey(
        User, related_name="+", on_delete=models.PROTECT, editable=False
    )
    noted_on = models.DateField(default=timezone.localdate, editable=False)

    objects = HandoutQuerySet.as_manager()

    class Meta:
        ordering = ["-handed_on", "-pk"]
        verbose_name = _("copies handed out")
        verbose_name_plural = _("copies handed out")
        constraints = [
            models.CheckConstraint(
                name="handout_has_copies", condition=Q(copies__gte=1)
            )
        ]

    def __str__(self):
        return f"{self.material}, {self.handed_on}"

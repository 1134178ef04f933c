"""Where: regions and municipalities, lists of words, and who receives reports."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from municipalities.dated import DatedQuerySet, ValidQuerySet


class Localised(models.Model):
    """A reference row with a Latvian and an English label."""

    label_lv = models.CharField(_("label in Latvian"), max_length=200)
    label_en = models.CharField(_("label in English"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self):
        return self.label_en if get_language() == "en" else self.label_lv


class TermQuerySet(ValidQuerySet):
    def of(self, *vocabularies):
        return self.filter(vocabulary__in=vocabularies)


class Vocabulary(models.TextChoices):
    """The lists that an office may extend; each is one list of ``Term`` rows."""

    INSTITUTION_TYPE = "institution_type", _("types of institutions")
    POST = "post", _("posts of officials")
    CASE_CATEGORY = "case_category", _("case categories")
    FAMILY_RELATION = "family_relation", _("relations in a family")
    COUNTRY = "country", _("countries")
    REFERRAL_REQUEST = "referral_request", _("requests to institutions")
    FUNDING_SOURCE = "funding_source", _("sources of funding")
    COMPLAINT_OUTCOME = "complaint_outcome", _("outcomes of complaints")
    ACHIEVEMENT = "achievement", _("achievements")
    ACTIVITY = "activity", _("what was done in a contact")
    EVENT_TYPE = "event_type", _("kinds of events")
    INITIATOR = "initiator", _("who an event was the idea of")
    PARTICIPANT_CATEGORY = "participant_category", _("participants of events")
    RECOMMENDATION_HEADING = "recommendation_heading", _("headings of recommendations")
    ADDRESSEE = "addressee", _("addressees of recommendations")
    MEDIA_KIND = "media_kind", _("kinds of media")
    ROOM_STATUS = "room_status", _("rooms for mediators")
    TRANSPORT = "transport", _("transport of mediators")
    TRAINING_TOPIC = "training_topic", _("topics of training")
    LANGUAGE = "language", _("languages")
    PROGRAMME = "programme", _("programmes")
    DOCUMENT = "document", _("documents")
    EDU_LEVEL = "edu_level", _("levels of education")
    EDU_PROGRAMME = "edu_programme", _("programmes of education")
    ABSENCE_REASON = "absence_reason", _("reasons of absence")


class Term(Localised):
    """One value of a vocabulary that an office may extend (R223: neutral wording)."""

    id = models.CharField(primary_key=True, max_length=80, editable=False)
    vocabulary = models.CharField(_("list"), max_length=40, choices=Vocabulary)
    code = models.CharField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["vocabulary", "position", "code"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [
            models.UniqueConstraint(
                name="term_code_is_unique", fields=["vocabulary", "code"]
            ),
        ]

    def save(self, *args, **kwargs):
        self.id = f"{self.vocabulary}.{self.code}"
        super().save(*args, **kwargs)

    def has_ended(self, day):
        """Not offered on that day any more; what names it stays."""
        return self.valid_to is not None and self.valid_to < day

    def is_valid(self, day):
        """The same as ``ValidQuerySet.valid`` for a row at hand."""
        has_begun = self.valid_from is None or self.valid_from <= day
        return has_begun and not self.has_ended(day)


class Counter(models.Model):
    """The last number given out under a prefix, so that codes have no gaps."""

    prefix = models.CharField(primary_key=True, max_length=20)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")

    def __str__(self):
        return f"{self.prefix}: {self.last}"

    @classmethod
    def take(cls, prefix, count=1):
        """The next number under ``prefix``, starting at 1; the first of ``count``.

        The UPDATE holds the row: nobody gets the same number, and nothing leaves a gap.
        """
        row = cls.objects.filter(prefix=prefix)
        if not row.update(last=F("last") + count):
            cls.objects.get_or_create(prefix=prefix)
            row.update(last=F("last") + count)
        return row.get().last - count + 1


class RegionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the municipalities that the person sees."""
        return self.filter(pk__in=user.visible_municipalities().values("region"))


class Region(Localised):
    """One of the five planning regions (R019)."""

    code = models.SlugField(_("code"), max_length=20, unique=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["label_lv"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")


class MunicipalityQuerySet(ValidQuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=user.visible_municipalities().values("pk"))

    def with_predecessors(self):
        """These and what became part of them: their numbers are told together."""
        these = self.values("pk")
        return self.model.objects.filter(Q(pk__in=these) | Q(successor__in=these))

    def standing(self):
        """Those that have become part of no other."""
        return self.filter(successor=None)

    def with_a_team(self):
        """Those in which somebody works or worked."""
        return self.standing().filter(appointments__isnull=False).distinct()


class Municipality(Localised):
    """A local government: one of Latvia's 42, or an invented one in the demo."""

    class ReportTemplate(models.TextChoices):
        """How much of a monthly report this municipality wants on paper (R195)."""

        FULL = "full", _("The whole report")
        BRIEF = "brief", _("The first page and the signatures")

    atvk = models.CharField(_("ATVK code"), max_length=9, unique=True)
    prefix = models.CharField(
        _("prefix of codes"),
        max_length=4,
        unique=True,
        help_text=_("Stands at the start of family and case codes, e.g. UPC-009."),
    )
    slug = models.SlugField(_("address"), unique=True)
    locative_lv = models.CharField(_("locative in Latvian"), max_length=200)
    full_name_lv = models.CharField(_("full name in Latvian"), max_length=200)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        related_name="municipalities",
        on_delete=models.PROTECT,
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        related_name="predecessors",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    tile_row = models.PositiveSmallIntegerField(
        _("row on the map"),
        null=True,
        blank=True,
        help_text=_("On a map of equal tiles: 0 is the northernmost."),
    )
    tile_column = models.PositiveSmallIntegerField(
        _("column on the map"),
        null=True,
        blank=True,
        help_text=_("On a map of equal tiles: 0 is the westernmost."),
    )
    report_template = models.CharField(
        _("what the report holds"),
        max_length=10,
        choices=ReportTemplate,
        default=ReportTemplate.FULL,
        help_text=_("Decided at each approval. Coordinators always see the whole."),
    )
    sends_reports_itself = models.BooleanField(
        _("reports are sent by themselves"),
        default=True,
        help_text=_(
            "At eight o'clock on the working day after the approval, to every contact "
            "person. Otherwise a coordinator sends each report."
        ),
    )
    attaches_pdf = models.BooleanField(
        _("the PDF is attached to the mail"),
        default=False,
        help_text=_("Otherwise the mail holds a link alone, which can be ended."),
    )
    greeting = models.CharField(
        _("greeting of the mail"),
        max_length=160,
        blank=True,
        help_text=_("How the municipality wants to be addressed; else “Good day!”"),
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ["label_lv"]
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints = [
            models.CheckConstraint(
                name="tile_has_row_and_column",
                condition=Q(tile_row=None, tile_column=None)
                | Q(tile_row__isnull=False, tile_column__isnull=False),
            ),
        ]

    @property
    def full_name_dative(self):
        """“Upesciema novada pašvaldībai”: whom a report is addressed to."""
        return f"{self.full_name_lv}i"


class ContactPersonQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(municipality__in=user.visible_municipalities())


class ContactPerson(models.Model):
    """The person in a municipality to whom approved reports are sent, without an account."""

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="contact_people",
        on_delete=models.PROTECT,
    )
    name = models.CharField(_("name"), max_length=120)
    post = models.CharField(_("post"), max_length=160)
    email = models.EmailField(_("e-mail"))
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = ContactPersonQuerySet.as_manager()

    class Meta:
        ordering = ["municipality", "name"]
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")

    def __str__(self):
        return f"{self.name}, {self.post}"

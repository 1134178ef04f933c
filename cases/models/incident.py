"""Discrimination and hate speech: what happened, where, and who was told of it."""

from django.db import models
from django.db.models import Exists, F, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.closed_month import ClosedMonth
from families.models import Family
from mediators.models import COORDINATING, Role, User
from municipalities.areas import Area
from municipalities.models import Municipality
from privacy.fields import EncryptedChoiceField, EncryptedTextField
from privacy.ids import uuid7


class IncidentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only to whoever wrote it down, not even to a colleague who works with the family."""
        return self.filter(
            Q(family=None) | Q(family__in=Family.objects.visible_to(user)),
            mediator=user,
            municipality__in=user.places_as(Role.MEDIATOR),
        )

    def editable_by(self, user):
        """As long as the report of the month in which it counts is not handed in."""
        closed = ClosedMonth.objects.of_outer_row()
        return (
            self.visible_to(user)
            .alias(first_of_month=TruncMonth("noted_on"))
            .exclude(Exists(closed))
        )

    def readable_by(self, user):
        """To be counted, without the words and the family: the own ones, the own places."""
        return self.filter(
            Q(mediator=user, municipality__in=user.places_as(Role.MEDIATOR))
            | Q(municipality__in=user.places_as(*COORDINATING))
        )


class Incident(models.Model):
    """One incident that a mediator learned of; the family may stay unnamed (R154, R155)."""

    class Kind(models.TextChoices):
        DISCRIMINATION = "discrimination", _("Discrimination")
        HATE_SPEECH = "hate_speech", _("Hate speech")
        HATE_CRIME = "hate_crime", _("Hate crime")

    class Ground(models.TextChoices):
        """Why somebody was treated worse, as the law lists it."""

        ROMA = "roma", _("Roma origin")
        LANGUAGE = "language", pgettext_lazy("ground of discrimination", "Language")
        SEX = "sex", pgettext_lazy("ground of discrimination", "Sex")
        AGE = "age", pgettext_lazy("ground of discrimination", "Age")
        DISABILITY = "disability", _("Disability")
        RELIGION = "religion", _("Religion or belief")
        PROPERTY = "property", _("Property or social status")
        OTHER = "other", pgettext_lazy("ground of discrimination", "Another ground")

    class Place(models.TextChoices):
        """Where it happened, as a kind of place."""

        SCHOOL = "school", _("School or pre-school")
        WORK = "work", _("Work or looking for work")
        HOUSING = "housing", _("Renting or housing")
        HEALTH = "health", _("Health care")
        OFFICE = "office", _("Public office or social service")
        POLICE = "police", _("Police or court")
        SHOP = "shop", _("Shop, café or service")
        STREET = "street", _("Street or public transport")
        ONLINE = "online", _("Internet or media")
        OTHER = "other", pgettext_lazy("place of an incident", "Another place")

        @property
        def area(self):
            """The area of life that it belongs to."""
            return AREA_OF_PLACE.get(self, Area.DISCRIMINATION)

    class Authority(models.TextChoices):
        """To whom it was reported."""

        OMBUDSMAN = "ombudsman", _("Ombudsman")
        POLICE = "police", _("Police")
        LABOUR = "labour", _("State Labour Inspectorate")
        CONSUMER = "consumer", _("Consumer Rights Protection Centre")
        QUALITY = "quality", _("State Education Quality Service")
        HEALTH = "health", _("Health Inspectorate")
        MEDIA = "media", _("Media council or the platform itself")
        MUNICIPALITY = "municipality", _("Municipality")
        COURT = "court", _("Court")
        OTHER = "other", pgettext_lazy("authority", "Another authority")

    class Outcome(models.TextChoices):
        """What became of the report."""

        OPEN = "open", pgettext_lazy("outcome of an incident", "Being looked into")
        CONFIRMED = "confirmed", pgettext_lazy("outcome of an incident", "Confirmed")
        SETTLED = "settled", pgettext_lazy("outcome of an incident", "Settled")
        REJECTED = "rejected", pgettext_lazy("outcome of an incident", "Not confirmed")
        NO_ANSWER = "no_answer", pgettext_lazy("outcome of an incident", "No answer")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="incidents",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    kind = models.CharField(_("what it was"), max_length=20, choices=Kind)
    ground = EncryptedChoiceField(
        _("ground"), max_length=20, choices=Ground, default=Ground.ROMA
    )
    place = models.CharField(_("where"), max_length=20, choices=Place)
    happened_on = models.DateField(_("date"), default=timezone.localdate)
    words = EncryptedTextField(_("what happened"), max_length=500, blank=True)
    reported_to = models.CharField(
        _("reported to"), max_length=20, choices=Authority, blank=True
    )
    reported_on = models.DateField(_("reported on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    # The days on which it counts: what is learned late changes no month handed in
    noted_on = models.DateField(_("written down on"), editable=False)
    report_noted_on = models.DateField(
        _("report written down on"), null=True, editable=False
    )

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        verbose_name = _("incident of discrimination")
        verbose_name_plural = _("incidents of discrimination")
        indexes = [
            models.Index(name="incident_in_place", fields=["municipality", "noted_on"])
        ]
        constraints = [
            models.CheckConstraint(
                name="incident_report_is_whole",
                condition=Q(
                    reported_to="",
                    reported_on=None,
                    report_noted_on=None,
                    outcome="",
                )
                | (
                    ~Q(reported_to="")
                    & Q(reported_on__isnull=False, report_noted_on__isnull=False)
                ),
                violation_error_message=_("Say to whom it was reported, and when."),
            ),
            models.CheckConstraint(
                name="incident_reported_after_it_happened",
                condition=Q(reported_on=None) | Q(reported_on__gte=F("happened_on")),
                violation_error_message=_(
                    "It cannot have been reported before it happened."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.happened_on:%Y-%m-%d}"

    def get_absolute_url(self):
        """Incidents have no page of their own besides the form."""
        return reverse("cases:incidents")

    @property
    def place_choice(self):
        return self.Place(self.place)


AREA_OF_PLACE = {
    Incident.Place.SCHOOL: Area.EDUCATION,
    Incident.Place.WORK: Area.EMPLOYMENT,
    Incident.Place.HOUSING: Area.HOUSING,
    Incident.Place.HEALTH: Area.HEALTH,
    Incident.Place.OFFICE: Area.SOCIAL,
    Incident.Place.POLICE: Area.RIGHTS,
}

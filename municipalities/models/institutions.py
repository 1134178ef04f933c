"""Institutions with which mediators cooperate, and the officials who work there."""

from django.db import models
from django.db.models import Count, Exists, FilteredRelation, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from municipalities.models.places import Municipality, Term, Vocabulary
from municipalities.working_days import last_day
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class InstitutionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Institutions of the person's municipalities and the national ones."""
        return self.of(user.visible_municipalities())

    def of(self, municipalities):
        """Those of the municipalities and those of the whole country."""
        return self.filter(Q(municipality__in=municipalities) | Q(municipality=None))

    def editable_by(self, user):
        """Those of the person's own places; administrators keep the national ones."""
        return self.filter(municipality__in=user.own_municipalities())

    def active(self):
        return self.filter(is_active=True)

    def with_cooperation_of(self, user, month):
        """Adds ``first_contact``, ``last_contact`` and ``contacts_in_month`` of the own log,
        and ``agreed``, the number of agreements in force in the own places."""
        # Joined are the own entries alone: those of all mediators of a city are many
        own = FilteredRelation("visits", condition=Q(visits__mediator=user))
        day, in_month = "own__visited_on", _in_month("own", month)
        places = user.own_municipalities()
        agreed = Q(agreements__status="in_force", agreements__municipality__in=places)
        return self.annotate(
            own=own,
            first_contact=Min(day),
            last_contact=Max(day),
            contacts_in_month=Count("own", filter=in_month, distinct=True),
            agreed=Count("agreements", filter=agreed, distinct=True),
        )

    def contacts_of(self, user, month):
        """``{institution: (last contact, contacts in the month)}`` of the own log, where
        there was any."""
        rows = self.filter(visits__mediator=user).order_by().values("pk")
        found = rows.annotate(
            last=Max("visits__visited_on"),
            times=Count("visits", filter=_in_month("visits", month)),
        )
        return {row["pk"]: (row["last"], row["times"]) for row in found}


def _in_month(visits, month):
    return Q(
        **{f"{visits}__visited_on__range": (month.replace(day=1), last_day(month))}
    )


class Institution(models.Model):
    """A school, social service, agency, doctor … with which mediators cooperate (R039)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="institutions",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text=_("Empty for an institution of the whole country."),
    )
    name = models.CharField(_("name"), max_length=200)
    type = models.ForeignKey(
        Term,
        verbose_name=_("type"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.INSTITUTION_TYPE},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [
            models.UniqueConstraint(
                name="institution_name_is_unique_in_municipality",
                fields=["municipality", "name"],
                violation_error_message=_("This institution is already on the list."),
            ),
            models.UniqueConstraint(
                name="institution_name_is_unique_in_country",
                fields=["name"],
                condition=Q(municipality=None),
                violation_error_message=_("This institution is already on the list."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("municipalities:institution-detail", args=[self.pk])

    @property
    def about(self):
        """“Pamatskola”: what tells it from others of that name."""
        return str(self.type or "")


class InstitutionContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """With their names: whoever works in a municipality, and nobody else."""
        places = user.own_municipalities()
        return self.of(places).filter(Exists(places))

    def readable_by(self, user):
        """By institution and post, without the names: also whoever supports all places."""
        places = user.supported_municipalities() | user.own_municipalities()
        return self.of(places).filter(Exists(places))

    def of(self, municipalities):
        """Officials of institutions there and of those of the whole country."""
        return self.filter(institution__in=Institution.objects.of(municipalities))

    def editable_by(self, user):
        """Whoever works in a municipality keeps the list of people up to date."""
        return self.visible_to(user)

    def active(self):
        return self.filter(is_active=True, institution__is_active=True)


class InstitutionContact(models.Model):
    """An official of an institution, in a professional capacity (R039)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        related_name="contacts",
        on_delete=models.CASCADE,
    )
    name = EncryptedTextField(_("name"), max_length=120)
    post = models.CharField(_("post"), max_length=160, blank=True)
    phone = EncryptedTextField(_("phone"), max_length=40, blank=True)
    email = EncryptedTextField(_("e-mail"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    told_of_survey_on = models.DateField(
        _("told about the evaluation survey"), null=True, blank=True
    )

    objects = InstitutionContactQuerySet.as_manager()

    class Meta:
        ordering = ["institution__name", "pk"]
        verbose_name = _("institution contact")
        verbose_name_plural = _("institution contacts")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """Officials stand on the page of their institution."""
        return self.institution.get_absolute_url()

    @property
    def about(self):
        """“sociālā pedagoģe, Upesciema pamatskola”."""
        return ", ".join(part for part in (self.post, self.institution.name) if part)

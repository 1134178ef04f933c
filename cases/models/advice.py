"""Advice: a mediator asks who may know, by the code of a case; the answer has its date (R005)."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from families.models import Family
from interface.waiting import waiting_first
from mediators.models import COORDINATING, Appointment, Role, User
from municipalities.areas import Area
from municipalities.working_days import waited
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7


class AdviceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the cases a mediator works on, and what a person may answer."""
        own = Q(case__family__in=Family.objects.visible_to(user))
        return self.filter(own | Q(pk__in=self._addressed_to(user).values("pk")))

    def answerable_by(self, user):
        """Questions of others to the roles that a person holds today.

        Who coordinates next answers what the predecessor left, and the lead mediator
        whatever is open, also where a colleague who was asked does not work any more.
        """
        return self.filter(pk__in=self._addressed_to(user).values("pk")).exclude(
            by=user
        )

    def waiting_for(self, user):
        """Open questions to this very person's roles.

        The lead mediator is also expected to answer what a colleague who does not work
        any more was asked.
        """
        return self.answerable_by(user).open().filter(self._to_own_roles(user))

    def _addressed_to(self, user):
        if user.has_role(Role.LEAD_MEDIATOR):
            return Advice.objects.all()
        return Advice.objects.filter(self._to_own_roles(user))

    def _to_own_roles(self, user):
        asked, found = Advice.Asked, Q(pk=None)
        # Each only for who holds the role: together they make SQLite walk through all cases
        if user.has_role(*COORDINATING):
            places = user.municipalities_as(*COORDINATING)
            found |= Q(asked=asked.COORDINATOR, case__municipality__in=places)
        if user.has_role(Role.MEDIATOR):
            found |= Q(asked=asked.MEDIATOR, to=user)
        if user.has_role(Role.LEAD_MEDIATOR):
            working = Appointment.objects.current().filter(role=Role.MEDIATOR)
            left_alone = Q(asked=asked.MEDIATOR) & ~Q(to__in=working.values("user"))
            found |= Q(asked=asked.LEAD) | left_alone
        if user.has_role(Role.PROJECT_STAFF):
            found |= Q(asked=asked.EXPERT)
        return found

    def waiting_first(self, user):
        """Adds ``is_waiting``: whether this very person is asked; then whoever waits longest."""
        return waiting_first(self, user, then=["asked_at", "pk"])

    def open(self):
        return self.filter(answered_at=None)

    def in_codes(self):
        """As pages tell it: with code, area, category and place of the case, and no more of it."""
        label = "label_en" if get_language() == "en" else "label_lv"
        return self.select_related("by", "to", "answered_by").annotate(
            code=F("case__code"),
            area=F("case__area"),
            category=F(f"case__category__{label}"),
            place=F(f"case__municipality__{label}"),
        )


class Advice(models.Model):
    """One question about one case, told by its code, area and category alone."""

    class Asked(models.TextChoices):
        """Who is asked; only a colleague is asked by name."""

        COORDINATOR = "coordinator", pgettext_lazy("advice", "The coordinator")
        LEAD = "lead", pgettext_lazy("advice", "The lead mediator")
        EXPERT = "expert", pgettext_lazy("advice", "The regional expert of the project")
        MEDIATOR = "mediator", pgettext_lazy("advice", "A mentor: another mediator")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(
        Case, verbose_name=_("case"), related_name="advice", on_delete=models.CASCADE
    )
    by = models.ForeignKey(
        User, verbose_name=_("asked by"), related_name="+", on_delete=models.PROTECT
    )
    asked = models.CharField(_("who is asked"), max_length=12, choices=Asked)
    to = models.ForeignKey(
        User,
        verbose_name=_("colleague"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    question = EncryptedTextField(_("question"), max_length=1000)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    answer = EncryptedTextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        User,
        verbose_name=_("answered by"),
        related_name="+",
        null=True,
        on_delete=models.PROTECT,
        editable=False,
    )

    objects = AdviceQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("question for advice")
        verbose_name_plural = _("questions for advice")
        constraints = [
            models.CheckConstraint(
                name="advice_of_a_colleague_has_a_name",
                condition=Q(asked="mediator", to__isnull=False)
                | Q(asked__in=["coordinator", "lead", "expert"], to=None),
            ),
            models.CheckConstraint(
                name="advice_is_answered_by_somebody",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.case}: {self.pk}"

    def get_absolute_url(self):
        return reverse("cases:advice", args=[self.pk])

    @property
    def whom(self):
        """“Koordinatore” or the name of the colleague."""
        return self.to.full_name if self.to else self.get_asked_display()

    @property
    def area_choice(self):
        """The area of the case; of rows from ``in_codes``."""
        return Area(self.area)

    @property
    def is_open(self):
        return self.answered_at is None

    @property
    def days(self):
        """Working days until the answer; so far, while there is none."""
        until = timezone.localdate(self.answered_at or timezone.now())
        return waited(timezone.localdate(self.asked_at), until)

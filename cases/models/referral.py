"""A referral: what an institution was asked for a family, and what it answered."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models.case import Case, CaseStatus
from families.hidden_names import unless_hidden
from families.models import Family
from mediators.models import COORDINATING, Role, User
from municipalities.models import Institution, InstitutionContact, Term, Vocabulary
from municipalities.working_days import waited, waited_longer_than, working_days_after
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

ANSWER_DAYS = 10
"""Working days in which an institution usually answers."""


class ReferralQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(case__family__in=Family.objects.visible_to(user))

    def coordinated_by(self, user):
        """Those of the municipalities a person coordinates: to be shown with codes only."""
        return self.filter(case__municipality__in=user.places_as(*COORDINATING))

    def logged_by(self, user):
        """Those a person sent, where that person is still a mediator: to be counted."""
        return self.filter(
            by=user, case__municipality__in=user.places_as(Role.MEDIATOR)
        )

    def open(self):
        """Not answered, as long as somebody works on the case."""
        return self.filter(answer="").exclude(case__status=CaseStatus.CLOSED)

    def unanswered_after(self, days=ANSWER_DAYS, today=None):
        """Open for more than so many working days, the longest first."""
        limit = waited_longer_than(days, today or timezone.localdate())
        return self.open().filter(sent_on__lt=limit).order_by("sent_on", "pk")


class Referral(models.Model):
    """One thing an institution is asked for in a case, with codes unless names were agreed."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", pgettext_lazy("answer of an institution", "Accepted")
        REFUSED = "refused", pgettext_lazy("answer of an institution", "Refused")
        NONE = "none", pgettext_lazy("answer of an institution", "No answer")

        @property
        def icon(self):
            return ANSWER_LOOKS[self][0]

        @property
        def colour(self):
            return ANSWER_LOOKS[self][1]

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(
        Case,
        verbose_name=_("case"),
        related_name="referrals",
        on_delete=models.PROTECT,
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("institution"),
        related_name="referrals",
        on_delete=models.PROTECT,
    )
    contact = models.ForeignKey(
        InstitutionContact,
        verbose_name=_("person"),
        related_name="referrals",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    request = models.ForeignKey(
        Term,
        verbose_name=_("request"),
        related_name="+",
        limit_choices_to={"vocabulary": Vocabulary.REFERRAL_REQUEST},
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    text = EncryptedTextField(_("what is asked"), max_length=300, blank=True)
    names_shared = models.BooleanField(_("names are shared"), default=False)
    sent_on = models.DateField(_("sent"), default=timezone.localdate)
    due_on = models.DateField(_("answer due"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    note = EncryptedTextField(_("short note"), max_length=500, blank=True)
    by = models.ForeignKey(
        User, verbose_name=_("sent by"), related_name="+", on_delete=models.PROTECT
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        constraints = [
            models.CheckConstraint(
                name="referral_answer_is_known",
                condition=Q(answer__in=["", "accepted", "refused", "none"]),
            ),
            models.CheckConstraint(
                name="referral_answer_has_its_date",
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                violation_error_message=_("An answer needs the day it came."),
            ),
            models.CheckConstraint(
                name="referral_due_after_sent",
                condition=Q(due_on__gte=F("sent_on")),
                violation_error_message=_("The answer cannot be due before sending."),
            ),
            models.CheckConstraint(
                name="referral_answered_after_sent",
                condition=Q(answered_on=None) | Q(answered_on__gte=F("sent_on")),
                violation_error_message=_("The answer cannot come before sending."),
            ),
        ]

    def __str__(self):
        return f"{self.case}: {self.institution}"

    @staticmethod
    def usually_due(sent_on) -> date:
        return working_days_after(sent_on, ANSWER_DAYS)

    @property
    def is_open(self):
        return not self.answer

    @property
    def is_late(self):
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def days_to_answer(self):
        """Working days from the day it was sent to the day of the answer."""
        return waited(self.sent_on, self.answered_on)

    @property
    def days_waiting(self):
        """Working days since it was sent."""
        return waited(self.sent_on, timezone.localdate())

    @property
    def answer_choice(self):
        return self.Answer(self.answer)

    @property
    def shown_note(self):
        return unless_hidden(self.note)

    @property
    def asked(self):
        """The usual request and the line beside it, as far as there are both."""
        return ". ".join(filter(None, (str(self.request or ""), self.text)))


ANSWER_LOOKS = {
    Referral.Answer.ACCEPTED: ("circle-check", "green"),
    Referral.Answer.REFUSED: ("circle-x", "red"),
    Referral.Answer.NONE: ("clock", "grey"),
}

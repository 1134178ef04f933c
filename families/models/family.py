"""Families and who may see them."""

from datetime import timedelta
from functools import cache

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from families.hidden_names import unless_hidden
from families.models.consent import Consent
from families.models.hand_over import HandOver
from families.models.substitution import Substitution
from mediators.models import Role, User
from municipalities.dated import DatedQuerySet
from municipalities.models import Counter, Municipality
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

GRACE = timedelta(days=14)
"""How long a family may be written about before it has to agree."""
ASKED_AGAIN = timedelta(days=30)
"""So long before its consent ends, a family is asked anew."""

PARTS = ("conflicts", "residences", "needs", "involvements")
"""What a family may have and many have not."""


class FamilyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Families assigned to a mediator today, where that mediator is still appointed.

        Nobody else sees a family: coordinators and staff work with codes and counts.
        Those whose data may only be stored are seen by nobody either, until an officer
        ends the restriction.
        """
        return self._by(FamilyAssignment.objects.current(), user, restricted_on=None)

    def assigned_to(self, user):
        """The same, with those whose data may only be stored: to know that they are."""
        return self._by(FamilyAssignment.objects.current(), user)

    def held_by(self, user):
        """A mediator's own, and hers while a colleague is away; not shared ones."""
        held = FamilyAssignment.objects.current().held()
        return self._by(held, user, restricted_on=None)

    def _by(self, assignments, user, **which):
        """One ``filter``: each further one copies all that stands before it."""
        return self.filter(
            erased_on=None,
            pk__in=assignments.filter(mediator=user).values("family"),
            municipality__in=user.places_as(Role.MEDIATOR),
            **which,
        )

    def overseen_by(self, user):
        """All, open and closed, for whoever looks who saw them; by code, never by name."""
        is_officer = user.has_role(Role.DATA_PROTECTION_OFFICER)
        return self.only("code") if is_officer else self.none()

    def not_erased(self):
        return self.filter(erased_on=None)

    def open(self):
        return self.filter(closed_on=None)

    def in_use(self):
        """Without those whose data may only be stored (GDPR 18)."""
        return self.filter(restricted_on=None)

    def only_stored(self):
        return self.filter(restricted_on__isnull=False)

    def letting_others_read(self):
        """Those that did not take back what the reading of others rests on."""
        self = self.not_erased().in_use()
        for purpose in Consent.NEEDED_TO_SHARE:
            self = self.exclude(_has_taken_back(purpose))
        return self

    def not_withdrawn(self):
        """Those about which something new may be written (``has_withdrawn``)."""
        return self.exclude(_has_taken_back(Consent.Purpose.KEEP))

    def never_agreed(self):
        """Those that neither agreed that their data are kept nor took that back."""
        return self.exclude(_ever_agreed())

    def to_ask(self, today):
        """Open families to ask for consent: it ends soon, has ended or was never given."""
        ends = Consent.objects.to_renew(today + ASKED_AGAIN)
        ends = Exists(ends.filter(family=OuterRef("pk")))
        return self.open().filter(~_ever_agreed() | ends)

    def with_last_contact(self):
        """Adds ``last_contact``, the day of the latest log entry about the family."""
        return self.annotate(last_contact=Max("visits__visited_on"))

    def with_parts(self):
        """Adds ``has_needs`` and so on: a page then asks only for what there is.

        ``was_passed_on`` tells that somebody covered it for a colleague or took it over.
        """
        return self.annotate(**_has_parts())

    def with_consent_state(self):
        """Adds ``has_consent``: an agreement to keep data is in force."""
        return self.annotate(
            has_consent=Exists(
                Consent.objects.in_force().filter(
                    family=OuterRef("pk"), purpose=Consent.Purpose.KEEP
                )
            )
        )


def _ever_agreed():
    keep = Consent.Purpose.KEEP
    return Exists(Consent.objects.filter(family=OuterRef("pk"), purpose=keep))


def _has_taken_back(purpose):
    about = Consent.objects.filter(family=OuterRef("pk"), purpose=purpose)
    taken_back = Exists(about.filter(withdrawn_on__isnull=False))
    return taken_back & ~Exists(about.in_force())


@cache
def _has_parts():
    """Put together once: expressions hold no rows."""
    models_of = {name: getattr(Family, name).rel.related_model for name in PARTS}
    passed_on = FamilyAssignment.objects.filter(
        ~Q(substitution=None, hand_over=None), family=OuterRef("pk")
    )
    return {
        f"has_{name}": Exists(model.objects.filter(family=OuterRef("pk")))
        for name, model in models_of.items()
    } | {"was_passed_on": Exists(passed_on)}


class Family(models.Model):
    """A household that a mediator helps; known outside the team by its code only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("code"), max_length=12, unique=True, editable=False)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        related_name="families",
        on_delete=models.PROTECT,
    )
    label = EncryptedTextField(_("name or nickname"), max_length=300)
    town_part = EncryptedTextField(_("part of town"), max_length=200, blank=True)
    address = EncryptedTextField(_("address"), max_length=300, blank=True)
    phone = EncryptedTextField(_("phone"), max_length=40, blank=True)
    note = EncryptedTextField(_("note"), max_length=2000, blank=True)
    adults = models.PositiveSmallIntegerField(_("adults"), default=1)
    children = models.PositiveSmallIntegerField(_("children"), default=0)
    started_on = models.DateField(_("since"), default=timezone.localdate)
    closed_on = models.DateField(_("closed"), null=True, blank=True, editable=False)
    restricted_on = models.DateField(
        _("processing restricted"), null=True, blank=True, editable=False
    )
    # The row stays under its code for the statistics, without texts
    erased_on = models.DateField(_("erased"), null=True, blank=True, editable=False)

    objects = FamilyQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("family")
        verbose_name_plural = _("families")

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("families:detail", args=[self.code])

    @property
    def name(self):
        """What pages call the family: its label, or the code while names are hidden."""
        if self.erased_on:
            return pgettext("family", "erased")
        return self.code if self.restricted_on else unless_hidden(self.label, self.code)

    @property
    def name_and_code(self):
        return self.code if self.name == self.code else f"{self.name} ({self.code})"

    @property
    def shown_town_part(self):
        return unless_hidden(self.town_part)

    @classmethod
    def next_code(cls, municipality):
        """“UPC-009”: the municipality's prefix and a running number."""
        [code] = cls.next_codes(municipality, 1)
        return code

    @classmethod
    def next_codes(cls, municipality, count):
        prefix = municipality.prefix
        first = Counter.take(prefix, count)
        return [f"{prefix}-{number:03}" for number in range(first, first + count)]

    def agrees_to(self, purpose):
        consents = self.consents.all()
        return any(row.purpose == purpose and row.is_in_force for row in consents)

    @property
    def may_share_names(self):
        """An institution or a coordinator may be told who the family is."""
        return self.agrees_to(Consent.Purpose.SHARE)

    @property
    def has_withdrawn(self):
        """The family took back that its data are kept, and has not agreed again.

        Nothing new may be written about it: no entry, case, person, need or note.
        """
        return self._has_taken_back(Consent.Purpose.KEEP)

    @property
    def lets_others_read(self):
        """The same as ``FamilyQuerySet.letting_others_read`` for a row at hand."""
        if self.restricted_on or self.erased_on:
            return False
        return not any(map(self._has_taken_back, Consent.NEEDED_TO_SHARE))

    def _has_taken_back(self, purpose):
        rows = [row for row in self.consents.all() if row.purpose == purpose]
        is_withdrawn = any(row.is_withdrawn for row in rows)
        return is_withdrawn and not any(row.is_in_force for row in rows)

    @property
    def grace_ends_on(self):
        return self.started_on + GRACE

    @property
    def is_in_grace(self):
        return timezone.localdate() <= self.grace_ends_on

    @property
    def may_add_personal_data(self):
        """Whether people, needs, phone, address and note may be written down.

        Log entries need less: they are possible unless the family has withdrawn.
        """
        if self.restricted_on:
            return False
        if self.agrees_to(Consent.Purpose.KEEP):
            return True
        return not self.has_withdrawn and self.is_in_grace


class FamilyAssignmentQuerySet(DatedQuerySet):
    def current(self, on=None):
        """In force on a day; what a substitution gave is over once that has ended."""
        return super().current(on).filter(substitution__ended_early_on=None)

    def own(self):
        return self.filter(kind=FamilyAssignment.Kind.OWN)

    def held(self):
        """Own families and those of a colleague who is away, but not shared ones."""
        return self.exclude(kind=FamilyAssignment.Kind.SHARED)

    def own_of(self, mediator, municipality):
        """The families that a mediator has or had in a municipality."""
        return self.own().filter(mediator=mediator, family__municipality=municipality)

    def not_introduced(self):
        """Taken over from another mediator, and the family has not agreed to it since."""
        agreed = Consent.objects.filter(
            family=OuterRef("family"),
            purpose=Consent.Purpose.KEEP,
            given_on__gte=OuterRef("starts_on"),
        )
        return self.exclude(hand_over=None).exclude(Exists(agreed))


class FamilyAssignment(models.Model):
    """Lets one mediator work with one family for a time (A3.2)."""

    class Kind(models.TextChoices):
        OWN = "own", pgettext_lazy("assignment of a family", "own")
        SHARED = "shared", pgettext_lazy("assignment of a family", "shared")
        SUBSTITUTION = (
            "substitution",
            pgettext_lazy("assignment of a family", "substitution"),
        )

    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="assignments",
        on_delete=models.CASCADE,
    )
    mediator = models.ForeignKey(
        User,
        verbose_name=_("mediator"),
        related_name="family_assignments",
        on_delete=models.PROTECT,
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OWN)
    starts_on = models.DateField(_("first day"), default=timezone.localdate)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    substitution = models.ForeignKey(
        Substitution,
        verbose_name=_("substitution"),
        related_name="assignments",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )
    hand_over = models.ForeignKey(
        HandOver,
        verbose_name=_("hand-over"),
        related_name="assignments",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
    )

    objects = FamilyAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["family", "starts_on"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                name="assignment_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.UniqueConstraint(
                name="assignment_has_one_open_own",
                fields=["family"],
                condition=Q(kind="own", ends_on=None),
            ),
            models.CheckConstraint(
                name="assignment_of_a_substitution_says_so",
                condition=Q(substitution=None) | Q(kind="substitution"),
            ),
            models.CheckConstraint(
                name="assignment_handed_over_is_own",
                condition=Q(hand_over=None) | Q(kind="own"),
            ),
            models.UniqueConstraint(
                name="substitution_covers_family_once",
                fields=["substitution", "family"],
            ),
            models.UniqueConstraint(
                name="hand_over_gives_family_once", fields=["hand_over", "family"]
            ),
        ]

    def __str__(self):
        return f"{self.family}: {self.mediator}"

    @property
    def is_introduced(self):
        """The opposite of ``not_introduced`` for a row at hand."""
        kept = Consent.Purpose.KEEP
        agreed = (row for row in self.family.consents.all() if row.purpose == kept)
        return self.hand_over_id is None or any(
            row.given_on >= self.starts_on for row in agreed
        )

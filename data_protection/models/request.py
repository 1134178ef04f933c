"""What a person asks of the data kept about them, and who decided (GDPR 12–21)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models import Family, FamilyMember
from mediators.models import Role, User
from municipalities.models import Counter
from municipalities.working_days import last_day, next_month
from privacy.fields import EncryptedTextField
from privacy.ids import uuid7

SOON_DAYS = 7


class AlreadyDecided(Exception):
    """Somebody else was faster, or the person may not decide on this request."""


class SubjectRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Officers see all, with codes; mediators those of their families, and of one that
        was erased what they took down, to tell the person that it is done; the lead mediator
        those that an officer took down, to be the second person."""
        if user.has_role(Role.DATA_PROTECTION_OFFICER):
            return self
        seen = Q(family__in=Family.objects.assigned_to(user))
        seen |= Q(created_by=user, family__erased_on__isnull=False)
        if user.has_role(Role.LEAD_MEDIATOR):
            seen |= Q(is_from_officer=True)
        return self.filter(seen)

    def confirmable_by(self, user):
        """The second person: never who took it down, and one of the two is an officer."""
        waiting = self.visible_to(user).waiting().exclude(created_by=user)
        if user.has_role(Role.DATA_PROTECTION_OFFICER):
            return waiting
        return waiting.filter(is_from_officer=True)

    def handed_out_by(self, user):
        """Confirmed exports: an officer or the family's mediator gives them to the person."""
        given = self.filter(
            kind=SubjectRequest.Kind.ACCESS,
            status__in=(SubjectRequest.Status.CONFIRMED, SubjectRequest.Status.DONE),
            family__erased_on=None,
        ).exclude(is_about_one=True, member=None)
        if user.has_role(Role.DATA_PROTECTION_OFFICER):
            return given
        return given.filter(family__in=Family.objects.assigned_to(user))

    def to_correct_by(self, user):
        """Confirmed corrections: the family's mediator makes them, on its own pages."""
        return self.filter(
            kind=SubjectRequest.Kind.RECTIFICATION,
            status=SubjectRequest.Status.CONFIRMED,
            family__in=Family.objects.visible_to(user),
        )

    def with_codes(self):
        """Adds what pages show of the family: they are handed no row with its name."""
        return self.annotate(
            family_code=F("family__code"),
            family_erased_on=F("family__erased_on"),
            family_restricted_on=F("family__restricted_on"),
        )

    def waiting(self):
        return self.filter(status=SubjectRequest.Status.WAITING)

    def open(self):
        return self.filter(status__in=SubjectRequest.OPEN)

    def closed(self):
        return self.exclude(status__in=SubjectRequest.OPEN).order_by(
            "-received_on", "-pk"
        )


class SubjectRequest(models.Model):
    """One request about the data of a family or of one of its people."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("To get a copy of the data")
        RECTIFICATION = "rectification", _("To have something corrected")
        RESTRICTION = "restriction", _("To have the data only stored")
        OBJECTION = "objection", _("To object to the use of the data")
        ERASURE = "erasure", _("To have the data erased")
        LIFTING = "lifting", _("To have restricted data used again")

    class Identity(models.TextChoices):
        KNOWN = "known", _("the mediator knows the person")
        DOCUMENT = "document", _("a document was shown, not copied")
        REPRESENTATIVE = "representative", _("a representative with an authorisation")
        CHECKED_OTHERWISE = "otherwise", _("in another way")

    class Status(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("request", "waits for the second person")
        CONFIRMED = (
            "confirmed",
            pgettext_lazy("request", "confirmed, to be carried out"),
        )
        DONE = "done", pgettext_lazy("request", "carried out")
        REFUSED = "refused", pgettext_lazy("request", "refused")

    OPEN = (Status.WAITING, Status.CONFIRMED)
    TAGS = {
        Status.WAITING: ("amber", "clock"),
        Status.CONFIRMED: ("blue", "progress"),
        Status.DONE: ("green", "circle-check"),
        Status.REFUSED: ("grey", "circle-x"),
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(_("number"), max_length=12, unique=True, editable=False)
    kind = models.CharField(_("what is asked"), max_length=20, choices=Kind)
    family = models.ForeignKey(
        Family,
        verbose_name=_("family"),
        related_name="subject_requests",
        on_delete=models.PROTECT,
    )
    member = models.ForeignKey(
        FamilyMember,
        verbose_name=_("person"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        help_text=_("Empty: about the whole family."),
    )
    is_about_one = models.BooleanField(default=False, editable=False)
    received_on = models.DateField(_("received"), default=timezone.localdate)
    identity = models.CharField(
        _("how we know who asks"),
        max_length=20,
        choices=Identity,
        default=Identity.KNOWN,
    )
    wish = EncryptedTextField(_("what exactly"), max_length=500, blank=True)
    created_by = models.ForeignKey(
        User,
        verbose_name=_("taken down by"),
        related_name="+",
        on_delete=models.PROTECT,
        editable=False,
    )
    is_from_officer = models.BooleanField(default=False, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.WAITING
    )
    confirmed_by = models.ForeignKey(
        User,
        verbose_name=_("second person"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        editable=False,
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    reason = EncryptedTextField(_("reason"), max_length=500, blank=True)
    closed_on = models.DateField(_("answered"), null=True, blank=True, editable=False)
    plan = models.JSONField(default=dict, editable=False)
    """What an erasure would change, ``{kind of row: how many}``, as the worker counted it."""
    plan_as_of = models.DateTimeField(null=True, blank=True, editable=False)
    plan_asked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SubjectRequestQuerySet.as_manager()

    class Meta:
        ordering = ["received_on", "pk"]
        verbose_name = _("request about data")
        verbose_name_plural = _("requests about data")
        constraints = [
            models.CheckConstraint(
                name="subject_request_has_two_people",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("created_by")),
            ),
            models.CheckConstraint(
                name="subject_request_decided_has_second_person",
                condition=Q(status="waiting", confirmed_by=None, confirmed_at=None)
                | ~Q(status="waiting")
                & Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="subject_request_closed_has_date",
                condition=Q(status__in=["done", "refused"], closed_on__isnull=False)
                | Q(status__in=["waiting", "confirmed"], closed_on=None),
            ),
        ]

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("data_protection:request", args=[self.code])

    @classmethod
    def next_code(cls):
        """“PD-014”: requests of the whole installation in one row."""
        return f"PD-{Counter.take('PD'):03}"

    @property
    def is_open(self):
        return self.status in self.OPEN

    @property
    def due_on(self):
        """One month after it came, on the same day of the month (GDPR 12(3))."""
        end = last_day(next_month(self.received_on))
        return date(end.year, end.month, min(self.received_on.day, end.day))

    @property
    def days_left(self):
        return (self.due_on - timezone.localdate()).days

    @property
    def is_urgent(self):
        return self.is_open and self.days_left <= SOON_DAYS

    @property
    def status_tag(self):
        """Colour and icon name, see ``partials/_tag.html``."""
        return self.TAGS[self.Status(self.status)]

    def decide(self, status, *, by):
        """The second person decides. The UPDATE takes the request only while it waits
        for this person, so of two who decide at the same moment one succeeds."""
        closed_on = timezone.localdate() if status != self.Status.CONFIRMED else None
        changed = (
            SubjectRequest.objects.filter(
                pk__in=SubjectRequest.objects.confirmable_by(by).values("pk"),
                pk=self.pk,
            )
            .waiting()
            .update(
                status=status,
                confirmed_by=by,
                confirmed_at=timezone.now(),
                closed_on=closed_on,
            )
        )
        self._refuse_unless(changed)

    def finish(self):
        """What was confirmed has been carried out; says so once."""
        changed = SubjectRequest.objects.filter(
            pk=self.pk, status=self.Status.CONFIRMED
        ).update(status=self.Status.DONE, closed_on=timezone.localdate())
        self._refuse_unless(changed)

    def _refuse_unless(self, changed):
        self.refresh_from_db()
        if not changed:
            raise AlreadyDecided

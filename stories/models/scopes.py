"""Which stories a person works on, and which anybody reads."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery

from families.models import Consent
from interface.waiting import waiting_first
from mediators.models import COORDINATING, Appointment, Role
from stories.workflow import DRAFTS, Status


class StoryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own ones, those of a colleague who left, and what was handed over.

        An idea is its mediator's alone: names may still stand in it.
        """
        handed_over = ~Q(status=Status.IDEA)
        seen = _own(user) | (_of_who_left(user) & handed_over)
        if user.has_role(*COORDINATING):
            seen |= handed_over & Q(municipality__in=user.places_as(*COORDINATING))
        if user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
            seen |= handed_over
        return self.filter(seen)

    def editable_by(self, user):
        """The mediator writes the idea; coordinators and staff what is being edited."""
        may = _own(user) & Q(status=Status.IDEA)
        editing = Q(status=Status.EDITING)
        if user.has_role(*COORDINATING):
            may |= editing & Q(municipality__in=user.places_as(*COORDINATING))
        if user.has_role(Role.PROJECT_STAFF):
            may |= editing
        return self.filter(may)

    def ideas(self):
        """Those to which nobody ever agreed: an agreement is evidence and stays."""
        return self.filter(status=Status.IDEA, agreements=None)

    def readable_by(self, user):
        """What anybody may read, signed in or not: what is published and agreed to."""
        return self.published()

    def published(self):
        """Ends the moment an agreement or the consent of the family is taken back."""
        agreements = self.model._meta.get_field("agreements").related_model
        agreed = agreements.objects.in_force()
        consent = Consent.objects.in_force().filter(
            family=OuterRef("family"), purpose=Consent.Purpose.STORY
        )
        return self.filter(
            Exists(agreed.filter(story=OuterRef("pk"), mark=OuterRef("mark"))),
            Q(family=None) | Q(Exists(consent), family__restricted_on=None),
            status=Status.PUBLISHED,
        )

    def waiting_first(self, user):
        """Adds ``is_waiting``: whether it waits for the person; these stand before the rest."""
        return waiting_first(self, user, then=self.model._meta.ordering)

    def with_last_step(self):
        """Adds ``last_step_at``, when the last of its events was."""
        events = self.model._meta.get_field("events").related_model.objects
        newest_first = events.filter(story=OuterRef("pk")).order_by("-at", "-pk")
        return self.annotate(last_step_at=Subquery(newest_first.values("at")[:1]))

    def on_paper(self):
        """Those that a leaflet is drawn of: drafts, and what anybody may read."""
        return self.filter(status__in=DRAFTS) | self.published()

    def staying(self):
        """Those that the family wants to stay if it is erased one day."""
        agreements = self.model._meta.get_field("agreements").related_model
        agreed = agreements.objects.in_force().filter(
            story=OuterRef("pk"), mark=OuterRef("mark"), stays_when_erased=True
        )
        return self.filter(Exists(agreed), status=Status.PUBLISHED)

    def spoken_for_by(self, user):
        """Whose words the person may approve: own ones, and those of who left."""
        return self.filter(_own(user) | _of_who_left(user))

    def waiting_for(self, user):
        """Stories whose next move is this person's.

        What was handed over is its coordinator's, until agreement is asked for. While one
        is agreed on that is its mediator, until the words are approved and the family said
        yes to them; then the staff, who publish.
        """
        agreeing = Q(status=Status.AGREEING)
        agreements = self.model._meta.get_field("agreements").related_model.objects
        is_agreed = Q(approved_mark=F("mark")) & Exists(
            agreements.in_force().filter(story=OuterRef("pk"), mark=OuterRef("mark"))
        )
        found = (_own(user) | _of_who_left(user)) & agreeing & ~is_agreed
        found |= Q(status__in=(Status.WRITTEN, Status.EDITING)) & Q(
            municipality__in=user.places_as(*COORDINATING)
        )
        if user.has_role(Role.PROJECT_STAFF):
            found |= agreeing & is_agreed
        return self.filter(found)


def _own(user):
    return Q(mediator=user, municipality__in=user.places_as(Role.MEDIATOR))


def _of_who_left(user):
    """Who wrote it no longer mediates there: whoever mediates there now answers for it."""
    still_there = Appointment.objects.current().filter(
        role=Role.MEDIATOR,
        user=OuterRef("mediator"),
        municipality=OuterRef("municipality"),
    )
    return ~Exists(still_there) & Q(municipality__in=user.places_as(Role.MEDIATOR))

"""Participants of programmes for the beneficiary, who tells them to the fund (X5).

One row a person, by number: no name, no family, no case. Only those that agreed and that
their mediator marked as ready are in it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import InvolvementStep, Participant
from cases.models.involvement import IN
from municipalities.models import Term
from reports.models import DocumentKind
from reports.periods import Period
from reports.resources import ParticipantResource


@dataclass(frozen=True)
class Participants:
    """Those of one programme who began in a period."""

    period: Period
    programme: Term
    rows: list
    made_at: datetime

    kind = DocumentKind.PARTICIPANTS
    municipality = None

    @property
    def audited(self):
        return {"programme": self.programme.code}

    @property
    def title(self):
        return f"{self.kind.label}, {self.programme}, {self.period.label}"

    @property
    def size(self):
        return len(self.rows)

    @property
    def file_stem(self):
        return f"Dalibnieki_{self.programme.code}_{self.period.code_in_a_file_name}"

    def sheets(self):
        return [ParticipantResource(self)]

    def about(self):
        """What the rows are, and what they are not."""
        return [
            (_("Programme"), str(self.programme)),
            (_("Period"), self.period.label),
            (
                _("What it is"),
                _(
                    "Answers of participants to the common indicators of the ESF+ "
                    "(Regulation (EU) 2021/1057, annex I). Each was given of the "
                    "person's own will; “does not want to answer” is an answer, and an "
                    "empty cell means that nobody asked."
                ),
            ),
            (
                _("Who it is"),
                _(
                    "People by number alone. A personal code, where the programme "
                    "needs one, goes from the person to the beneficiary directly."
                ),
            ),
        ]


def participants(programme, period, *, user):
    """Those ready to be handed over whose programme began in the period."""
    # ``Participant.entered_on``, asked of the database: a programme goes on for years
    steps = InvolvementStep.objects.filter(
        involvement=OuterRef("involvement"), step__in=IN
    )
    entered = Subquery(steps.order_by("-stepped_on").values("stepped_on")[:1])
    ready = (
        Participant.objects.readable_by(user)
        .filter(involvement__programme=programme)
        .alias(entered=entered)
        .filter(entered__range=(period.first, period.last))
    )
    ready = ready.select_related("involvement__family__municipality")
    return Participants(
        period=period,
        programme=programme,
        rows=list(ready.prefetch_related("involvement__steps")),
        made_at=timezone.localtime(),
    )

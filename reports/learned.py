"""What mediators learned: hours of training and certificates; supervision in all (I22).

Who had supervision is nobody's business but the mediator's own. Its hours are told of a
calendar year and the whole project alone, so that nobody takes one month from another,
and only where so many had it that nobody is recognised.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import SupervisionSession, Training
from reports.counting import Indicator, Source, Unit

TRAININGS = Source(
    what="trainings of mediators, by their last day",
    rows=lambda scope: scope.narrow(Training.objects.all(), days="ends_on"),
    municipality="municipality",
    day="ends_on",
)
MINUTES = 60

LEARNED = (
    Indicator(
        "training_hours",
        "I22",
        _("Training of mediators"),
        _("Hours of the trainings that ended in the period."),
        Unit.HOURS,
        TRAININGS,
        Sum(F("hours") * MINUTES),
    ),
    Indicator(
        "certificates",
        "I22C",
        _("Certificates of mediators"),
        _("Trainings that ended in the period, with a certificate."),
        Unit.CERTIFICATES,
        TRAININGS,
        Count(
            "pk",
            filter=~Q(certificate_number="") | Q(certificate_issued_on__isnull=False),
        ),
    ),
)


FEWEST = 3
"""With two who had supervision, each would know the hours of the other."""


@dataclass(frozen=True)
class Supervised:
    """Supervision of the whole project; ``hours`` are None where they are not told."""

    mediators: int
    hours: Decimal | None


def supervised(period):
    """How many mediators had supervision until today in a calendar year, and for how many hours."""
    last = min(period.last, timezone.localdate())
    found = SupervisionSession.objects.filter(
        held_on__range=(period.first, last)
    ).aggregate(n=Count("mediator", distinct=True), hours=Sum("hours"))
    if not period.is_year or found["n"] < FEWEST:
        return Supervised(0, None)
    return Supervised(found["n"], found["hours"])

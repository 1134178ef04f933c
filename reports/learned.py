"""What mediators learned: hours of training and certificates (I22).

Supervision is told by nobody's name and no place: see ``documents/project.py``.
"""

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from mediators.models import Training
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

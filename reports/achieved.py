"""The numbers of what was achieved: how often, and for how many people or families.

One person may achieve a thing twice, and a thing may be written down for the family as
a whole: then the family counts as one. Both numbers are told, so that nobody takes one
for the other.
"""

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cases.models import Achievement
from reports.counting import Indicator, Source, Unit

ACHIEVEMENTS = Source(
    what="what was achieved in cases, by the day it was achieved",
    rows=lambda scope: scope.narrow(
        Achievement.objects.all(), days="achieved_on", area="case__area"
    ),
    municipality="municipality",
    day="achieved_on",
)

DOCUMENTS = ("DOC_ISSUED",)
GRANTED = (
    *("SOC_STATUS_GRANTED", "SOC_BENEFIT_GRANTED", "SOC_DISABILITY_GRANTED"),
    "EDU_MEALS_GRANTED",
)
ENROLLED = ("EDU_ENROLLED",)
ATTENDING = ("EDU_RETURNED", "EDU_ATTENDANCE_BETTER")
LOCATED = ("EDU_LOCATED",)
JOBS = ("EMP_JOB_OBTAINED", "EMP_SUMMER_JOB")
UNEMPLOYED = ("EMP_UNEMPLOYED_STATUS",)
TRAINING = ("EMP_TRAINING_STARTED", "EMP_QUALIFICATION")
HOUSING = (
    *("HOU_IN_QUEUE", "HOU_FLAT_RECEIVED", "HOU_DEBT_RESTRUCTURED", "HOU_DEBT_PAID"),
    *("HOU_EVICTION_AVOIDED", "HOU_CONDITIONS_BETTER"),
)
HEALTH = ("HEA_GP_REGISTERED", "HEA_CERT_ISSUED", "HEA_VISITED")


def _times(codes):
    return Count("pk", filter=Q(what__code__in=codes))


WHO = Coalesce("person_id", "case__family_id")


def _people(codes):
    return Count(WHO, distinct=True, filter=Q(what__code__in=codes))


def _achievements(key, code, label, definition, codes):
    return Indicator(
        key, code, label, definition, Unit.ACHIEVEMENTS, ACHIEVEMENTS, _times(codes)
    )


def _persons(key, code, label, definition, codes):
    return Indicator(
        *(key, code, label, definition, Unit.PERSONS, ACHIEVEMENTS, _people(codes)),
        people=lambda scope: (
            ACHIEVEMENTS.rows(scope)
            .filter(what__code__in=codes)
            .annotate(person=WHO, day=F("achieved_on"))
        ),
    )


ACHIEVED = (
    _achievements(
        "documents",
        "I08",
        _("Documents obtained"),
        _("Achievements of the period: a document was received."),
        DOCUMENTS,
    ),
    _persons(
        "documents_people",
        "I08P",
        _("People with a document obtained"),
        _(
            "Different people for whom a document was received; a whole family counts once."
        ),
        DOCUMENTS,
    ),
    _achievements(
        "granted",
        "I09",
        _("Statuses and benefits granted"),
        _(
            "Achievements of the period: status of a needy or low-income household, "
            "benefit, disability status or relief for school meals granted."
        ),
        GRANTED,
    ),
    _persons(
        "granted_people",
        "I09P",
        _("People with a status or benefit granted"),
        _(
            "Different people to whom a status, a benefit or a relief was granted; a "
            "whole family counts once."
        ),
        GRANTED,
    ),
    _achievements(
        "enrolled",
        "I10",
        _("Enrolments of children"),
        _(
            "Achievements of the period: a child was enrolled at a school or pre-school."
        ),
        ENROLLED,
    ),
    _persons(
        "enrolled_people",
        "I10P",
        _("Children enrolled"),
        _("Different children who were enrolled; a whole family counts once."),
        ENROLLED,
    ),
    _achievements(
        "attending",
        "I11",
        _("Times that education was resumed or attendance improved"),
        _(
            "Achievements of the period: education resumed, or school attended more regularly."
        ),
        ATTENDING,
    ),
    _persons(
        "attending_people",
        "I11P",
        _("Children back at school or attending better"),
        _(
            "Different people who resumed their education or attend more regularly; a "
            "whole family counts once."
        ),
        ATTENDING,
    ),
    _achievements(
        "located",
        "I12",
        _("Times that a child was located"),
        _("Achievements of the period: it was found out where a child is."),
        LOCATED,
    ),
    _persons(
        "located_people",
        "I12P",
        _("Children located"),
        _("Different children who were located; a whole family counts once."),
        LOCATED,
    ),
    _achievements(
        "jobs",
        "I13",
        _("Jobs obtained"),
        _("Achievements of the period: a job or a summer job was obtained."),
        JOBS,
    ),
    _persons(
        "jobs_people",
        "I13P",
        _("People who found work"),
        _(
            "Different people who obtained a job or a summer job; a whole family counts once."
        ),
        JOBS,
    ),
    _achievements(
        "unemployed",
        "I13U",
        _("Statuses of unemployed obtained"),
        _("Achievements of the period: the status of unemployed was obtained."),
        UNEMPLOYED,
    ),
    _persons(
        "unemployed_people",
        "I13UP",
        _("People registered as unemployed"),
        _(
            "Different people who obtained the status of unemployed; a whole family counts once."
        ),
        UNEMPLOYED,
    ),
    _achievements(
        "training",
        "I13T",
        _("Vocational training started or finished"),
        _(
            "Achievements of the period: vocational training started, or a qualification gained."
        ),
        TRAINING,
    ),
    _persons(
        "training_people",
        "I13TP",
        _("People in vocational training"),
        _(
            "Different people who started vocational training or gained a qualification; a "
            "whole family counts once."
        ),
        TRAINING,
    ),
    _achievements(
        "housing",
        "I14",
        _("Housing improved"),
        _(
            "Achievements of the period: put in the housing queue, flat received, debt split "
            "or paid, eviction avoided, living conditions improved."
        ),
        HOUSING,
    ),
    Indicator(
        "housing_families",
        "I14F",
        _("Families whose housing improved"),
        _("Different families with an achievement of housing in the period."),
        Unit.FAMILIES,
        ACHIEVEMENTS,
        Count("case__family", distinct=True, filter=Q(what__code__in=HOUSING)),
    ),
    _achievements(
        "health",
        "I15",
        _("Steps to health care"),
        _(
            "Achievements of the period: registered with a family doctor, medical "
            "certificate received, saw a doctor. Facts alone, never a diagnosis."
        ),
        HEALTH,
    ),
    _persons(
        "health_people",
        "I15P",
        _("People who reached health care"),
        _(
            "Different people with an achievement of health care; a whole family counts once."
        ),
        HEALTH,
    ),
)

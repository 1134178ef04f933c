"""What is counted besides entries, cases and achievements: programmes and their steps.

Steps and people are told side by side: one person takes several steps.
"""

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import InvolvementStep
from cases.models.involvement import FUNNEL, WHO
from reports.counting import Indicator, Source, Unit

NOT_OF_THE_EU = ("EEZ", "MUNICIPAL", "OTHER")
"""Programmes of the list that the European Union does not pay for."""

PROGRAMME_STEPS = Source(
    what="steps in programmes that the European Union funds, by the day of the step",
    rows=lambda scope: scope.narrow(
        InvolvementStep.objects.exclude(involvement__programme__code__in=NOT_OF_THE_EU),
        days="stepped_on",
        area="involvement__case__area",
    ),
    municipality="municipality",
    day="stepped_on",
)


def _people_who(stage, code, label, definition):
    return Indicator(
        f"programmes_{stage}_people",
        code,
        label,
        definition,
        Unit.PERSONS,
        PROGRAMME_STEPS,
        Count(WHO, distinct=True, filter=Q(step__in=FUNNEL[stage])),
        people=lambda scope: (
            PROGRAMME_STEPS.rows(scope)
            .filter(step__in=FUNNEL[stage])
            .annotate(
                person=WHO,
                sex=F("involvement__sex"),
                age_band=F("involvement__age_band"),
                day=F("stepped_on"),
            )
        ),
    )


PROGRAMMES = (
    Indicator(
        "programme_steps",
        "I16",
        _("Steps towards EU-funded programmes"),
        _(
            "Steps of the period in programmes of the list, other than those of the EEA "
            "and Norway Grants, of the municipality and “another programme”."
        ),
        Unit.STEPS,
        PROGRAMME_STEPS,
        Count("pk"),
    ),
    _people_who(
        "informed",
        "I16I",
        _("People informed about EU-funded programmes"),
        _(
            "Different people who were approached, informed or said that they are "
            "interested; a whole family counts once."
        ),
    ),
    _people_who(
        "applied",
        "I16A",
        _("People who applied to EU-funded programmes"),
        _("Different people who applied; a whole family counts once."),
    ),
    _people_who(
        "accepted",
        "I16P",
        _("People accepted into EU-funded programmes"),
        _("Different people who were accepted or started; a whole family counts once."),
    ),
    _people_who(
        "finished",
        "I16F",
        _("People who finished EU-funded programmes"),
        _("Different people who finished; a whole family counts once."),
    ),
    _people_who(
        "dropped",
        "I16D",
        _("People who left EU-funded programmes before the end"),
        _(
            "Different people who dropped out, declined or were not accepted; a whole "
            "family counts once."
        ),
    ),
)
ALSO_COUNTED = (*PROGRAMMES,)

"""What is counted besides entries, cases and achievements: programmes and their steps.

Steps and people are told side by side: one person takes several steps.
"""

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from cases.models import Incident, InvolvementStep
from cases.models.involvement import FUNNEL, WHO
from families.models import Residence
from families.models.residence import (
    BEGAN_TO_WANT_TO_RETURN,
    LEFT_ABROAD,
    RETURNED,
)
from reports.counting import VISITS, Indicator, Source, Unit

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
INTERPRETED = ~Q(interpreting="")
IN_COURT = INTERPRETED & Q(is_in_court=True)
INTERPRETING = (
    Indicator(
        "interpretings",
        "I07",
        _("Times of interpreting"),
        _("Log entries in which the mediator interpreted."),
        Unit.ENTRIES,
        VISITS,
        Count("pk", filter=INTERPRETED),
    ),
    Indicator(
        "interpreted_hours",
        "I07H",
        _("Hours of interpreting"),
        _("Time of interpreting in the log entries of the period, in hours."),
        Unit.HOURS,
        VISITS,
        Sum("interpreted_minutes", filter=INTERPRETED),
    ),
    Indicator(
        "court_interpretings",
        "I07C",
        _("Times of interpreting in court"),
        _("Log entries in which the mediator interpreted in court."),
        Unit.HEARINGS,
        VISITS,
        Count("pk", filter=IN_COURT),
    ),
    Indicator(
        "court_hours",
        "I07CH",
        _("Hours of interpreting in court"),
        _(
            "Time of interpreting in court, in hours; part of the hours of interpreting."
        ),
        Unit.HOURS,
        VISITS,
        Sum("interpreted_minutes", filter=IN_COURT),
    ),
)


RESIDENCES = Source(
    what="changes of where a family lives, by the day since when",
    rows=lambda scope: scope.narrow(
        # Nothing of an area of work; it counts for the mediator who wrote it down
        Residence.objects.with_previous().annotate(
            municipality=F("family__municipality"), mediator=F("by")
        ),
        days="since_on",
    ),
    municipality="municipality",
    day="since_on",
    way_to_place="family__municipality",
)


def _abroad(key, code, label, definition, became):
    families = Count("family", distinct=True, filter=became)
    return Indicator(
        *(key, code, label, definition, Unit.FAMILIES, RESIDENCES, families)
    )


ABROAD = (
    _abroad(
        "left_families",
        "I19L",
        _("Families that left for abroad"),
        _("Different families that began to live abroad in the period."),
        LEFT_ABROAD,
    ),
    _abroad(
        "returning_families",
        "I19W",
        _("Families abroad that want to return"),
        _("Different families of which it was noted in the period."),
        BEGAN_TO_WANT_TO_RETURN,
    ),
    _abroad(
        "returned_families",
        "I19R",
        _("Families that returned from abroad"),
        _("Different families that returned in the period."),
        RETURNED,
    ),
)


def _incidents(key, code, label, definition, what, day):
    source = Source(
        what=what,
        rows=lambda scope: scope.narrow(Incident.objects.all(), days=day),
        municipality="municipality",
        day=day,
    )
    return Indicator(key, code, label, definition, Unit.INCIDENTS, source, Count("pk"))


INCIDENTS = (
    _incidents(
        "incidents",
        "I18",
        _("Incidents of discrimination"),
        _(
            "Discrimination, hate speech and hate crimes of which mediators learned in "
            "the period."
        ),
        "incidents, by the day they were written down",
        "noted_on",
    ),
    _incidents(
        "reported_incidents",
        "I18R",
        _("Incidents of discrimination reported"),
        _("Incidents of which an authority was told in the period."),
        "incidents that were reported, by the day the report was written down",
        "report_noted_on",
    ),
)
ALSO_COUNTED = (*INTERPRETING, *PROGRAMMES, *INCIDENTS, *ABROAD)

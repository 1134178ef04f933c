"""Who stands in for whom in the demo: a substitute today, a successor some time ago."""

from datetime import timedelta
from uuid import NAMESPACE_DNS, uuid5

from django.utils.text import slugify

from cases.models import Area, Kind, Visit, VisitArea
from families.models import Consent, FamilyAssignment, HandOver, Substitution
from mediators.models import Appointment, Role, User
from municipalities.working_days import working_days

PREDECESSORS = (("Velta", "Rozentāle"), ("Anita", "Straume"))
"""Mediators who left before the first month of the demo."""
LAST_TALKS = (
    ("school", Area.EDUCATION),
    ("social", Area.SOCIAL),
    ("housing", Area.HOUSING),
    ("school", Area.EDUCATION),
    ("doctor", Area.HEALTH),
    ("jobs", Area.EMPLOYMENT),
)


def add_stand_ins(first, owner, colleague, clock):
    """Two mediators of one municipality: one leads the other's families this week.

    The first mediator and one of the two took over from somebody.
    """
    _cover(colleague, owner, clock.months[-3], 13, Substitution.Reason.TRAINING, clock)
    _cover(owner, colleague, clock.ago(2), 8, Substitution.Reason.HOLIDAY, clock)
    _succeed(colleague, PREDECESSORS[0], clock, waiting=1)
    _succeed(first, PREDECESSORS[1], clock, waiting=0)


def _cover(absent, substitute, starts_on, days, reason, clock):
    substitution = Substitution.objects.create(
        absent=absent.mediator,
        substitute=substitute.mediator,
        municipality=absent.municipality,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days),
        reason=reason,
        made_by=absent.mediator,
        made_at=clock.at(starts_on - timedelta(days=3), 10),
    )
    FamilyAssignment.objects.bulk_create(
        FamilyAssignment(
            family=family,
            mediator=substitute.mediator,
            kind=FamilyAssignment.Kind.SUBSTITUTION,
            substitution=substitution,
            starts_on=max(starts_on, family.started_on),
            ends_on=substitution.ends_on,
        )
        for family in absent.families
        if family.started_on <= substitution.ends_on and not family.closed_on
    )


def _succeed(desk, name, clock, *, waiting):
    """The families known from before the demo came from the predecessor of the desk.

    ``waiting`` of those that are still there have not agreed to the new mediator yet.
    """
    last_day = clock.first - timedelta(days=1)
    families = [family for family in desk.families if family.started_on <= last_day]
    predecessor = _leave(desk, name, families, last_day)
    plan = HandOver.objects.create(
        mediator=predecessor,
        successor=desk.mediator,
        municipality=desk.municipality,
        last_day=last_day,
        made_by=desk.coordinator,
        made_at=clock.at(last_day - timedelta(days=7), 11),
    )
    FamilyAssignment.objects.filter(
        family__in=families, mediator=desk.mediator, kind=FamilyAssignment.Kind.OWN
    ).update(starts_on=plan.starts_on, hand_over=plan)
    FamilyAssignment.objects.bulk_create(
        FamilyAssignment(
            family=family,
            mediator=predecessor,
            starts_on=family.started_on,
            ends_on=last_day,
        )
        for family in families
    )
    _introduce(desk, families, plan, waiting)


def _leave(desk, name, families, last_day):
    first, last = name
    user = User(
        email=f"{slugify(first)}.{slugify(last)}@tilts.example",
        first_name=first,
        last_name=last,
        is_active=False,
    )
    user.set_unusable_password()
    user.save()
    Appointment.objects.create(
        user=user,
        role=Role.MEDIATOR,
        municipality=desk.municipality,
        starts_on=min(family.started_on for family in families),
        ends_on=last_day,
    )
    return user


def tell_what_they_did(desks, clock, numbers):
    """The last talks of those who left, with institutions: what a successor inherits."""
    for desk in desks:
        for plan in HandOver.objects.filter(successor=desk.mediator):
            days = working_days(plan.last_day - timedelta(days=30), plan.last_day)
            for number, (key, area) in enumerate(LAST_TALKS):
                _talk(desk, clock, numbers, plan.mediator, days[number * 2], key, area)


def _talk(desk, clock, numbers, mediator, day, key, area):
    institution, officials = desk.institutions[key]
    prefix = f"{desk.municipality.prefix}-{day:%y}"
    visit = Visit.objects.create(
        client_uuid=uuid5(NAMESPACE_DNS, f"{mediator.email} {day}"),
        code=f"{prefix}-{numbers.take(prefix):04}",
        mediator=mediator,
        municipality=desk.municipality,
        kind=Kind.INSTITUTION_MEETING,
        visited_on=day,
        minutes=45,
        without=Visit.Without.INSTITUTION,
        institution=institution,
        contact=officials[0],
        note="Pastāstīju, kas būs nākamais mediators.",
        created_at=clock.at(day, 17),
    )
    VisitArea.objects.create(visit=visit, area=area, position=0)


def _introduce(desk, families, plan, waiting):
    """The others agreed to the new mediator within a few weeks."""
    still_there = [family for family in families if not family.closed_on]
    agreed = Consent.objects.filter(
        family__in=families, purpose=Consent.Purpose.KEEP, given_on__lte=plan.last_day
    )
    agreed = agreed.exclude(family__in=still_there[:waiting]).order_by("family__code")
    for number, consent in enumerate(agreed):
        consent.given_on = plan.starts_on + timedelta(days=3 * number)
        consent.recorded_by = desk.mediator
        consent.save(update_fields=["given_on", "recorded_by"])

"""Relation × page: what somebody gets who stands in a relation to what belongs to another.

Each relation is a function that brings it about in the house and returns who looks.
Reviewed together with ``tests/access_table.py``; both are printed in
``docs/access-matrix.md``.
"""

from datetime import timedelta

from django.utils import timezone

from cases.models import CaseShare
from cases.services import deletion
from data_protection.models import LegalHold
from data_protection.services import erasure
from families.models import Family, FamilyAssignment, Substitution
from mediators.models import Appointment, Role, User
from tests.access_table import LOGIN
from tests.factories import (
    AppointmentFactory,
    FamilyAssignmentFactory,
    MunicipalityFactory,
    UserFactory,
)

PAGES = {
    "family": "families:detail",
    "person": "families:member-update",
    "who looked": "families:access-log",
    "case": "cases:case-detail",
    "shared case": "cases:shared-case",
    "entry": "cases:visit-detail",
    "report": "reports:report",
    "decision": "reports:review",
    "PDF": "reports:pdf",
}
SHARED, COVERS = FamilyAssignment.Kind.SHARED, FamilyAssignment.Kind.SUBSTITUTION


def day(days):
    return timezone.localdate() + timedelta(days=days)


def own(house, people):
    return people["mediator"]


def works_with(house, people, kind=SHARED, **days):
    FamilyAssignmentFactory(
        family=house.family, mediator=people["colleague"], kind=kind, **days
    )
    return people["colleague"]


def covers(house, people, **days):
    absence = Substitution.objects.filter(pk=house.substitution.pk)
    absence.update(substitute=people["colleague"])
    return works_with(house, people, COVERS, substitution=absence.get(), **days)


def covers_today(house, people):
    return covers(house, people, ends_on=day(0))


def covered_until_yesterday(house, people):
    return covers(house, people, ends_on=day(-1))


def covering_was_ended_early(house, people):
    substitute = covers(house, people, ends_on=day(5))
    Substitution.objects.update(ended_early_on=day(0))
    return substitute


def shared_until_yesterday(house, people):
    return works_with(house, people, ends_on=day(-1))


def _hand_over(house, people, last_day):
    FamilyAssignment.objects.filter(mediator=people["mediator"]).update(
        ends_on=last_day
    )
    FamilyAssignmentFactory(
        family=house.family,
        mediator=people["colleague"],
        starts_on=last_day + timedelta(days=1),
    )


def took_over_today(house, people):
    _hand_over(house, people, day(-1))
    return people["colleague"]


def takes_over_tomorrow(house, people):
    _hand_over(house, people, day(0))
    return people["colleague"]


def gave_away_yesterday(house, people):
    _hand_over(house, people, day(-1))
    return people["mediator"]


def appointment_ended(house, people):
    mine = Appointment.objects.filter(user=people["mediator"])
    mine.update(ends_on=day(-1))
    return people["mediator"]


def moved_to_another_municipality(house, people):
    appointment_ended(house, people)
    AppointmentFactory(user=people["mediator"], municipality=MunicipalityFactory())
    return people["mediator"]


def switched_off(house, people):
    User.objects.filter(pk=people["mediator"].pk).update(is_active=False)
    return people["mediator"]


def coordinates_too(house, people):
    AppointmentFactory(
        user=people["mediator"], role=Role.COORDINATOR, municipality=house.municipality
    )
    return people["mediator"]


def coordinates(house, people):
    return people["coordinator"]


def share_has_ended(house, people):
    CaseShare.objects.update(starts_on=day(-9), ends_on=day(-1))
    return people["coordinator"]


def coordinates_elsewhere(house, people):
    return UserFactory(role=Role.COORDINATOR, municipality=MunicipalityFactory())


def restricted(house, people):
    Family.objects.filter(pk=house.family.pk).update(restricted_on=day(0))
    return people["mediator"]


def closed(house, people):
    Family.objects.filter(pk=house.family.pk).update(closed_on=day(0))
    return people["mediator"]


def erased(house, people):
    LegalHold.objects.all().delete()
    erasure.erase_family(
        house.family, why="request", by=people["data_protection_officer"]
    )
    return people["mediator"]


def deleted(house, people):
    deletion.delete_visit(house.visit, by=people["mediator"])
    return people["mediator"]


REFUSED, SIGN_IN = (404,) * 9, (LOGIN,) * 9

RELATIONS = {
    # family, person, who looked, case, shared case, entry, report, decision, PDF
    "is its mediator":
        (own, (200, 200, 200, 200, 404, 200, 200, 404, 200)),
    "shares the family with its mediator":
        (works_with, (200, 200, 200, 200, 404, 200, 404, 404, 404)),
    "shared it until yesterday":
        (shared_until_yesterday, REFUSED),
    "covers for the mediator today":
        (covers_today, (200, 200, 200, 200, 404, 200, 404, 404, 404)),
    "covered until yesterday":
        (covered_until_yesterday, REFUSED),
    "covered, and was told today that it is over":
        (covering_was_ended_early, REFUSED),
    "took the family over today":
        (took_over_today, (200, 200, 200, 200, 404, 200, 404, 404, 404)),
    "takes it over tomorrow":
        (takes_over_tomorrow, REFUSED),
    "gave it away yesterday":
        (gave_away_yesterday, (404, 404, 404, 404, 404, 200, 200, 404, 200)),
    "was its mediator, and the appointment ended yesterday":
        (appointment_ended, REFUSED),
    "was its mediator, and works in another municipality now":
        (moved_to_another_municipality, REFUSED),
    "is its mediator, and the account is switched off":
        (switched_off, SIGN_IN),
    "is its mediator, and coordinates the municipality too":
        (coordinates_too, (200, 200, 200, 200, 200, 200, 200, 404, 200)),
    "coordinates the municipality":
        (coordinates, (404, 404, 404, 404, 200, 404, 302, 200, 200)),
    "coordinates it, and the share of the case ended yesterday":
        (share_has_ended, (404, 404, 404, 404, 404, 404, 302, 200, 200)),
    "coordinates another municipality":
        (coordinates_elsewhere, REFUSED),
    "is its mediator, and the data may only be stored":
        (restricted, (200, 404, 404, 404, 404, 404, 200, 404, 200)),
    "is its mediator, and the work with the family has ended":
        (closed, (200, 200, 200, 200, 404, 200, 200, 404, 200)),
    "was its mediator, and the family was erased":
        (erased, (404, 404, 404, 404, 404, 200, 200, 404, 200)),
    "deleted the entry":
        (deleted, (200, 200, 200, 200, 404, 404, 200, 404, 200)),
}  # fmt: skip

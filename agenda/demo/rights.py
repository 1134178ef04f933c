"""The data-protection side of the demo: requests, an erasure, a breach that was an exercise."""

from datetime import timedelta

from data_protection.models import Breach, Erasure, SubjectRequest
from families.models import Consent, Family
from mediators.models import Role, User

EXERCISE = {
    "what": "Mācības: mediatore ziņo, ka pazudis darba tālrunis.",
    "consequences": "Tālrunis ir aizslēgts, dati tajā ir šifrēti.",
    "measures": "Konts bloķēts stundas laikā, sesijas izbeigtas.",
    "decision": "Inspekcijai nav jāziņo: dati nav lasāmi. Mācības izdevās.",
}


def add_rights(desks, clock):
    officer = User.objects.filter(appointments__role=Role.DATA_PROTECTION_OFFICER)[0]
    desk = desks[0]
    _ask(desk, clock, officer)
    _erase(desk, clock, officer)
    _exercise(desk, clock, officer)


def _ask(desk, clock, officer):
    """Waits for the mediator as the second person."""
    SubjectRequest.objects.create(
        code=SubjectRequest.next_code(),
        kind=SubjectRequest.Kind.ACCESS,
        family=desk.families[4],
        received_on=clock.until - timedelta(days=6),
        created_by=officer,
        is_from_officer=True,
    )


def _erase(desk, clock, officer):
    """What is left of a family that asked to be erased."""
    began, ended = (clock.until - timedelta(days=days) for days in (150, 40))
    family = Family.objects.create(
        code=Family.next_code(desk.municipality),
        municipality=desk.municipality,
        label="",
        started_on=began,
        closed_on=ended,
        erased_on=ended,
    )
    Consent.objects.create(
        family=family,
        purpose=Consent.Purpose.KEEP,
        given_on=began,
        withdrawn_on=ended - timedelta(days=3),
        recorded_by=desk.mediator,
    )
    SubjectRequest.objects.create(
        code=SubjectRequest.next_code(),
        kind=SubjectRequest.Kind.ERASURE,
        family=family,
        received_on=ended - timedelta(days=3),
        created_by=desk.mediator,
        confirmed_by=officer,
        confirmed_at=clock.at(ended, 10),
        status=SubjectRequest.Status.DONE,
        closed_on=ended,
    )
    Erasure.objects.create(
        family_id=family.pk,
        why=Erasure.Why.REQUEST,
        by=officer,
        at=clock.at(ended, 10),
    )


def _exercise(desk, clock, officer):
    day = clock.until - timedelta(days=30)
    Breach.objects.create(
        code=Breach.next_code(),
        discovered_at=clock.at(day, 9),
        is_exercise=True,
        risk=Breach.Risk.UNLIKELY,
        account=desk.mediator,
        seen_from=clock.at(day, 8),
        seen_to=clock.at(day, 12),
        closed_on=day + timedelta(days=1),
        registered_by=officer,
        registered_at=clock.at(day, 9),
        **EXERCISE,
    )

"""The data-protection side of the demo: two requests, a breach that was an exercise."""

from datetime import timedelta

from data_protection.models import Breach, SubjectRequest
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
    _answered(desk, clock, officer)
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


def _answered(desk, clock, officer):
    """A copy that was handed out weeks ago."""
    day = clock.until - timedelta(days=40)
    SubjectRequest.objects.create(
        code=SubjectRequest.next_code(),
        kind=SubjectRequest.Kind.ACCESS,
        family=desk.families[1],
        received_on=day - timedelta(days=3),
        created_by=desk.mediator,
        confirmed_by=officer,
        confirmed_at=clock.at(day, 10),
        status=SubjectRequest.Status.DONE,
        closed_on=day,
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

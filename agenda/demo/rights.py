"""The data-protection side of the demo: requests in every state, breaches."""

from datetime import timedelta

from data_protection.models import Breach, SubjectRequest
from mediators.models import Role, User

EXERCISE = {
    "what": "Mācības: mediatore ziņo, ka pazudis darba tālrunis.",
    "consequences": "Tālrunis ir aizslēgts, dati tajā ir šifrēti.",
    "measures": "Konts bloķēts stundas laikā, sesijas izbeigtas.",
    "decision": "Inspekcijai nav jāziņo: dati nav lasāmi. Mācības izdevās.",
}


LEFT_IN_A_BUS = {
    "what": "Mediatores darba telefons palicis autobusā, atrasts nākamajā rītā.",
    "consequences": "Telefons bija aizslēgts; vai kāds to mēģināja atvērt, nav zināms.",
    "measures": "Visi konta pieslēgumi izbeigti stundas laikā.",
}
WRONG_ENVELOPE = {
    "what": "Izziņa par vienu ģimeni ielikta aploksnē citai iestādei.",
    "consequences": "Iestādes darbiniece redzēja kodu un datumus, vārdu tur nebija.",
    "measures": "Izziņa atgriezta, aploksnes turpmāk pārbauda otrs cilvēks.",
    "decision": "Inspekcijai paziņots, cilvēkiem nav jāziņo: vārdu izziņā nav.",
}
NOT_TO_ERASE = "Lieta vēl ir tiesā, dati vajadzīgi prasības aizstāvēšanai."


def add_rights(desks, clock):
    officer = User.objects.filter(appointments__role=Role.DATA_PROTECTION_OFFICER)[0]
    _ask(desks[0], clock, officer)
    _answered(desks[0], clock, officer)
    _to_correct(desks[1], clock, officer)
    _refused(desks[2], clock, officer)
    _to_erase(desks[3], clock)
    _exercise(desks[0], clock, officer)
    _breaches(desks, clock, officer)


def _request(family, day, by, **facts):
    """Taken down on a day by an officer, or by the family's mediator."""
    return SubjectRequest.objects.create(
        code=SubjectRequest.next_code(),
        family=family,
        received_on=day,
        created_by=by,
        is_from_officer=by.has_role(Role.DATA_PROTECTION_OFFICER),
        **facts,
    )


def _decided(by, clock, day, status):
    """The facts about the second person."""
    is_open = status in SubjectRequest.OPEN
    return {
        "confirmed_by": by,
        "confirmed_at": clock.at(day, 10),
        "status": status,
        "closed_on": None if is_open else day,
    }


def _ask(desk, clock, officer):
    """Waits for the mediator as the second person."""
    access = SubjectRequest.Kind.ACCESS
    _request(desk.families[4], clock.ago(6), officer, kind=access)


def _answered(desk, clock, officer):
    """A copy that was handed out weeks ago."""
    _request(
        desk.families[1],
        clock.ago(43),
        desk.mediator,
        kind=SubjectRequest.Kind.ACCESS,
        **_decided(officer, clock, clock.ago(40), SubjectRequest.Status.DONE),
    )


def _to_correct(desk, clock, officer):
    """The mediator is reminded until she has corrected it."""
    _request(
        desk.families[2],
        clock.ago(9),
        officer,
        kind=SubjectRequest.Kind.RECTIFICATION,
        wish="Tālruņa numurs ir mainījies.",
        **_decided(desk.mediator, clock, clock.ago(5), SubjectRequest.Status.CONFIRMED),
    )


def _refused(desk, clock, officer):
    _request(
        desk.families[3],
        clock.ago(75),
        desk.mediator,
        kind=SubjectRequest.Kind.ERASURE,
        identity=SubjectRequest.Identity.DOCUMENT,
        reason=NOT_TO_ERASE,
        **_decided(officer, clock, clock.ago(70), SubjectRequest.Status.REFUSED),
    )


def _to_erase(desk, clock):
    """Waits for the officer, who sees first what an erasure would change."""
    _request(
        desk.families[5],
        clock.ago(26),
        desk.mediator,
        kind=SubjectRequest.Kind.ERASURE,
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


def _breaches(desks, clock, officer):
    """The clock of the first one runs; the other one was told to the authority in time."""
    yesterday = clock.ago(1)
    Breach.objects.create(
        code=Breach.next_code(),
        discovered_at=clock.at(yesterday, 20),
        risk=Breach.Risk.RISK,
        account=desks[3].mediator,
        seen_from=clock.at(yesterday, 16),
        seen_to=clock.at(yesterday, 20),
        registered_by=officer,
        registered_at=clock.at(yesterday, 21),
        **LEFT_IN_A_BUS,
    )
    day = clock.ago(95)
    Breach.objects.create(
        code=Breach.next_code(),
        discovered_at=clock.at(day, 9),
        risk=Breach.Risk.RISK,
        authority_told_at=clock.at(day + timedelta(days=1), 12),
        closed_on=day + timedelta(days=6),
        registered_by=officer,
        registered_at=clock.at(day, 10),
        **WRONG_ENVELOPE,
    )

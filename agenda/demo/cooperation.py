"""Work with institutions in the demo: referrals, stages of cases, a shared case.

Nothing here asks chance, so that the rest of the demo stays as it is.
"""

from datetime import timedelta

from agenda.demo.history import BY_TITLE
from cases.models import (
    Area,
    CaseEvent,
    CaseShare,
    CaseStatus,
    Kind,
    Referral,
    SubGoal,
    Visit,
)
from municipalities.models import Vocabulary

RESPONSES = (
    *("", Visit.Response.AGREED, "", Visit.Response.NEEDS_HELP, ""),
    *(Visit.Response.THINKING, "", Visit.Response.AGREED, Visit.Response.DECLINED),
)
WITH_THE_FAMILY = (Kind.HOME_VISIT, Kind.OFFICE_TALK, Kind.ACCOMPANIMENT)
# Days from the last day of the demo on which institutions were asked
WAITING_SINCE = (3, 24, 8, 19, 5)
ANSWERED = ((30, 22), (41, 35), (26, 12))
ANSWERS = (
    (Referral.Answer.ACCEPTED, "Palīdzēs, vajadzīgi dokumenti."),
    (Referral.Answer.REFUSED, "Pietrūkst izziņas. Var iesniegt vēlreiz."),
    (Referral.Answer.ACCEPTED, ""),
    (Referral.Answer.NONE, "Zvanīju divas reizes."),
)
REQUESTS = {
    Area.EDUCATION: "EDU_TALK",
    Area.SOCIAL: "SOC_WORKER",
    Area.HOUSING: "HOU_QUEUE",
    Area.HEALTH: "HEA_DOCTOR",
    Area.EMPLOYMENT: "EMP_REGISTER",
    Area.DOCUMENTS: "DOC_ISSUE",
}
STAGES = {
    "Skolas kavējumi": (
        "Saruna skolā ir notikusi",
        "Kavētie darbi nodoti",
        "Divas nedēļas bez kavējumiem",
    ),
    "Īres parāds": (
        "Parāda summa ir zināma",
        "Maksājumu grafiks parakstīts",
        "Pirmā daļa samaksāta",
    ),
    "Dzīvokļu rinda": ("Dokumenti savākti", "Iesniegums reģistrēts"),
    "Bezdarbnieka statuss": ("Dokumenti sagatavoti", "Pirmā tikšanās NVA"),
}
DONE = {
    Kind.HOME_VISIT: ("ANY_MOTIVATION", "ANY_PARENTS", "HOME_VISIT_CONDITIONS"),
    Kind.INSTITUTION_MEETING: (
        "INSTITUTION_MEETING_SCHOOL",
        "ANY_ADVOCACY",
        "INSTITUTION_MEETING_CONFERENCE",
    ),
    Kind.CALL: ("CALL_WRITTEN", "ANY_INFORM_INSTITUTION", "ANY_INFO"),
    Kind.ACCOMPANIMENT: ("ACCOMPANIMENT_DOCTOR", "ACCOMPANIMENT_OFFICE"),
    Kind.OFFICE_TALK: ("ANY_DOCUMENTS", "OFFICE_TALK_PEERS"),
    Kind.GROUP: ("GROUP_CLASS", "GROUP_CULTURE", "ANY_PREVENTION"),
}
SHARED = ("Kārkliņu ģimene", "Īres parāds")


def tell_responses(entries):
    """What was done, how families answered, which meetings were part of a common plan."""
    for entry in entries:
        visit, number = entry.visit, entry.visit.client_uuid.int
        done = DONE[visit.kind]
        # Nobody says it of each entry
        if number % 5 < 3:
            visit.activity_id = f"{Vocabulary.ACTIVITY}.{done[number % len(done)]}"
        if entry.families and visit.kind in WITH_THE_FAMILY:
            visit.response = RESPONSES[number % len(RESPONSES)]
        visit.is_coordinated = visit.institution is not None and number % 3 == 0


def refer(desk, cases, clock):
    """What is still waited for in cases on hold, and what was answered in others."""
    on_hold = [case for case in cases if case.status == CaseStatus.WAITING]
    for number, case in enumerate(on_hold):
        days = WAITING_SINCE[number % len(WAITING_SINCE)]
        yield _referral(desk, case, clock, days)
    in_work = [case for case in cases if case.status == CaseStatus.ACTIVE]
    for number, case in enumerate(in_work[::2]):
        asked, answered = ANSWERED[number % len(ANSWERED)]
        if case.opened_on > clock.ago(asked):
            continue
        answer, note = ANSWERS[number % len(ANSWERS)]
        row = _referral(desk, case, clock, asked)
        row.answer, row.note = answer, note
        row.answered_on = clock.ago(answered)
        yield row


def _referral(desk, case, clock, days):
    institution, officials = desk.institutions[BY_TITLE[case.title].partners[-1]]
    sent_on = max(case.opened_on, clock.ago(days))
    return Referral(
        case=case,
        institution=institution,
        contact=officials[0],
        request_id=f"referral_request.{REQUESTS.get(case.area, 'ANY_INFO')}",
        sent_on=sent_on,
        due_on=Referral.usually_due(sent_on),
        by=desk.mediator,
        created_at=clock.at(sent_on, 16),
    )


def changes_of(referrals, clock):
    """Sending puts a case on hold, an answer takes it up again."""
    for row in referrals:
        yield _change(row, CaseStatus.WAITING, clock.at(row.sent_on, 16))
        if row.answer:
            yield _change(row, CaseStatus.ACTIVE, clock.at(row.answered_on, 16))


def _change(referral, status, at):
    return CaseEvent(case=referral.case, by=referral.by, at=at, status=status)


def stages_of(cases, clock):
    """Stages of the cases that have them, the first ones reached."""
    for case in cases:
        texts = STAGES.get(case.title, ()) if not case.is_closed else ()
        for position, text in enumerate(texts, start=1):
            reached = position == 1 and case.opened_on <= clock.ago(10)
            yield SubGoal(
                case=case,
                position=position,
                text=text,
                done_on=clock.ago(8) if reached else None,
            )


def share_one(desk, cases, clock):
    """The first mediator shares a case with the coordinators."""
    for case in cases if desk.is_first else ():
        if (case.family.label, case.title) == SHARED and not case.is_closed:
            yield CaseShare(
                case=case,
                by=desk.mediator,
                reason="Vajadzīgs lēmums par parāda sadalīšanu maksājumos.",
                agreed_on=clock.ago(3),
                starts_on=clock.ago(3),
                ends_on=clock.until + timedelta(days=27),
                created_at=clock.at(clock.ago(3), 15),
            )

"""Whom the cases of the demo are about, and what was achieved in those that were solved.

Chance of its own, so that the rest of the demo stays as it is.
"""

from datetime import timedelta

from agenda.demo.chance import dice
from cases.models import Achievement, Area, CasePerson, Outcome
from municipalities.models import Term, Vocabulary

# What a matter leads to, by its category; the others of an area have what fits the area
BY_CATEGORY = {
    "EDU_ABSENCE": "EDU_ATTENDANCE_BETTER",
    "EDU_PRESCHOOL": "EDU_ENROLLED",
    "EDU_MEALS": "EDU_MEALS_GRANTED",
    "EDU_RETURN": "EDU_RETURNED",
    "EDU_CONFLICT": "EDU_CONFLICT_SOLVED",
    "HOU_QUEUE": "HOU_IN_QUEUE",
    "HOU_RENT_DEBT": "HOU_DEBT_RESTRUCTURED",
    "HOU_FIREWOOD": "HOU_FIREWOOD_RECEIVED",
    "HOU_DECLARATION": "DOC_ISSUED",
    "SOC_NEEDY": "SOC_STATUS_GRANTED",
    "SOC_FOOD": "SOC_AID_RECEIVED",
    "EMP_UNEMPLOYED": "EMP_UNEMPLOYED_STATUS",
    "EMP_JOB": "EMP_JOB_OBTAINED",
    "HEA_GP": "HEA_GP_REGISTERED",
    "HEA_CERTIFICATE": "HEA_CERT_ISSUED",
    "MOB_RETURN": "MOB_RETURNED",
}
BY_AREA = {
    Area.EDUCATION: "EDU_STAYED",
    Area.SOCIAL: "SOC_BENEFIT_GRANTED",
    Area.HOUSING: "HOU_CONDITIONS_BETTER",
    Area.HEALTH: "HEA_VISITED",
    Area.EMPLOYMENT: "EMP_TRAINING_STARTED",
    Area.DOCUMENTS: "DOC_ISSUED",
    Area.RIGHTS: "JUS_RIGHTS_UPHELD",
    Area.CHILDREN: "CHI_GUARDIAN_APPOINTED",
}
OF_THE_FAMILY = (Area.HOUSING, Area.SOCIAL)
OF_CHILDREN = (Area.EDUCATION, Area.CHILDREN)


def people_of(cases, members):
    """``CasePerson``s: the children of school matters, an adult of most others."""
    for case in cases:
        for member in _meant(case, members.get(case.family_id, [])):
            person = CasePerson(case=case)
            person.count_as(member, case.opened_on)
            yield person


def _meant(case, people):
    if case.area in OF_THE_FAMILY:
        return []
    fitting = [one for one in people if one.is_child == (case.area in OF_CHILDREN)]
    return fitting[: 1 + dice("people", case.code).randrange(2)]


def achieved_in(cases, members, clock):
    """``Achievement``s on the last days of solved cases, for those whom they are about."""
    terms = {term.code: term for term in Term.objects.of(Vocabulary.ACHIEVEMENT)}
    for case in cases:
        code = _code_of(case)
        if case.outcome != Outcome.SOLVED or code not in terms:
            continue
        day = max(
            case.opened_on,
            case.closed_on - timedelta(days=dice(case.code).randrange(4)),
        )
        for member in _meant(case, members.get(case.family_id, [])) or [None]:
            row = Achievement(
                case=case,
                municipality=case.municipality,
                mediator=case.mediator,
                what=terms[code],
                achieved_on=day,
                by=case.mediator,
                created_at=clock.at(day, 17),
            )
            if member:
                row.count_as(member, day)
            yield row


def _code_of(case):
    category = (case.category_id or "").partition(".")[2]
    return BY_CATEGORY.get(category) or BY_AREA.get(case.area)

"""What is watched over in the demo: names behind codes, conflicts of interest, complaints,
a second factor that was lost."""

from datetime import timedelta

from families.models import ConflictOfInterest, Family, NameGrant
from families.models.name_grant import LASTS
from mediators.models import Complaint, FactorReset, Role, User
from mediators.models.complaint import hash_of_code
from municipalities.models import Term, Vocabulary

SCHOOL = "Skola lūdz saskaņot brīvpusdienas, jāzina, par kuru ģimeni ir runa."
OFFICE = (
    "Sociālajam dienestam ir divi iesniegumi, un jāzina, vai tie ir no vienas ģimenes."
)
WAITS = {
    "about": "Mediators Raimonds",
    "text": "Divreiz neatnāca uz norunāto tikšanos un nepaziņoja.",
    "reach": "Zvanīt pēc sešiem vakarā: +371 350 00001",
}
ANSWERED = {
    "about": "Mediatore Sanita",
    "text": "Pie iestādes durvīm skaļi sauca mūsu uzvārdu, citi dzirdēja.",
    "answer": "Atvainojamies. Mediatore turpmāk sauks pie sevis bez uzvārda.",
}


def add_oversight(desks, clock):
    _names(desks, clock)
    _conflicts(desks, clock)
    _complaints(desks, clock)
    _lost_phone(desks, clock)


def _names(desks, clock):
    """One is asked for, one is shown until the evening, one was given back, one declined."""
    first, second = desks[0], desks[1]
    evening = clock.evening_before(minutes=60)
    _ask(second, 0, OFFICE, evening)
    _ask(first, 0, SCHOOL, evening, granted_at=evening + timedelta(minutes=45))
    then = clock.at(clock.ago(33), 10)
    _ask(first, 1, OFFICE, then, granted_at=then, revoked_at=then + timedelta(hours=2))
    _ask(first, 2, SCHOOL, then, declined_at=then + timedelta(hours=1))


def _ask(desk, number, reason, asked_at, **moments):
    families = Family.objects.letting_others_read().filter(
        pk__in=[family.pk for family in desk.families], closed_on=None
    )
    granted_at = moments.get("granted_at")
    NameGrant.objects.create(
        family=families.order_by("code")[number],
        grantee=desk.coordinator,
        reason=reason,
        asked_at=asked_at,
        decided_by=desk.mediator if moments else None,
        ends_at=granted_at and granted_at + LASTS,
        **moments,
    )


def _conflicts(desks, clock):
    """A colleague could take the family of the first; the second was a slip."""
    kinds = ConflictOfInterest.Kind
    _know(desks[2], kinds.NEIGHBOUR, clock.at(clock.ago(4), 11))
    then = clock.at(clock.ago(60), 9)
    _know(desks[4], kinds.FRIEND, then, withdrawn_at=then + timedelta(hours=1))


def _know(desk, kind, at, **moments):
    family = next(family for family in desk.families if not family.closed_on)
    ConflictOfInterest.objects.create(
        family=family, mediator=desk.mediator, kind=kind, reported_at=at, **moments
    )


def _complaints(desks, clock):
    first, second = desks[0], desks[1]
    _complain(second, "DEMA-2222-KLMA", clock.at(clock.ago(3), 19), WAITS)
    talked = Term.objects.of(Vocabulary.COMPLAINT_OUTCOME).filter(code="TALKED").first()
    # Nothing can be answered where no list of outcomes is loaded
    if talked:
        _complain(
            first,
            "DEMA-2222-UPCA",
            clock.at(clock.ago(50), 12),
            ANSWERED,
            outcome=talked,
            closed_by=first.coordinator,
            closed_at=clock.at(clock.ago(43), 15),
        )


def _complain(desk, code, made_at, words, **closed):
    Complaint.objects.create(
        municipality=desk.municipality,
        code_sha256=hash_of_code(code),
        made_at=made_at,
        **words,
        **closed,
    )


def _lost_phone(desks, clock):
    """Waits for the officer, who is the second person."""
    administrator = User.objects.filter(appointments__role=Role.ADMINISTRATOR)[0]
    FactorReset.objects.create(
        user=desks[4].mediator,
        asked_by=administrator,
        asked_at=clock.at(clock.ago(1), 16),
    )

"""What a person fills in on each form of the audit table; all else is as the page opens."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import Kind
from families.models.education import school_year_of
from municipalities.models import Vocabulary
from tests.factories import InstitutionContactFactory, TermFactory, VisitFactory


def day(days):
    return f"{timezone.localdate() + timedelta(days=days)}"


def term(vocabulary, code="OTHER"):
    return TermFactory(vocabulary=vocabulary, code=code).pk


def document(code):
    """Together with what it means to have one."""
    term(Vocabulary.ACHIEVEMENT, "DOC_ISSUED")
    return term(Vocabulary.DOCUMENT, code)


class AgainAndAgain(SimpleUploadedFile):
    """A file that may be sent twice."""

    @classmethod
    def families(cls):
        return cls("saraksts.csv", "Ģimene;Pieaugušie;Bērni\nOzoli;1;0\n".encode())

    def read(self, *size):
        self.seek(0)
        return super().read(*size)


def entry(house, people):
    return {
        "client_uuid": "0198f000-0000-7000-8000-000000000001",
        "person": people["mediator"].pk,
        "family": "none",
        "without": "event",
        "kind": "home_visit",
        "minutes": "30",
        "areas": ["education"],
        "visited_on": day(0),
    }


def notice(house, people):
    return {
        "client_uuid": "0198f000-0000-7000-8000-000000000002",
        "person": people["mediator"].pk,
        "told": "orphans_court",
        "told_on": day(0),
        "told_time": "00:00",
    }


def event(house, people):
    category = TermFactory(vocabulary=Vocabulary.PARTICIPANT_CATEGORY, code="CHILDREN")
    return {
        "title": "Talka",
        "kind": term(Vocabulary.EVENT_TYPE, "CLEANUP"),
        "held_on": day(0),
        f"count_{category.code}": "8",
    }


def own_part(house, people):
    visit = VisitFactory(
        mediator=people["mediator"], municipality=house.municipality, kind=Kind.GROUP
    )
    return {"visit": visit.code}


def somebody_of_the_register(house, people):
    contact = InstitutionContactFactory(institution=house.contact.institution)
    return {"contacts": [contact.pk]}


def recommendation(house, people):
    return {
        "heading": house.recommendation.heading_id,
        "addressee": house.recommendation.addressee_id,
        "text": "Vairāk laika.",
        "source": "Platforma III",
    }


CHANGES = {
    "events:create": event,
    "events:series-create": event,
    "events:update": event,
    "events:lead": own_part,
    "events:leader-create": lambda house, people: {
        "name": "Inga Zariņa",
        "own_minutes": "90",
    },
    "events:invitations": somebody_of_the_register,
    "events:invitation-update": lambda house, people: {"state": "accepted"},
    "events:testimonial-create": lambda house, people: {"text": "Bija labi."},
    "events:centre-create": lambda house, people: {
        "name": "Centrs",
        "opened_on": day(0),
    },
    "cases:visit-create": entry,
    "cases:visit-send": entry,
    "cases:case-create": lambda house, people: {
        "family": house.family.code,
        "area": house.case.area,
        "category": term(Vocabulary.CASE_CATEGORY, "EDU_SCHOOL"),
    },
    "cases:case-status": lambda house, people: {"status": "waiting"},
    "cases:case-goal": lambda house, people: {"done": "1"},
    "cases:case-close": lambda house, people: {"outcome": "solved"},
    "cases:achievement-create": lambda house, people: {
        "what": term(Vocabulary.ACHIEVEMENT, "EDU_RETURNED"),
        "people": ["family"],
    },
    "cases:document-create": lambda house, people: {
        "document": document("INCOME"),
        "people": ["family"],
    },
    "cases:incident-create": lambda house, people: {
        "kind": "discrimination",
        "place": "school",
    },
    "cases:incident-update": lambda house, people: {
        "reported_to": "ombudsman",
        "reported_on": day(0),
    },
    "cases:participant": lambda house, people: {"agrees": "on"},
    "cases:involvement-create": lambda house, people: {
        "programme": term(Vocabulary.PROGRAMME, "MUNICIPAL"),
        "people": ["family"],
    },
    "cases:involvement-step": lambda house, people: {"step": "applied"},
    "cases:delegation-create": lambda house, people: {
        "area": "housing",
        "contact": house.contact.pk,
        "starts_on": day(0),
    },
    "cases:agreement-create": lambda house, people: {
        "content": "Zvanīs mediatorei.",
        "agreed_on": day(0),
        "status": "in_force",
    },
    "cases:agreement": lambda house, people: {"status": "ended"},
    "cases:resource-create": lambda house, people: {
        "kind": "room",
        "name": "Lielā zāle",
    },
    "cases:resource": lambda house, people: {"kind": "service"},
    "cases:advice-create": lambda house, people: {
        "whom": "coordinator",
        "question": "Kur vēl var prasīt?",
    },
    "cases:advice": lambda house, people: {"answer": "Prasiet dienestam."},
    "cases:issue-create": lambda house, people: {
        "text": "Autobuss uz skolu nekursē.",
        "area": "education",
        "to": f"c:{house.contact.pk}",
        "reported_on": day(0),
    },
    "cases:issue": lambda house, people: {
        "status": "answered",
        "reaction": "Autobuss nekursēs.",
    },
    "cases:issue-update": lambda house, people: {"text": "Autobuss kursē reti."},
    "cases:referral-create": lambda house, people: {
        "to": "other",
        "to_other": house.contact.pk,
        "request": term(Vocabulary.REFERRAL_REQUEST, "ANY_1"),
    },
    "cases:referral-answer": lambda house, people: {"answer": "accepted"},
    "cases:share-create": lambda house, people: {
        "agreed": "on",
        "reason": "Vajag padomu.",
    },
    "cases:step-create": lambda house, people: {
        "institution": house.contact.institution_id,
        "due_on": day(1),
    },
    "cases:step-update": lambda house, people: {
        "kind": "call",
        "due_on": day(1),
        "institution": house.contact.institution_id,
    },
    "cases:step-move": lambda house, people: {"due_on": day(1)},
    "cases:step-drop": lambda house, people: {"drop_reason": "not_needed"},
    "supervision": lambda house, people: {
        "when": "this_week",
        "how": "call",
        "phone": "20000000",
    },
    "training-create": lambda house, people: {
        "title": "Ētika",
        "topic": term(Vocabulary.TRAINING_TOPIC),
        "starts_on": day(0),
        "hours": "4",
    },
    "supervision-create": lambda house, people: {"held_on": day(0)},
    "stories:create": lambda house, people: {
        "title": "Pirmā diena skolā",
        "municipality": house.municipality.pk,
    },
    "stories:step": lambda house, people: {
        "action": "remove",
        "mark": house.agreeing.mark,
    },
    "stories:agreement": lambda house, people: {
        "who": "mamma",
        "agreed_on": day(0),
        "manner": "oral",
        "scope": "page",
    },
    "stories:photo": lambda house, people: {"remove": "1"},
    "stories:media-create": lambda house, people: {
        "title": "Intervija",
        "medium": "Radio",
        "kind": term(Vocabulary.MEDIA_KIND),
        "published_on": day(0),
    },
    "stories:material-create": lambda house, people: {
        "title": "Lapa",
        "kind": "leaflet",
        "target_group": "families",
        "language": "lv",
        "link": "https://materiali.example/lapa",
    },
    "stories:handout-create": lambda house, people: {"copies": "5"},
    "municipalities:institution-create": lambda house, people: {
        "name": "Sociālais dienests",
        "type": term(Vocabulary.INSTITUTION_TYPE),
    },
    "municipalities:institution-update": lambda house, people: {
        "type": term(Vocabulary.INSTITUTION_TYPE),
    },
    "municipalities:contact-create": lambda house, people: {"name": "Inga Zariņa"},
    "municipalities:row-create": lambda house, people: {"minutes": "Par skolu."},
    "municipalities:row-update": lambda house, people: {"minutes": "Par skolu."},
    "families:substitutions": lambda house, people: {
        "substitute": people["colleague"].pk,
        "starts_on": day(40),
        "ends_on": day(45),
        "reason": "holiday",
    },
    "families:hand-over-create": lambda house, people: {
        "successor": people["colleague"].pk,
        "last_day": day(5),
    },
    "imports:create": lambda house, people: {"file": AgainAndAgain.families()},
    "imports:columns": lambda house, people: {"column-3": "-"},
    "imports:confirm": lambda house, people: {"expected": "1"},
    "families:create": lambda house, people: {"label": "Liepas", "told": "agreed"},
    "families:update": lambda house, people: {"adults": "3", "children": "3"},
    "families:reveal": lambda house, people: {"need": "call"},
    "families:consent": lambda house, people: {"purposes": ["informed", "keep"]},
    "families:member-create": lambda house, people: {
        "name": "Rūdis",
        "relation": term(Vocabulary.FAMILY_RELATION),
    },
    "families:member-education": lambda house, people: {
        "level": term(Vocabulary.EDU_LEVEL, "BASIC_1_3"),
    },
    "reports:education": lambda house, people: {
        "whom": "roma",
        "source": "board",
        "part": "all:",
        "number": "21",
    },
    "reports:export": lambda house, people: {
        "purpose": "audit",
        "recipient": "Revīzijas birojs",
    },
    "reports:document-education": lambda house, people: {
        "municipality": house.municipality.slug,
        "year": f"{school_year_of(timezone.localdate())}",
        "format": "xlsx",
    },
    "families:needs": lambda house, people: {"education": "present"},
    "families:residence": lambda house, people: {"status": "lives_here"},
    "families:safeguarding": notice,
    "families:safeguarding-send": notice,
    "reports:plan-line": lambda house, people: {
        "institution": house.contact.institution_id,
    },
    "reports:action": lambda house, people: {
        "action": "submit",
        "is_empty": "on",
    },
    "reports:comment": lambda house, people: {"section": "hardest", "text": "Kad?"},
    "reports:reopen": lambda house, people: {"reason": "Trūkst skaitļu."},
    "reports:meeting": lambda house, people: {"held_on": day(0), "post": "Vadītāja"},
    "reports:api-tokens": lambda house, people: {
        "name": "Darba grāmata",
        "scopes": ["indicators:read"],
    },
    "reports:answer": lambda house, people: {"answer": "support"},
    "reports:document-work-time": lambda house, people: {
        "desk": people["mediator"].appointments.get().pk,
        "format": "xlsx",
    },
    "reports:document-municipality": lambda house, people: {
        "municipality": house.municipality.slug,
        "format": "xlsx",
    },
    "complain": lambda house, people: {
        "municipality": house.municipality.pk,
        "about": "Sanita",
        "text": "Kliedza.",
    },
    "complaint": lambda house, people: {
        "outcome": term(Vocabulary.COMPLAINT_OUTCOME),
        "answer": "Runājām.",
    },
    "families:reassign": lambda house, people: {"successor": people["colleague"].pk},
    "data_protection:request": lambda house, people: {"decision": "confirm"},
    "data_protection:hold-create": lambda house, people: {
        "reason": "Tiesa.",
        "starts_on": day(0),
    },
    "data_protection:breach-create": lambda house, people: {
        "what": "Pazudis telefons.",
        "discovered_at": f"{day(0)}T00:01",
        "risk": "risk",
    },
    "evaluation:answer": lambda house, people: {"q2": "yes"},
    "evaluation:survey-create": lambda house, people: {
        "places": [house.municipality.pk],
    },
    "evaluation:moderate": lambda house, people: {
        f"a{house.said.pk.hex}-shown": "Vairāk laika.",
        "show": "",
    },
    "evaluation:recommend": recommendation,
    "evaluation:recommendation-create": recommendation,
    "evaluation:recommendation-carry": lambda house, people: {"source": "III"},
    "evaluation:follow-up-create": lambda house, people: {
        "status": "done",
        "text": "Telpa ir.",
        "municipality": house.municipality.pk,
    },
    "account_login": lambda house, people: {"login": "a@b.example", "password": "x"},
}
"""What a person fills in; everything else is sent as the page opens with it."""

"""Everything that is held about one person or family, for that person (GDPR 15, 20).

``collect`` makes one value; the JSON file and the PDF are made of it. Its names are
documented in ``docs/subject-export.md`` and do not change within a version. Other
people are taken out of free texts. Reports of a child in danger are not in it: whoever
asks may be the danger; the officer decides about them (GDPR 15(4), 23).
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from data_protection.classes import Purpose
from data_protection.legal import basis_of
from data_protection.models import SubjectRequest
from data_protection.periods import PERIODS
from data_protection.services import subject_rows as rows
from data_protection.services.alerts import tell_officers
from data_protection.services.redaction import Redactor
from data_protection.services.trail import appointments_of, roles_on
from families.services.looks import as_looks, entries_about
from privacy import audit
from reports.pdf import document_pdf

FORMAT, VERSION = "tilts.subject-export", 1
LANGUAGE = "lv"
TEMPLATE = "data_protection/pdf/subject.html"
PURPOSES = (
    *(Purpose.HELP, Purpose.RIGHTS, Purpose.REPORTS),
    *(Purpose.PARTICIPANTS, Purpose.STORIES),
)
"""What data of families and their people are for."""


@dataclass(frozen=True)
class File:
    """The copy as it leaves the house; nothing of it is stored."""

    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Document:
    """What the template of the PDF needs besides the data."""

    title: str
    made_at: datetime


def hand_out(request, file_type, *, by, command=""):
    """The file of a confirmed request, noted in the audit; the request is answered then.

    By a ``command`` it is whoever is on the server, in the name of an account: the audit
    says so, and every officer is told.
    """
    with translation.override(LANGUAGE):
        with transaction.atomic():
            data = collect(request.family, request.member, request)
        content, content_type = _as_pdf(data) if file_type == "pdf" else _as_json(data)
    with transaction.atomic():
        request = SubjectRequest.objects.select_for_update().get(pk=request.pk)
        if request.status == SubjectRequest.Status.CONFIRMED:
            request.finish()
        audit.record(
            by,
            audit.Verb.EXPORT,
            request,
            family=request.family.code,
            format=file_type,
            **({"by": "command"} if command else {}),
        )
        if command:
            tell_officers(command, 1)
    return File(f"Dati_{request.code}.{file_type}", content, content_type)


def _as_json(data):
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    return f"{text}\n".encode(), "application/json"


def _as_pdf(data):
    document = Document(_("Data about you"), timezone.localtime())
    return document_pdf(TEMPLATE, {"document": document, "data": data}).content, (
        "application/pdf"
    )


def collect(family, member, request):
    """Plain data; dates stay dates. Without one person: about the whole family."""
    clean = Redactor(family, member)
    people = [member] if member else family.members.select_related("relation")
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": timezone.localtime(),
        "request": request.code,
        "controller": _controller(),
        "purposes": [
            {"purpose": str(purpose.label), "legal_basis": str(basis_of(purpose))}
            for purpose in PURPOSES
        ],
        "retention": [
            {"what": str(period.label), "months": period.months}
            for period in PERIODS
            if period.is_automatic
        ],
        "household": rows.household(family, clean),
        "people": [rows.person(person) for person in people],
        "residences": [
            rows.residence(row, clean)
            for row in family.residences.select_related("country")
        ],
        "needs": [rows.need(row) for row in family.needs.all()],
        "consents": [
            rows.consent(row) for row in family.consents.select_related("text")
        ],
        "entries": [rows.entry(row, clean) for row in rows.visits(family)],
        "cases": [
            rows.case(row, clean, people)
            for row in family.cases.order_by("opened_on", "pk")
        ],
        "incidents": [rows.incident(row, clean) for row in family.incidents.all()],
        "programmes": [
            rows.programme(row, people)
            for row in family.involvements.with_steps()
            if row.person_id is None or row.person_id in {one.pk for one in people}
        ],
        "steps": [rows.step(row, clean) for row in family.next_steps.all()],
        "stories": [rows.story(row, clean) for row in family.stories.all()],
        "looks": _looks(family, member),
        "requests": [_request(row) for row in _requests(family, member)],
    }


def _controller():
    controller = settings.CONTROLLER
    names = ("name", "address", "email", "phone")
    return {name: getattr(controller, name) for name in names} | {
        "officer": controller.officer
    }


def _looks(family, member):
    """Who looked, once a day and page, by role: the person behind it is not named."""
    told = _requests(family, member)
    of_others = family.subject_requests.exclude(pk__in=told.values("pk"))
    entries = entries_about(family).exclude(
        object_type=SubjectRequest._meta.label_lower,
        object_id__in=[str(pk) for pk in of_others.values_list("pk", flat=True)],
    )
    looks = {
        (timezone.localdate(look.at), look.by, look.what): None
        for look in as_looks(entries)
    }
    appointments = appointments_of({user.pk for _day, user, _what in looks if user})
    return [
        {
            "on": day,
            "role": _role(day, appointments[user.pk] if user else ()),
            "what": what,
        }
        for day, user, what in looks
    ]


def _role(day, appointments):
    return ", ".join(sorted(map(str, roles_on(day, appointments)))) or None


def _requests(family, member):
    """What others of the household asked is theirs."""
    asked = family.subject_requests.all()
    return asked.filter(member=member) if member else asked


def _request(row):
    return {
        "code": row.code,
        "kind": rows.choice(row, "kind"),
        "received_on": row.received_on,
        "status": rows.choice(row, "status"),
    }

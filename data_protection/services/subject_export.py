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

from cases.models import Participant
from data_protection.inventory import Purpose
from data_protection.legal import basis_of
from data_protection.models import SubjectRequest
from data_protection.periods import PERIODS
from data_protection.services.redaction import Redactor
from families.services.looks import as_looks, entries_about
from mediators.models import Appointment, Role
from municipalities.areas import Area
from privacy import audit
from reports.pdf import document_pdf

FORMAT, VERSION = "tilts.subject-export", 1
LANGUAGE = "lv"
TEMPLATE = "data_protection/pdf/subject.html"


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


def hand_out(request, file_type, *, by):
    """The file of a confirmed request, noted in the audit; the request is answered then."""
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
        )
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
            for purpose in (Purpose.HELP, Purpose.RIGHTS, Purpose.REPORTS)
        ],
        "retention": [
            {"what": str(period.label), "months": period.months}
            for period in PERIODS
            if period.is_automatic
        ],
        "household": _household(family, clean),
        "people": [_person(person) for person in people],
        "residences": [
            _residence(row, clean)
            for row in family.residences.select_related("country")
        ],
        "needs": [_need(row) for row in family.needs.all()],
        "consents": [_consent(row) for row in family.consents.select_related("text")],
        "entries": [_entry(row, clean) for row in _visits(family)],
        "cases": [
            _case(row, clean, people)
            for row in family.cases.order_by("opened_on", "pk")
        ],
        "incidents": [_incident(row, clean) for row in family.incidents.all()],
        "programmes": [
            _programme(row, people)
            for row in family.involvements.with_steps()
            if row.person_id is None or row.person_id in {one.pk for one in people}
        ],
        "steps": [_step(row, clean) for row in family.next_steps.all()],
        "looks": _looks(family),
        "requests": [_request(row) for row in family.subject_requests.all()],
    }


def _controller():
    controller = settings.CONTROLLER
    names = ("name", "address", "email", "phone")
    return {name: getattr(controller, name) for name in names} | {
        "officer": controller.officer
    }


def _choice(row, name):
    """``{"code": …, "label": …}`` of a field with choices; None where it is empty."""
    value = getattr(row, name)
    if not value:
        return None
    return {"code": value, "label": str(getattr(row, f"get_{name}_display")())}


def _household(family, clean):
    return {
        "code": family.code,
        "name": family.label,
        "municipality": family.municipality.label_lv,
        "town_part": family.town_part,
        "address": family.address,
        "phone": family.phone,
        "note": clean(family.note),
        "adults": family.adults,
        "children": family.children,
        "since": family.started_on,
        "closed_on": family.closed_on,
        "restricted_on": family.restricted_on,
    }


def _person(person):
    return {
        "name": person.name,
        "relation": person.relation.label_lv,
        "birth_year": person.birth_year,
        "sex": _choice(person, "sex"),
        "occupation": _choice(person, "occupation"),
        "cares_for_children": person.is_carer,
        "left_on": person.left_on,
    }


def _residence(row, clean):
    return {
        "status": _choice(row, "status"),
        "since": row.since_on,
        "country": row.country.label_lv if row.country else None,
        "place": clean(row.place),
        "confirmed_on": row.confirmed_on,
    }


def _need(row):
    return {
        "area": _choice(row, "area"),
        "level": _choice(row, "level"),
        "noted_on": row.noted_on,
    }


def _consent(row):
    return {
        "purpose": _choice(row, "purpose"),
        "given_on": row.given_on,
        "manner": _choice(row, "manner"),
        "language": _choice(row, "language"),
        "text_version": row.text.version if row.text else None,
        "valid_until": row.valid_until,
        "withdrawn_on": row.withdrawn_on,
    }


def _visits(family):
    visits = family.visits.select_related("institution", "contact", "case")
    return visits.prefetch_related("visit_areas").order_by("visited_on", "pk")


def _entry(visit, clean):
    """Officials by their post: who they are is not about the person who asks."""
    return {
        "number": visit.code,
        "date": visit.visited_on,
        "kind": _choice(visit, "kind"),
        "activity": str(visit.activity) if visit.activity else None,
        "minutes": visit.minutes,
        "areas": [
            {"code": row.area, "label": str(Area(row.area).label)}
            for row in visit.visit_areas.all()
        ],
        "institution": visit.institution.name if visit.institution else None,
        "post": visit.contact.post if visit.contact else None,
        "case": visit.case.code if visit.case else None,
        "note": clean(visit.note),
        "change": _choice(visit, "change"),
        "response": _choice(visit, "response"),
        "interpreting": _choice(visit, "interpreting"),
    }


def _case(case, clean, people):
    names = {person.pk: person.name for person in people}
    return {
        "code": case.code,
        "title": clean(case.title),
        "area": _choice(case, "area"),
        "status": _choice(case, "status"),
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
        "outcome": _choice(case, "outcome"),
        "goal": clean(case.goal),
        "what_helped": clean(case.what_helped),
        "people": [
            names[row.person_id] for row in case.people.all() if row.person_id in names
        ],
        "achievements": [
            _achievement(row, names)
            for row in case.achievements.select_related("what", "document")
            if row.person_id is None or row.person_id in names
        ],
        "stages": [
            {"text": clean(row.text), "reached_on": row.done_on}
            for row in case.sub_goals.all()
        ],
        "referrals": [
            _referral(row, clean)
            for row in case.referrals.select_related("institution")
        ],
        "shared": [
            {"from": row.starts_on, "until": row.over_on or row.ends_on}
            for row in case.shares.all()
        ],
    }


def _achievement(row, names):
    """Those of other people, and of people erased since, are not about who asks."""
    return {
        "what": row.what.label_lv,
        "document": row.document.label_lv if row.document else None,
        "achieved_on": row.achieved_on,
        "person": names.get(row.person_id),
    }


def _incident(row, clean):
    return {
        "kind": _choice(row, "kind"),
        "ground": _choice(row, "ground"),
        "place": _choice(row, "place"),
        "happened_on": row.happened_on,
        "words": clean(row.words),
        "reported_to": _choice(row, "reported_to"),
        "reported_on": row.reported_on,
        "outcome": _choice(row, "outcome"),
    }


def _programme(row, people):
    names = {person.pk: person.name for person in people}
    return {
        "programme": row.programme.label_lv,
        "person": names.get(row.person_id),
        "steps": [
            {
                "step": _choice(step, "step"),
                "on": step.stepped_on,
                "reason": _choice(step, "reason"),
            }
            for step in row.steps.all()
        ],
        "participant": _participant(row),
    }


def _participant(involvement):
    """What was answered for the fund; None where nobody asked."""
    row = Participant.objects.filter(involvement=involvement).first()
    if row is None:
        return None
    answers = {
        field.name: _choice(row, field.name)
        for field in row._meta.fields
        if field.choices
    }
    return {
        "number": row.number,
        "consent_on": row.consent_on,
        "birth_year": row.birth_year,
        "ready_on": row.ready_on,
        **answers,
    }


def _referral(row, clean):
    return {
        "institution": row.institution.name,
        "asked": clean(row.asked),
        "names_shared": row.names_shared,
        "sent_on": row.sent_on,
        "answer": _choice(row, "answer"),
        "answered_on": row.answered_on,
        "note": clean(row.note),
    }


def _step(row, clean):
    return {
        "text": clean(row.text),
        "due_on": row.due_on,
        "status": _choice(row, "status"),
    }


def _looks(family):
    """Who looked, once a day and page, by role: the person behind it is not named."""
    looks = {
        (timezone.localdate(look.at), look.by, look.what): None
        for look in as_looks(entries_about(family))
    }
    roles = {}
    for day, user, _what in looks:
        if (user, day) not in roles:
            roles[user, day] = _role_of(user, day)
    return [
        {"on": day, "role": roles[user, day], "what": what} for day, user, what in looks
    ]


def _role_of(user, day):
    held = Appointment.objects.current(day).filter(user=user)
    names = sorted(
        str(Role(role).label) for role in held.values_list("role", flat=True)
    )
    return ", ".join(names) or None


def _request(row):
    return {
        "code": row.code,
        "kind": _choice(row, "kind"),
        "received_on": row.received_on,
        "status": _choice(row, "status"),
    }

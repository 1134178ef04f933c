"""Rows of the copy for a person: each as what is told of it, without its keys."""

from django.utils import timezone

from cases.models import Participant
from families.models import EducationRecord
from municipalities.areas import Area

FORMAT, VERSION = "tilts.subject-export", 1
LANGUAGE = "lv"
TEMPLATE = "data_protection/pdf/subject.html"


def choice(row, name):
    """``{"code": …, "label": …}`` of a field with choices; None where it is empty."""
    value = getattr(row, name)
    if not value:
        return None
    return {"code": value, "label": str(getattr(row, f"get_{name}_display")())}


def household(family, clean):
    return {
        "code": family.code,
        "name": clean(family.label),
        "municipality": family.municipality.label_lv,
        "town_part": clean.place(family.town_part),
        "address": clean.place(family.address),
        "phone": clean.phone(family.phone),
        "note": clean(family.note),
        "adults": family.adults,
        "children": family.children,
        "since": family.started_on,
        "closed_on": family.closed_on,
        "restricted_on": family.restricted_on,
    }


def person(person):
    return {
        "name": person.name,
        "relation": person.relation.label_lv,
        "birth_year": person.birth_year,
        "sex": choice(person, "sex"),
        "occupation": choice(person, "occupation"),
        "cares_for_children": person.is_carer,
        "wants_literacy": person.needs_literacy,
        "left_on": person.left_on,
        "education": [
            education(row)
            for row in EducationRecord.objects.of(person).select_related(
                "level", "institution", "programme"
            )
        ],
    }


def education(row):
    return {
        "school_year": row.school_year,
        "level": row.level.label_lv,
        "institution": row.institution.name if row.institution else None,
        "programme": row.programme.label_lv if row.programme else None,
        "group": choice(row, "group"),
        "attendance": choice(row, "attendance"),
        "attendance_before": choice(row, "attendance_before"),
        "reasons": [reason.label_lv for reason in row.reasons.all()],
        "may_drop_out": row.may_drop_out,
        "is_supported": row.is_supported,
        "home_language": choice(row, "home_language"),
        "view_heard": choice(row, "view_heard"),
        "told_by": choice(row, "told_by"),
        "written_on": row.written_on,
    }


def residence(row, clean):
    return {
        "status": choice(row, "status"),
        "since": row.since_on,
        "country": row.country.label_lv if row.country else None,
        "place": clean(row.place),
        "confirmed_on": row.confirmed_on,
    }


def need(row):
    return {
        "area": choice(row, "area"),
        "level": choice(row, "level"),
        "noted_on": row.noted_on,
    }


def consent(row):
    return {
        "purpose": choice(row, "purpose"),
        "given_on": row.given_on,
        "manner": choice(row, "manner"),
        "language": choice(row, "language"),
        "text_version": row.text.version if row.text else None,
        "valid_until": row.valid_until,
        "withdrawn_on": row.withdrawn_on,
    }


def visits(family):
    visits = family.visits.select_related(
        *("institution", "contact", "case", "activity", "transport")
    )
    return visits.prefetch_related("visit_areas").order_by("visited_on", "pk")


def entry(visit, clean):
    """Officials by their post: who they are is not about the person who asks."""
    return {
        "number": visit.code,
        "date": visit.visited_on,
        "kind": choice(visit, "kind"),
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
        "change": choice(visit, "change"),
        "response": choice(visit, "response"),
        "interpreting": choice(visit, "interpreting"),
        "venue": choice(visit, "venue"),
        "transport": str(visit.transport) if visit.transport else None,
    }


def case(case, clean, people):
    names = {person.pk: person.name for person in people}
    return {
        "code": case.code,
        "title": clean(case.title),
        "area": choice(case, "area"),
        "status": choice(case, "status"),
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
        "outcome": choice(case, "outcome"),
        "goal": clean(case.goal),
        "what_helped": clean(case.what_helped),
        "people": [
            names[row.person_id] for row in case.people.all() if row.person_id in names
        ],
        "achievements": [
            achievement(row, names)
            for row in case.achievements.select_related("what", "document")
            if row.person_id is None or row.person_id in names
        ],
        "stages": [
            {"text": clean(row.text), "reached_on": row.done_on}
            for row in case.sub_goals.all()
        ],
        "referrals": [
            referral(row, clean) for row in case.referrals.select_related("institution")
        ],
        "advice": [
            {
                "asked": choice(row, "asked"),
                "asked_on": timezone.localdate(row.asked_at),
                "question": clean(row.question),
                "answer": clean(row.answer),
                "answered_on": row.answered_at and timezone.localdate(row.answered_at),
            }
            for row in case.advice.all()
        ],
        "shared": [
            {"from": row.starts_on, "until": row.over_on or row.ends_on}
            for row in case.shares.all()
        ],
    }


def achievement(row, names):
    """Those of other people, and of people erased since, are not about who asks."""
    return {
        "what": row.what.label_lv,
        "document": row.document.label_lv if row.document else None,
        "achieved_on": row.achieved_on,
        "person": names.get(row.person_id),
    }


def incident(row, clean):
    return {
        "kind": choice(row, "kind"),
        "ground": choice(row, "ground"),
        "place": choice(row, "place"),
        "happened_on": row.happened_on,
        "words": clean(row.words),
        "reported_to": choice(row, "reported_to"),
        "reported_on": row.reported_on,
        "outcome": choice(row, "outcome"),
    }


def programme(row, people):
    names = {person.pk: person.name for person in people}
    return {
        "programme": row.programme.label_lv,
        "person": names.get(row.person_id),
        "steps": [
            {
                "step": choice(step, "step"),
                "on": step.stepped_on,
                "reason": choice(step, "reason"),
            }
            for step in row.steps.all()
        ],
        "participant": participant(row),
    }


def participant(involvement):
    """What was answered for the fund; None where nobody asked."""
    row = Participant.objects.filter(involvement=involvement).first()
    if row is None:
        return None
    answers = {
        field.name: choice(row, field.name)
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


def referral(row, clean):
    return {
        "institution": row.institution.name,
        "asked": clean(row.asked),
        "names_shared": row.names_shared,
        "sent_on": row.sent_on,
        "answer": choice(row, "answer"),
        "answered_on": row.answered_on,
        "note": clean(row.note),
    }


def step(row, clean):
    return {
        "text": clean(row.text),
        "due_on": row.due_on,
        "status": choice(row, "status"),
    }


def story(story, clean):
    agreements = story.agreements.all()
    return {
        "status": choice(story, "status"),
        "published_on": story.published_on,
        "words": [
            {
                "question": str(story._meta.get_field(name).verbose_name),
                "text": clean(text),
            }
            for name, text in story.words().items()
            if text
        ],
        "agreements": [
            {
                "who": clean(row.who),
                "agreed_on": row.agreed_on,
                "manner": choice(row, "manner"),
                "scope": choice(row, "scope"),
                "stays_when_erased": row.stays_when_erased,
                "withdrawn_on": row.withdrawn_on,
            }
            for row in agreements
        ],
    }

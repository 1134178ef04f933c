"""Keeping the log: one contact becomes one entry, exactly once.

An entry that comes when the report of its month has been handed in is kept as a late
one: the next report tells of it, and the one handed in stays as it is.
"""

import json
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from cases.models import (
    Case,
    CaseStatus,
    ClosedMonth,
    DeletedVisit,
    DropReason,
    NextStep,
    Visit,
    VisitArea,
    VisitFamily,
)
from families.models import Family
from municipalities.models import (
    Institution,
    InstitutionContact,
    Municipality,
    Term,
)
from privacy import audit


class MonthIsClosed(Exception):
    """The report that tells of an entry has been handed in; the entry stays as it is."""

    def __init__(self, month):
        self.month = month
        super().__init__(f"{month:%Y-%m}")


class AlreadyLogged(Exception):
    """The device's id belongs to another entry. ``visit`` is None if it is not the person's own."""

    def __init__(self, visit):
        self.visit = visit
        super().__init__()


class LooksLikeDuplicate(Exception):
    """The person has logged the same contact before; perhaps there were two of them."""

    def __init__(self, visit):
        self.visit = visit
        super().__init__()


@dataclass(frozen=True)
class Entry:
    """What a mediator tells about one contact.

    ``case`` None means “not said”, and the family's only open case is meant;
    ``has_no_case`` says that it belongs to none. The ``new_`` fields add an institution
    or a person to the contacts. ``fulfils`` is the step that this contact does.
    """

    kind: str
    visited_on: date
    minutes: int
    areas: tuple[str, ...]
    municipality: Municipality
    family: Family | None = None
    without: str = ""
    case: Case | None = None
    has_no_case: bool = False
    institution: Institution | None = None
    contact: InstitutionContact | None = None
    new_institution_name: str = ""
    new_institution_type: Term | None = None
    new_contact_name: str = ""
    new_contact_post: str = ""
    children: int = 0
    youth: int = 0
    adults: int = 0
    place: str = ""
    note: str = ""
    activity: Term | None = None
    change: str = ""
    response: str = ""
    is_coordinated: bool = False
    interpreting: str = ""
    interpreted_minutes: int = 0
    is_in_court: bool = False
    venue: str = ""
    transport: Term | None = None
    kilometres: int | None = None
    highlight: bool = False
    next_step: str = ""
    next_step_on: date | None = None
    fulfils: NextStep | None = None


# What an entry and its row have in common under the same name
COPIED = (
    *("kind", "activity", "visited_on", "minutes", "municipality", "without"),
    *("children", "youth", "adults", "place", "note"),
    *("change", "response", "highlight"),
    *("interpreting", "interpreted_minutes", "is_in_court"),
    *("venue", "transport", "kilometres"),
)
# What follows from naming a case and an institution
RELATED = ("case", "institution", "contact", "is_coordinated")


def fingerprint(answers):
    """Tells the same words from other words without keeping them readable.

    ``answers`` are pairs of a name and the text that was sent under it.
    """
    canonical = json.dumps(sorted(answers), ensure_ascii=False)
    return salted_hmac("cases.visit", canonical, algorithm="sha256").hexdigest()


def logged_before(mediator, client_uuid, words):
    """What was stored under this id: a visit, a deleted one, or None.

    Asked before anything else about an entry, so that sending again is answered
    with what was stored, even if the month has closed, the case has ended or the
    family has gone since. ``words`` is the fingerprint of what was sent now; that of
    what was stored is gone where its words were erased.
    """
    if client_uuid is None:
        return None
    stored = (
        Visit.objects.filter(client_uuid=client_uuid).first()
        or DeletedVisit.objects.filter(client_uuid=client_uuid).first()
    )
    if stored is None:
        return None
    if stored.mediator_id != mediator.pk:
        raise AlreadyLogged(None)
    if stored.fingerprint and not constant_time_compare(stored.fingerprint, words):
        raise AlreadyLogged(stored if isinstance(stored, Visit) else None)
    return stored


@transaction.atomic
def log_visit(mediator, entry, *, client_uuid, words, duplicate_is_meant=False):
    """Store an entry once, however often the device sends it.

    Returns what is stored, and whether it was this call that stored it.
    ``words`` is the fingerprint of what was sent. Of two requests with the same id at
    the same moment one waits at the insert and is then answered with what the other
    has stored; only after it is anything refused.
    """
    ClosedMonth.objects.wait_for(mediator)
    try:
        with transaction.atomic():
            visit = _insert(mediator, entry, client_uuid, words)
    except IntegrityError:
        stored = logged_before(mediator, client_uuid, words)
        if stored is None:
            raise
        return stored, False
    if not duplicate_is_meant:
        _refuse_lookalike(visit, entry)
    detail = _carry_out(visit, entry)
    audit.record(mediator, audit.Verb.CREATE, visit, code=visit.code, **detail)
    return visit, True


@transaction.atomic
def change_visit(visit, entry, *, by):
    """Correct an own entry until the report that tells of it has been handed in."""
    ClosedMonth.objects.wait_for(by)
    refuse_closed(visit)
    changed = _copy(entry, visit)
    visit.find_report()
    changed += _relate(visit, entry, by=by)
    visit.save()
    if _name_family(visit, entry.family):
        changed.append("family")
    if _name_areas(visit, entry.areas):
        changed.append("areas")
    promised = _promise(visit, entry, visit.promised_steps.open().first())
    audit.record(
        by, audit.Verb.UPDATE, visit, fields=sorted(changed), promised=promised
    )


def _insert(mediator, entry, client_uuid, words):
    visit = Visit(
        mediator=mediator,
        client_uuid=client_uuid,
        fingerprint=words,
        code=Visit.next_code(entry.municipality, entry.visited_on),
    )
    _copy(entry, visit)
    visit.find_report()
    _relate(visit, entry, by=mediator)
    visit.save(force_insert=True)
    if entry.family:
        VisitFamily.objects.create(visit=visit, family=entry.family)
    _add_areas(visit, entry.areas)
    return visit


def refuse_closed(visit):
    """Raise ``MonthIsClosed`` if the report that tells of the entry has been handed in."""
    month = visit.report_month
    if ClosedMonth.objects.covers(
        mediator=visit.mediator, municipality=visit.municipality, day=month
    ):
        raise MonthIsClosed(month)


def _refuse_lookalike(visit, entry):
    """The same kind, day, family and case; a form gone back to may say another length."""
    others = Visit.objects.filter(
        mediator=visit.mediator,
        kind=visit.kind,
        visited_on=visit.visited_on,
    ).exclude(pk=visit.pk)
    if entry.family:
        others = others.filter(families=entry.family, case=visit.case)
    else:
        others = others.filter(families=None, institution=visit.institution)
    lookalike = others.first()
    if lookalike:
        raise LooksLikeDuplicate(lookalike)


def _carry_out(visit, entry):
    """Everything else that a new entry means; returns ids for the audit."""
    is_first = visit.case is not None and visit.case.status == CaseStatus.NEW
    return {
        "started_case": is_first and bool(_start(visit.case)),
        "promised": _promise(visit, entry),
        "fulfilled": _fulfil(visit, entry),
    }


def _start(case):
    new = Case.objects.filter(pk=case.pk, status=CaseStatus.NEW)
    return new.update(status=CaseStatus.ACTIVE)


def _copy(entry, visit):
    """Write the plain fields; returns the names of those that changed."""
    changed = [
        name
        for name in COPIED
        if visit._state.adding or getattr(visit, name) != getattr(entry, name)
    ]
    for name in changed:
        setattr(visit, name, getattr(entry, name))
    return changed


def _relate(visit, entry, *, by):
    """Case, institution and person; returns the names of what changed."""
    before = [getattr(visit, name) for name in RELATED]
    visit.case = _case_of(entry)
    visit.institution, visit.contact = _partner_of(entry, by=by)
    visit.is_coordinated = entry.is_coordinated and visit.institution is not None
    return [
        name
        for name, old in zip(RELATED, before, strict=True)
        if getattr(visit, name) != old
    ]


def _case_of(entry):
    """The case that was named, or silently the only open one of the family."""
    if entry.case or entry.has_no_case or not entry.family:
        return entry.case
    open_cases = entry.family.cases.open()[:2]
    return open_cases[0] if len(open_cases) == 1 else None


def _partner_of(entry, *, by):
    """Institution and person, added to the contacts where they are new."""
    institution = entry.institution
    if entry.new_institution_name:
        institution, is_new = Institution.objects.get_or_create(
            municipality=entry.municipality,
            name=entry.new_institution_name,
            defaults={"type": entry.new_institution_type},
        )
        if is_new:
            audit.record(by, audit.Verb.CREATE, institution)
    if not entry.new_contact_name:
        contact = entry.contact
        return (contact.institution if contact else institution), contact
    contact = InstitutionContact.objects.create(
        institution=institution,
        name=entry.new_contact_name,
        post=entry.new_contact_post,
    )
    audit.record(by, audit.Verb.CREATE, contact)
    return institution, contact


def _name_family(visit, family):
    """The form knows one family; further ones of an entry stay as they are."""
    first = visit.visit_families.first()
    if (first.family_id if first else None) == (family.pk if family else None):
        return False
    if first:
        first.delete()
    if family:
        VisitFamily.objects.get_or_create(visit=visit, family=family)
    return True


def _name_areas(visit, areas):
    """Replaces the areas of an entry where others, or in another order, were told."""
    if [row.area for row in visit.visit_areas.all()] == _ordered(visit, areas):
        return False
    visit.visit_areas.all().delete()
    _add_areas(visit, areas)
    return True


def _add_areas(visit, areas):
    VisitArea.objects.bulk_create(
        VisitArea(visit=visit, area=area, position=position)
        for position, area in enumerate(_ordered(visit, areas))
    )


def _ordered(visit, areas):
    """The area of the case is the main one; the rest keep the order they came in."""
    main = visit.case.area if visit.case else ""
    return sorted(dict.fromkeys(areas), key=lambda area: area != main)


def _promise(visit, entry, step=None):
    """Write, move or drop the open step of this entry; returns the id of the open one."""
    if entry.next_step_on is None:
        if step:
            step.status = NextStep.Status.DROPPED
            step.drop_reason = DropReason.CORRECTED
            step.save()
        return None
    step = step or NextStep(source=visit)
    step.mediator, step.municipality = visit.mediator, visit.municipality
    step.family, step.case = entry.family, visit.case
    step.institution, step.contact = visit.institution, visit.contact
    step.kind, step.text, step.due_on = visit.kind, entry.next_step, entry.next_step_on
    step.save()
    return step.pk


def _fulfil(visit, entry):
    """The step this contact was for is done, unless it turned out to be about others."""
    step = entry.fulfils
    if step is None or (step.family_id and step.family != entry.family):
        return None
    done = NextStep.objects.filter(pk=step.pk, status=NextStep.Status.OPEN)
    done.update(status=NextStep.Status.DONE, done_by=visit)
    return step.pk

"""With what the log form opens: blank, for a family, a case, a step, or like another entry."""

import re
import uuid
from datetime import date

from cases.forms.fields import NONE
from cases.models import Case, Kind, NextStep, Visit
from families.models import Family
from interface.days import EARLIEST

TOLD = (
    *("children", "youth", "adults", "place", "note"),
    *("change", "response", "is_coordinated", "highlight"),
    *("interpreting", "is_in_court", "venue", "kilometres"),
)
"""Answers that correcting an entry shows as they were given."""
CODE = re.compile(r"[A-Za-z0-9-]{1,20}")


def from_query(user, query, today):
    """Initial answers and the family they are about; what is not visible is not there."""
    step = _step(user, query.get("uzdevums", ""))
    copied = _visible(Visit, user, query.get("kopet"))
    case = _visible(Case, user, query.get("lieta"))
    if case and case.is_closed:
        case = None
    family = _visible(Family, user, query.get("gimene"))
    initial = {"visited_on": _day(query.get("diena", ""), today).isoformat()}
    if step:
        initial |= of_step(step)
        case, family = step.case, step.family
    elif copied:
        initial |= of_copy(copied)
        case, family = copied.case, _first_family(copied)
    if case:
        initial.setdefault("areas", [case.area])
        initial |= {"case": case.code}
        family = case.family
    if family:
        initial |= {"family": family.code}
    return initial, family


def _day(text, today):
    """The day that “save and add another” keeps; today if it makes no sense."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    return min(day, today) if day >= EARLIEST else today


def _visible(model, user, code):
    """Most forms open for nothing in particular: then no scope is put together."""
    return by_code(model.objects.visible_to(user), code) if code else None


def by_code(rows, code):
    return rows.filter(code=code).first() if CODE.fullmatch(code) else None


def _step(user, text):
    try:
        pk = uuid.UUID(text)
    except ValueError:
        return None
    steps = NextStep.objects.visible_to(user).open().filter(pk=pk)
    return steps.select_related("case__family", "family", "contact").first()


def _first_family(visit):
    named = visit.visit_families.select_related("family").first()
    return named.family if named else None


def of_step(step):
    """The step says with whom and what; how long it took is still to be told."""
    initial = {"fulfils": str(step.pk), "kind": step.kind}
    if not step.family_id:
        initial |= {"family": NONE, "without": _without(step)}
    return initial | _partner(step)


def _without(step):
    """Why the step names no family, as far as it tells."""
    if step.kind == Kind.GROUP:
        return Visit.Without.EVENT
    return Visit.Without.INSTITUTION if step.institution_id else ""


def of_copy(visit):
    """Like another entry, but today; note and next step are new each time."""
    initial = {
        "kind": visit.kind,
        "minutes": visit.minutes,
        "areas": [row.area for row in visit.visit_areas.all()],
        "without": visit.without,
    }
    if visit.activity:
        initial["activity"] = visit.activity.code
    if visit.transport:
        initial["transport"] = visit.transport.code
    if not visit.visit_families.exists():
        initial["family"] = NONE
    return initial | _partner(visit)


def of_visit(visit):
    """An entry as it stands, for correcting it."""
    family = _first_family(visit)
    step = visit.promised_steps.open().first()
    initial = of_copy(visit) | {
        "family": family.code if family else NONE,
        "case": visit.case.code if visit.case else NONE,
        "visited_on": visit.visited_on.isoformat(),
        "municipality": visit.municipality.slug,
    }
    initial |= {name: getattr(visit, name) for name in TOLD}
    # Typed once for the whole contact it follows its length
    if visit.interpreted_minutes not in (0, visit.minutes):
        initial["interpreted_minutes"] = visit.interpreted_minutes
    if step:
        initial |= {"next_step_on": step.due_on.isoformat(), "next_step": step.text}
    return initial


def _partner(row):
    """Institution and person of a step or an entry, as the form asks for them."""
    if row.contact_id:
        return {"contact": str(row.contact_id)}
    if row.institution_id:
        return {"contact": NONE, "institution": str(row.institution_id)}
    return {}

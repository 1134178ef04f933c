"""The copy that a phone keeps of what its mediator needs without signal.

Labels, codes, open cases, next steps, institutions and their people. No notes, no
phones or addresses of families, nobody else's families: everything comes from the
same scopes as the pages.
"""

from collections import Counter
from datetime import timedelta

from django.db.models import Q
from django.template.loader import render_to_string

from agenda import day
from agenda.nearest import on_page
from agenda.reminders import Reminder, reminders
from cases.forms.options import Options
from cases.models import Visit, VisitFamily
from cases.services.recents import recent_contacts
from families import hidden_names
from mediators.models import Role
from municipalities.models import Institution


@hidden_names.override(hidden=False)
def copy_for(mediator, today):
    """Plain data for JSON, and lists as the pages show them.

    With names and codes: the phone shows the ones or the others by itself.
    """
    options = Options(mediator, today, is_new=True)
    reports = day.own_reports(mediator, today)
    cards = day.month_cards(mediator, today, reports)
    steps = list(day.open_steps(mediator))
    kinds = reminders(mediator, today, cards, on_page(1))
    last, lately = _last_and_lately(mediator, today)
    return {
        "person": str(mediator.pk),
        "today": today.isoformat(),
        "families": _families(mediator, options, steps, today),
        "cases": [
            {
                "code": code,
                "family": case.family.code,
                "title": case.title,
                "area": case.area,
            }
            for code, case in options.cases.items()
        ],
        "people": _people(mediator, options),
        "institutions": [
            {"id": key, "name": institution.name}
            for key, institution in options.institutions.items()
        ],
        "places": _places(mediator, options),
        "steps": [_step(step) for step in steps],
        "last": _last(last) if last else None,
        "logged": _logged(lately),
        "html": {
            "todo": _to_do_rows(steps, kinds),
            "more": _more(kinds),
            "returned": _drawn(
                "agenda/_returned.html", "item", day.returned_reports(reports)
            ),
            "months": _drawn("agenda/_month_card.html", "card", cards),
            "contacts": _contacts(mediator, options, today),
            "logged": _drawn(
                "cases/log/_logged_row.html",
                "visit",
                [visit for visit in lately if visit.visited_on == today],
            ),
        },
    }


def _families(mediator, options, steps, today):
    """What the picker ranks by: the next step, the last contact, contacts this month."""
    due = {}
    for step in steps:
        due.setdefault(step.family_id, step)
    this_month = VisitFamily.objects.filter(
        visit__mediator=mediator, visit__visited_on__gte=today.replace(day=1)
    )
    times = Counter(this_month.order_by().values_list("family", flat=True))
    slugs = {place.pk: slug for slug, place in options.municipalities.items()}
    return [
        {
            "code": code,
            "label": family.name,
            "dueOn": _iso(due[family.pk].due_on) if family.pk in due else None,
            "dueAt": _clock(due[family.pk].due_at) if family.pk in due else None,
            "lastOn": _iso(family.last_on),
            "timesThisMonth": times[family.pk],
            "place": slugs[family.municipality_id],
        }
        for code, family in options.families.items()
    ]


def _people(mediator, options):
    """Officials, those met last first."""
    codes = {case.pk: code for code, case in options.cases.items()}
    recent = recent_contacts(mediator, options.contacts.values())
    met = {contact.pk: (cases, areas) for contact, cases, areas in recent}
    rest = [one for one in options.contacts.values() if one.pk not in met]
    return [
        {
            "id": str(contact.pk),
            "name": contact.name,
            "post": contact.post,
            "institution": str(contact.institution_id),
            "office": contact.institution.name,
            "isRecent": contact.pk in met,
            "cases": sorted(codes[pk] for pk in met[contact.pk][0] if pk in codes)
            if contact.pk in met
            else [],
            "areas": sorted(met[contact.pk][1]) if contact.pk in met else [],
        }
        for contact in [*(row[0] for row in recent), *rest]
    ]


def _places(mediator, options):
    """Where and when the person is or was a mediator: no entry outside of it."""
    appointed = [one for one in mediator.all_appointments if one.role == Role.MEDIATOR]
    return [
        {
            "slug": slug,
            "label": str(place),
            "terms": [
                {"from": _iso(one.starts_on), "until": _iso(one.ends_on)}
                for one in appointed
                if one.municipality_id == place.pk
            ],
        }
        for slug, place in options.municipalities.items()
    ]


def _step(step):
    return {
        "id": str(step.pk),
        "family": step.family.code if step.family else None,
        "case": step.case.code if step.case else None,
        "kind": step.kind,
        "contact": str(step.contact_id) if step.contact_id else None,
        "institution": str(step.institution_id) if step.institution_id else None,
    }


def _last_and_lately(mediator, today):
    """The entry written last, and those of yesterday and today."""
    log, since = Visit.objects.logged_by(mediator), today - timedelta(days=1)
    newest = log.order_by("-created_at").values_list("pk", flat=True).first()
    if newest is None:
        return None, []
    rows = (
        log.filter(Q(visited_on__gte=since) | Q(pk=newest))
        .with_subject()
        .select_related("case")
    )
    visits = list(rows)
    # Deleted since, it is missing from them
    last = next((visit for visit in visits if visit.pk == newest), None)
    return last, [visit for visit in visits if visit.visited_on >= since]


def _last(visit):
    """The entry that “copy the last one” copies; never its note or next step."""
    named = next(iter(visit.visit_families.all()), None)
    return {
        "family": named.family.code if named else None,
        "subject": named.family.name if named else visit.subject,
        "without": visit.without,
        "case": visit.case.code if visit.case else None,
        "kind": visit.kind,
        "minutes": visit.minutes,
        "areas": [row.area for row in visit.visit_areas.all()],
        "contact": str(visit.contact_id) if visit.contact_id else None,
        "institution": str(visit.institution_id) if visit.institution_id else None,
    }


def _logged(visits):
    """What was logged on the last days, for asking about a second one of a kind."""
    return [
        {
            "day": _iso(visit.visited_on),
            "kind": visit.kind,
            "families": [row.family.code for row in visit.visit_families.all()],
            "case": visit.case.code if visit.case else None,
            "institution": str(visit.institution_id) if visit.institution_id else None,
        }
        for visit in visits
    ]


def _to_do_rows(steps, kinds):
    """Every open step and the next reminders of each kind as rows of Šodien.

    The phone parts them by its own day.
    """
    todo = [*steps, *(reminder for kind in kinds for reminder in kind.rows)]
    return [
        {
            "dueOn": _iso(one.due_on),
            "dueAt": _clock(one.due_at),
            "family": one.family.code if one.family else None,
            "html": render_to_string(
                "agenda/_reminder.html", {"reminder": one, "due": ""}
            )
            if isinstance(one, Reminder)
            else render_to_string("offline/_step.html", {"step": one}),
        }
        for one in sorted(todo, key=day.by_time)
    ]


def _more(kinds):
    """How many reminders the phone does not keep, with the way to them."""
    count = sum(kind.counts.total() - len(kind.rows) for kind in kinds)
    return render_to_string("offline/_more.html", {"count": count}) if count else ""


def _drawn(template, name, rows):
    return "".join(render_to_string(template, {name: row}) for row in rows)


def _contacts(mediator, options, today):
    """The cards of Kontakti, of the rows that are there to choose from already."""
    people = {}
    for contact in options.contacts.values():
        people.setdefault(contact.institution_id, []).append(contact)
    institutions = list(options.institutions.values())
    told = Institution.objects.contacts_of(mediator, today)
    for one in institutions:
        one.people = people.get(one.pk, ())
        one.last_contact, one.contacts_in_month = told.get(one.pk, (None, 0))
    return [
        render_to_string("municipalities/_institution.html", {"institution": one})
        for one in institutions
    ]


def _iso(day):
    return day.isoformat() if day else None


def _clock(time):
    return f"{time:%H:%M}" if time else None

"""Everything the page of a case shows, through the eyes of one reader."""

from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from cases.models import Achievement, NextStep, Outcome
from cases.services.documents import papers_of
from cases.services.partners import last_met, people_in
from cases.services.people import chosen_for, people_of_family
from cases.services.timeline import LATEST_VISITS, About, timeline_of
from families import words


@dataclass(frozen=True)
class Achieved:
    """An achievement as a mediator reads it: what, for whom, and whether it can go."""

    row: Achievement
    whom: str
    is_removable: bool


def page_of(case, user, *, about=""):
    """For a mediator who works on the case; ``about`` narrows the line of time.

    ``case`` comes ``with_parts`` out of the reader's scope; parts that it does not have are
    not asked for. What is about it alone is the reader's with it; entries and steps, which
    may be a colleague's own, are asked for through theirs.
    """
    entries = case.visits.visible_to(user)
    visits = list(entries.select_related("institution", "contact")[:LATEST_VISITS])
    met = [(visit.visited_on, visit.contact_id) for visit in visits]
    if len(visits) == LATEST_VISITS:
        # There may be earlier ones with other officials
        met = last_met(entries)
    referrals = list(referrals_of(case)) if case.has_referrals else []
    shares = list(case.shares.all()) if case.has_shares else []
    steps = list(NextStep.objects.visible_to(user).filter(case=case))
    past_steps = [step for step in steps if not step.is_open]
    prefetch_related_objects(past_steps, "moves")
    running = (share for share in shares if share.is_running)
    why_no_share = why_no_writing = ""
    if case.has_withdrawals:
        prefetch_related_objects([case.family], "consents")
        why_no_share = words.why_no_share(case.family)
        why_no_writing = words.why_no_case(case.family)
    achievements = achievements_of(case, user) if case.has_achievements else []
    line = timeline_of(
        case,
        visits=visits,
        referrals=referrals,
        shares=shares,
        events=list(case.events.all()) if case.has_events else [],
        achievements=achievements,
    )
    return {
        "case": case,
        "steps": [step for step in steps if step.is_open],
        "past_steps": past_steps,
        "goals": list(case.sub_goals.all()) if case.has_sub_goals else [],
        "helped": chosen_for(case) if case.has_people else [],
        "achievements": achievements,
        "papers": papers_of(case, [achieved.row for achieved in achievements]),
        "timeline": line.only(about),
        "abouts": About.choices,
        "about": about if about in About.values else "",
        "referrals": referrals,
        "people": people_in(met=met, referrals=referrals),
        "advice": case.advice.in_codes() if case.has_advice else [],
        "share": None if why_no_share else next(running, None),
        "why_no_share": why_no_share,
        "why_no_writing": why_no_writing,
        "asks_what_was_achieved": case.outcome == Outcome.SOLVED
        and not (achievements or why_no_writing),
    }


def achievements_of(case, user):
    """The newest first."""
    rows = case.achievements.all()
    found = list(rows.select_related("what", "document"))
    if not found:
        return []
    known = people_of_family(case.family)
    removable = set(rows.editable_by(user).values_list("pk", flat=True))
    return [Achieved(row, _whom(row, known), row.pk in removable) for row in found]


def documents_of(case, user):
    """The obtained documents of a case, the newest first."""
    rows = Achievement.objects.visible_to(user).filter(case=case).documents()
    return list(rows.select_related("document"))


def _whom(row, known):
    if row.person_id is None:
        return _("for the whole family")
    person = known.get(row.person_id)
    return (
        person.told_apart if person else _("for a person who is no longer on the list")
    )


def people_of(case, user):
    """The officials a mediator has met or asked in this case."""
    met = last_met(case.visits.visible_to(user))
    return people_in(met=met, referrals=referrals_of(case))


def referrals_of(case):
    """The referrals of a case with the words they show."""
    return case.referrals.select_related("institution", "contact", "request")


def shared_page_of(share):
    """For a coordinator: what the share lets through, and nothing else.

    The share itself is the permission; texts of entries and referrals, notes and
    the family stay out, also of what is fetched.
    """
    case = share.case
    line = timeline_of(
        case,
        visits=case.visits.defer("note").select_related("institution", "contact"),
        referrals=list(
            case.referrals.defer("text", "note").select_related(
                "institution", "contact"
            )
        ),
        shares=list(case.shares.defer("reason")),
        events=list(case.events.all()),
    )
    return {
        "share": share,
        "case": case,
        "label": case.family.name if share.shows_label else "",
        "next_step": case.next_steps.open().only("due_on").first(),
        "timeline": line,
    }

"""Everything the page of a case shows, through the eyes of one reader."""

from django.db.models import prefetch_related_objects

from cases.models import CaseShare, NextStep, Referral
from cases.services.partners import people_in
from cases.services.timeline import About, timeline_of
from families import words


def page_of(case, user, *, about=""):
    """For a mediator who works on the case; ``about`` narrows the line of time."""
    visits = list(case.visits.visible_to(user).select_related("institution", "contact"))
    referrals = list(referrals_of(case, user))
    shares = list(CaseShare.objects.visible_to(user).filter(case=case))
    running = (share for share in shares if share.is_running)
    prefetch_related_objects([case.family], "consents")
    why_no_share = words.why_no_share(case.family)
    line = timeline_of(case, visits=visits, referrals=referrals, shares=shares)
    steps = NextStep.objects.visible_to(user).filter(case=case)
    return {
        "case": case,
        "steps": steps.open(),
        "past_steps": steps.ended().prefetch_related("moves"),
        "goals": list(case.sub_goals.all()),
        "timeline": line.only(about),
        "abouts": About.choices,
        "about": about if about in About.values else "",
        "referrals": referrals,
        "people": people_in(visits=visits, referrals=referrals),
        "share": None if why_no_share else next(running, None),
        "why_no_share": why_no_share,
        "why_no_writing": words.why_no_case(case.family),
    }


def people_of(case, user):
    """The officials a mediator has met or asked in this case."""
    return people_in(
        visits=case.visits.visible_to(user), referrals=referrals_of(case, user)
    )


def referrals_of(case, user):
    """The referrals of a case with the words they show."""
    rows = Referral.objects.visible_to(user).filter(case=case)
    return rows.select_related("institution", "contact", "request")


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
    )
    return {
        "share": share,
        "case": case,
        "label": case.family.name if share.shows_label else "",
        "next_step": case.next_steps.open().only("due_on").first(),
        "timeline": line,
    }

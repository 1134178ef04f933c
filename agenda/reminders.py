"""What the day asks for beside the next steps: computed from other rows, never stored.

A further source is one function that takes ``(rows, mediator, today)`` and yields
reminders, and in ``SOURCES`` beside it the rows of which there must be one for that,
with what tells their day: then no more of them are read than are shown.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Exists
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agenda.nearest import Part, counted, few, nearest
from cases.models import Advice, Agreement, Referral
from data_protection.models import SubjectRequest
from families.models import Consent, Family, NameGrant
from families.models.family import ASKED_AGAIN, GRACE
from interface.latvian import long_date_dative, month_genitive
from mediators.models import User
from mediators.renewals import may_renew, renewals
from municipalities.models import Institution
from municipalities.working_days import waited_longer_than
from stories.models import Story
from stories.workflow import Status

REPORT_SOON = timedelta(days=5)
ANSWER_SHOWN = 3
"""Working days for which the day tells that a question was answered."""
PARTNER_QUIET = timedelta(days=92)
"""After three months without a contact a partner is talked to about how it goes (R047)."""


@dataclass(frozen=True)
class Reminder:
    """Something to do by a day, with the page where it is done."""

    due_on: date
    icon: str
    text: str
    url: str
    action: str
    family: Family | None = None
    title: str = ""
    due_at: time | None = None

    @property
    def subject(self):
        return self.family.name if self.family else self.title


@dataclass(frozen=True)
class Kind:
    """Of one kind the steps or reminders to show, and how many there are in each part
    of the day."""

    rows: list
    counts: Counter
    asks_for_consent: bool = False


@dataclass(frozen=True)
class Source:
    """Where the reminders of one kind come from.

    ``rows`` gives the rows of ``(mediator, today)``. ``by`` is the field or lookup of the
    day from which on, ``after`` so long, a row is late, and each row is one reminder;
    without it the rows are few, and of a mediator's own making.
    """

    rows: Callable
    by: str = ""
    after: timedelta = timedelta()
    asks_for_consent: bool = False


def what_there_is(mediator, today, **others):
    """Of each source, and of each of ``others`` by its name, the rows; None without any.

    On most days there is nothing of most sources. One statement tells of which there
    is something, and only these are read.
    """
    rows = {
        draw.__name__: source.rows(mediator, today) for draw, source in SOURCES.items()
    }
    rows |= others
    questions = {name: Exists(found) for name, found in rows.items()}
    there_is = User.objects.filter(pk=mediator.pk).values(**questions).get()
    return {name: found if there_is[name] else None for name, found in rows.items()}


def reminders(mediator, today, cards, places, found=None):
    """The reminders of a mediator, kind by kind: those at these ``places`` of each part.

    ``cards`` are the months of the page, ``found`` what there is, where the page knows it
    already.
    """
    found = what_there_is(mediator, today) if found is None else found
    return [
        parted(reports_due(today, cards), today, places),
        *(
            _kind(draw, source, rows, mediator, today, places)
            for draw, source in SOURCES.items()
            if (rows := found[draw.__name__]) is not None
        ),
    ]


def _kind(draw, source, rows, mediator, today, places):
    all_of_them = few(rows) if source.by else rows
    if all_of_them is not None:
        drawn = draw(all_of_them, mediator, today)
        return parted(drawn, today, places, source.asks_for_consent)
    rows = list(nearest(rows, today - source.after, places, by=source.by))
    drawn = list(draw(rows, mediator, today))
    return Kind(drawn, counted(rows), source.asks_for_consent)


def parted(found, today, places, asks_for_consent=False):
    """The same of steps or reminders that are all at hand, in any order."""
    parts = {part: [] for part in Part}
    for one in sorted(found, key=lambda one: one.due_on):
        parts[Part.of(one.due_on, today)].append(one)
    counts = Counter({part: len(rows) for part, rows in parts.items()})
    shown = (parts[part][at.start : at.stop] for part, at in places.items())
    return Kind([one for rows in shown for one in rows], counts, asks_for_consent)


def consents_to_ask_for(families, mediator, today):
    """Families that never agreed to anything may think for two weeks."""
    for family in families:
        yield _ask(family, family.grace_ends_on, _("There is no consent yet"))


def consents_to_renew(consents, mediator, today):
    """Those that end soon or have ended."""
    for consent in consents:
        text = _("The consent has ended") if consent.is_over else _("The consent ends")
        yield _ask(consent.family, consent.valid_until, text)


def _ask(family, due_on, text):
    return Reminder(
        due_on=due_on,
        icon="file-check",
        text=text,
        url=reverse("families:consent", args=[family.code]),
        action=_("Record consent"),
        family=family,
    )


def reports_due(today, cards):
    """Months that are over, when their report is due within days or late."""
    for card in cards:
        if card.is_over and card.due_on <= today + REPORT_SOON:
            title = _("%(month)s report") % {
                "month": capfirst(month_genitive(card.month))
            }
            yield Reminder(
                due_on=card.due_on,
                icon="file-text",
                text=_("Hand in by %(date)s") % {"date": long_date_dative(card.due_on)},
                url=card.url,
                action=_("Open the report"),
                title=", ".join(filter(None, [title, card.place])),
            )


def answers_to_find_out(late, mediator, today):
    """Referrals that no institution has answered for more than ten working days."""
    for referral in late:
        yield Reminder(
            due_on=referral.due_on,
            icon="building-community",
            text=_("Find out the answer: %(institution)s")
            % {"institution": referral.institution},
            url=referral.case.get_absolute_url(),
            action=_("Open the case"),
            family=referral.case.family,
        )


def names_to_decide(waiting, mediator, today):
    """Requests of those who work with codes to see the name of a family."""
    for grant in waiting:
        yield Reminder(
            due_on=timezone.localdate(grant.asked_at),
            icon="eye",
            text=_("Somebody asks to see the name"),
            url=reverse("families:name-grants"),
            action=_("Decide"),
            family=grant.family,
        )


def requests_about_data(_open, mediator, today):
    """What families ask about their data: to decide as the second person, to hand out,
    to correct. The month of the law runs."""
    requests = SubjectRequest.objects
    to_decide = requests.confirmable_by(mediator)
    to_hand_out = requests.handed_out_by(mediator).open()
    to_correct = requests.to_correct_by(mediator)
    for rows, text in (
        (to_decide, _("A request about data waits for your decision")),
        (to_hand_out, _("Give the family the copy of its data")),
        (to_correct, _("Correct what the family asked")),
    ):
        for asked in rows.select_related("family"):
            yield Reminder(
                due_on=asked.due_on,
                icon="message-question",
                text=text,
                url=asked.get_absolute_url(),
                action=_("Open the request"),
                family=asked.family,
            )


def dates_to_renew(_found, mediator, today):
    """Certificates and the check of the record that end soon or have ended."""
    for renewal in renewals([mediator], today):
        yield Reminder(
            due_on=renewal.due_on,
            icon="school",
            text=_("Was valid until this day")
            if renewal.is_over
            else _("Valid until this day"),
            url=reverse("person", args=[mediator.pk]),
            action=_("Open my page"),
            title=renewal.what,
        )


def advice_to_give(waiting, mediator, today):
    """Questions of other mediators, in codes."""
    for advice in waiting:
        yield Reminder(
            due_on=timezone.localdate(advice.asked_at),
            icon="message-question",
            text=_("Asks for your advice: %(name)s") % {"name": advice.by.full_name},
            url=advice.get_absolute_url(),
            action=_("Answer"),
            title=advice.code,
        )


def answers_to_read(answered, mediator, today):
    """What was answered to the own questions, for three working days."""
    visible = Advice.objects.visible_to(mediator).filter(pk__in=answered.values("pk"))
    for advice in visible.in_codes():
        yield Reminder(
            due_on=today,
            icon="message-question",
            text=_("Your question was answered by %(name)s")
            % {"name": advice.answered_by.full_name},
            url=advice.get_absolute_url(),
            action=_("Read the answer"),
            title=advice.code,
        )


def stories_to_agree_on(waiting, mediator, today):
    """Edited stories that wait for the mediator's approval, or for the family's word."""
    for story in waiting:
        yield Reminder(
            due_on=timezone.localdate(story.last_step_at),
            icon="star",
            text=_("The story waits for the agreement of the family")
            if story.is_approved
            else _("The story waits for your approval"),
            url=story.get_absolute_url(),
            action=_("Open the story"),
            title=story.title,
        )


def partners_to_call(agreed, mediator, today):
    """Institutions with an agreement in force that the own log has not named for months."""
    agreed = agreed.values("institution")
    quiet = Institution.objects.visible_to(mediator).active().filter(pk__in=agreed)
    for institution in quiet.with_cooperation_of(mediator, today):
        last = institution.last_contact
        if last is None or last < today - PARTNER_QUIET:
            yield Reminder(
                due_on=last + PARTNER_QUIET if last else today,
                icon="phone",
                text=_("No contact for three months: talk about how it goes"),
                url=institution.get_absolute_url(),
                action=_("Open the institution"),
                title=institution.name,
            )


def _without_consent(mediator, today):
    return Family.objects.visible_to(mediator).open().never_agreed()


def _ending_consents(mediator, today):
    families = Family.objects.visible_to(mediator).open()
    ending = Consent.objects.filter(family__in=families).to_renew(today + ASKED_AGAIN)
    return ending.select_related("family")


def _late_referrals(mediator, today):
    late = Referral.objects.visible_to(mediator).unanswered_after(today=today)
    return late.select_related("case__family", "institution")


def _names_asked_for(mediator, today):
    return NameGrant.objects.waiting_for(mediator).select_related("family")


def _answered_lately(mediator, today):
    since = waited_longer_than(ANSWER_SHOWN, today)
    own = Advice.objects.filter(by=mediator, answered_by__isnull=False)
    return own.filter(answered_at__date__gte=since)


def _agreed_long_ago(mediator, today):
    agreed = Agreement.objects.visible_to(mediator).in_force()
    return agreed.filter(agreed_on__lt=today - PARTNER_QUIET)


def _stories(mediator, today):
    waiting = Story.objects.waiting_for(mediator).filter(status=Status.AGREEING)
    return waiting.with_last_step()


SOURCES = {
    consents_to_ask_for: Source(
        _without_consent, by="started_on", after=GRACE, asks_for_consent=True
    ),
    consents_to_renew: Source(
        _ending_consents, by="valid_until", asks_for_consent=True
    ),
    answers_to_find_out: Source(_late_referrals, by="due_on"),
    names_to_decide: Source(_names_asked_for, by="asked_at__date"),
    requests_about_data: Source(
        lambda user, today: SubjectRequest.objects.visible_to(user).open()
    ),
    dates_to_renew: Source(lambda user, today: may_renew(today).filter(pk=user.pk)),
    advice_to_give: Source(
        lambda user, today: Advice.objects.waiting_for(user).in_codes(),
        by="asked_at__date",
    ),
    answers_to_read: Source(_answered_lately),
    stories_to_agree_on: Source(_stories, by="last_step_at__date"),
    partners_to_call: Source(_agreed_long_ago),
}

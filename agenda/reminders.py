"""What the day asks for beside the next steps: computed from other rows, never stored.

A further source is one function that takes ``(rows, mediator, today)`` and yields
reminders, and in ``SOURCES`` beside it the rows of which there must be one for that.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cases.models import Advice, Agreement, Referral
from data_protection.models import SubjectRequest
from families.models import Consent, Family, NameGrant
from families.services.consents import SOON, consent_states
from interface.latvian import long_date_dative, month_genitive
from mediators.models import User
from mediators.renewals import may_renew, renewals
from municipalities.models import Institution
from municipalities.working_days import waited_longer_than
from stories.models import Story
from stories.workflow import Status

TIME_TO_ASK = timedelta(days=14)
"""How long a new family may think before the missing consent is late."""
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


def what_there_is(mediator, today, **others):
    """Of each source, and of each of ``others`` by its name, the rows; None without any.

    On most days there is nothing of most sources. One statement tells of which there
    is something, and only these are read.
    """
    rows = {source.__name__: of(mediator, today) for source, of in SOURCES.items()}
    rows |= others
    questions = {name: Exists(found) for name, found in rows.items()}
    there_is = User.objects.filter(pk=mediator.pk).values(**questions).get()
    return {name: found if there_is[name] else None for name, found in rows.items()}


def reminders(mediator, today, cards, found=None):
    """All reminders of a mediator; ``cards`` are the months of the page, ``found`` what
    there is, where the page knows it already."""
    found = what_there_is(mediator, today) if found is None else found
    return [
        *reports_due(today, cards),
        *(
            reminder
            for source in SOURCES
            if (rows := found[source.__name__]) is not None
            for reminder in source(rows, mediator, today)
        ),
    ]


def consents_to_renew(families, mediator, today):
    """Open families whose consent ends soon, has ended, or was never given."""
    for family in families.prefetch_related("consents"):
        found = _consent_to_renew(family)
        if found:
            due_on, text = found
            yield Reminder(
                due_on=due_on,
                icon="file-check",
                text=text,
                url=reverse("families:consent", args=[family.code]),
                action=_("Record consent"),
                family=family,
            )


def _consent_to_renew(family):
    """By when and why; None where there is nothing to ask.

    Whoever took the consent back is not asked again.
    """
    states = {state.purpose: state for state in consent_states(family)}
    state = states[Consent.Purpose.KEEP]
    if state.consent is None:
        return family.started_on + TIME_TO_ASK, _("There is no consent yet")
    if state.is_withdrawn or not state.ends_soon:
        return None
    text = _("The consent has ended") if state.is_over else _("The consent ends")
    return state.consent.valid_until, text


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
    for referral in late.select_related("case__family", "institution"):
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
    for grant in waiting.select_related("family"):
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
    for advice in waiting.in_codes():
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
    for story in waiting.with_last_step():
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


def _families_to_ask(mediator, today):
    """Without a consent in force, or with one that does not stay so for long."""
    keeping = Consent.objects.in_force(today).filter(
        family=OuterRef("pk"), purpose=Consent.Purpose.KEEP
    )
    ending = keeping.filter(valid_until__lte=today + SOON)
    families = Family.objects.visible_to(mediator).open()
    return families.filter(~Exists(keeping) | Exists(ending))


def _late_referrals(mediator, today):
    return Referral.objects.visible_to(mediator).unanswered_after(today=today)


def _answered_lately(mediator, today):
    since = waited_longer_than(ANSWER_SHOWN, today)
    own = Advice.objects.filter(by=mediator, answered_by__isnull=False)
    return own.filter(answered_at__date__gte=since)


def _agreed_long_ago(mediator, today):
    agreed = Agreement.objects.visible_to(mediator).in_force()
    return agreed.filter(agreed_on__lt=today - PARTNER_QUIET)


def _stories(mediator, today):
    return Story.objects.waiting_for(mediator).filter(status=Status.AGREEING)


SOURCES = {
    consents_to_renew: _families_to_ask,
    answers_to_find_out: _late_referrals,
    names_to_decide: lambda user, today: NameGrant.objects.waiting_for(user),
    requests_about_data: lambda user, today: SubjectRequest.objects.visible_to(
        user
    ).open(),
    dates_to_renew: lambda user, today: may_renew(today).filter(pk=user.pk),
    advice_to_give: lambda user, today: Advice.objects.waiting_for(user),
    answers_to_read: _answered_lately,
    stories_to_agree_on: _stories,
    partners_to_call: _agreed_long_ago,
}

"""What happened in a case: everything in one line of time, each moment with its kind."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from cases.models import CaseStatus

LATEST_VISITS = 100


class About(models.TextChoices):
    """What a moment is about; the value stands in the address of the page."""

    ENTRIES = "ieraksti", pgettext_lazy("timeline", "Entries")
    REFERRALS = "nosutijumi", pgettext_lazy("timeline", "Referrals")
    STATUS = "statuss", pgettext_lazy("timeline", "Status")
    SHARES = "dalisanas", pgettext_lazy("timeline", "Sharing")
    ACHIEVEMENTS = "panakumi", pgettext_lazy("timeline", "Achievements")


@dataclass(frozen=True)
class Moment:
    """One point of the line. ``what`` names the partial that puts it into words."""

    about: About
    what: str
    day: date
    at: datetime
    icon: str
    row: object

    @property
    def template(self):
        return f"cases/timeline/_{self.what}.html"


@dataclass(frozen=True)
class Timeline:
    """The line, the newest first, and above it what is still waited for."""

    moments: list[Moment]
    open_referrals: list
    waiting: object = None
    """The change of status that put the case on hold, where no referral says why."""

    def only(self, about):
        """The moments of one kind; without a kind that exists, all of them."""
        if about not in About.values:
            return self
        return Timeline(
            [moment for moment in self.moments if moment.about == about],
            self.open_referrals if about == About.REFERRALS else [],
            self.waiting if about == About.STATUS else None,
        )


def timeline_of(case, *, visits, referrals, shares, events, achievements=()):
    """The line of these rows; ``events`` are the case's own changes, the newest first.

    The caller gives what the reader may see; nothing is fetched past it.
    """
    open_referrals = [row for row in referrals if row.is_open]
    moments = [
        *_entries(visits),
        *_referrals(referrals),
        *_changes(events),
        *_shares(shares),
        *_achievements(achievements),
    ]
    moments.sort(key=lambda moment: (moment.day, moment.at), reverse=True)
    is_on_hold = case.status == CaseStatus.WAITING and not open_referrals
    on_hold = next((row for row in events if row.status == CaseStatus.WAITING), None)
    return Timeline(moments, open_referrals, on_hold if is_on_hold else None)


def _entries(visits):
    for visit in visits[:LATEST_VISITS]:
        yield Moment(
            About.ENTRIES,
            "visit",
            visit.visited_on,
            visit.created_at,
            visit.kind_choice.icon,
            visit,
        )


def _referrals(referrals):
    for row in referrals:
        if row.is_open:
            continue
        yield Moment(About.REFERRALS, "sent", row.sent_on, row.created_at, "send", row)
        yield Moment(
            About.REFERRALS,
            "answer",
            row.answered_on,
            row.created_at,
            row.answer_choice.icon,
            row,
        )


def _changes(events):
    for event in events:
        icon = CaseStatus(event.status).icon
        day = timezone.localdate(event.at)
        yield Moment(About.STATUS, "status", day, event.at, icon, event)


def _shares(shares):
    for share in shares:
        yield Moment(
            About.SHARES, "shared", share.starts_on, share.created_at, "eye", share
        )
        if share.over_on:
            at = share.stopped_at or share.created_at
            yield Moment(
                About.SHARES, "share_over", share.over_on, at, "eye-off", share
            )


def _achievements(achievements):
    for achieved in achievements:
        row = achieved.row
        yield Moment(
            About.ACHIEVEMENTS,
            "achieved",
            row.achieved_on,
            row.created_at,
            "circle-check",
            achieved,
        )

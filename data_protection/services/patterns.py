"""What is worth a question in the audit of the last thirty days.

Each pattern is a class with a name and a sentence why. None of them accuses anybody or
counts points: a finding leads to its entries, and the officer asks.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from urllib.parse import urlencode

from django.db.models import Count, TextField
from django.db.models.functions import Cast, Substr
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.models import Visit
from data_protection.services.trail import day_of, moment_of
from families.models import Family, FamilyAssignment
from families.services.families import Need
from mediators.models import User
from privacy.audit import Verb
from privacy.models import AuditEntry

PERIOD = timedelta(days=30)
SHOWN = 20
FAMILY = Family._meta.label_lower
LOOKED = (Verb.READ, Verb.REVEAL)


@dataclass(frozen=True)
class Finding:
    """One thing to ask about: who, on which day or at which hour, and the entries."""

    actor: object
    at: datetime
    text: str
    verb: str = ""
    days: int = 1

    @property
    def url(self):
        """The entries of its days; where nobody was signed in there is no account."""
        if self.actor is None:
            return ""
        last = timezone.localdate(self.at)
        first = last - timedelta(days=self.days - 1)
        query = {"konts": self.actor, "no": first, "lidz": last, "darbiba": self.verb}
        return f"{reverse('data_protection:account')}?{urlencode(query)}"


def _recent(*verbs, now):
    return AuditEntry.objects.filter(verb__in=verbs, at__gt=now - PERIOD)


def _hour():
    return Substr(Cast("at", TextField()), 1, 13)


class ManyFamilies:
    title = gettext_lazy("Many families in one hour")
    why = gettext_lazy(
        "Who looks for something opens more families than the day asks for: at least ten "
        "in an hour, and three times as many as this person usually does."
    )
    AT_LEAST, TIMES = 10, 3

    def find(self, now):
        hours = (
            _recent(*LOOKED, now=now)
            .filter(object_type=FAMILY)
            .values("actor", hour=_hour())
            .annotate(families=Count("object_id", distinct=True))
            .order_by()
        )
        by_actor = defaultdict(list)
        for row in hours:
            by_actor[row["actor"]].append((row["hour"], row["families"]))
        for actor, found in by_actor.items():
            usual = median(count for _hour, count in found)
            for hour, count in found:
                if count >= max(self.AT_LEAST, self.TIMES * usual):
                    text = ngettext(
                        "%(count)d family in an hour",
                        "%(count)d families in an hour",
                        count,
                    )
                    yield Finding(
                        actor, moment_of(hour), text % {"count": count}, Verb.READ
                    )


class AtNight:
    title = gettext_lazy("Uncovered at night")
    why = gettext_lazy(
        "A phone number or an address is seldom needed between ten in the evening and six "
        "in the morning."
    )

    def find(self, now):
        reveals = _recent(Verb.REVEAL, now=now).values_list("actor", "at")
        for actor, at in reveals:
            if not 6 <= timezone.localtime(at).hour < 22:
                yield Finding(actor, at, _("a covered field was opened"), Verb.REVEAL)


class NothingFollowed:
    title = gettext_lazy("Uncovered, and no entry afterwards")
    why = gettext_lazy(
        "Who calls or visits a family writes it down. Here nothing was written about the "
        "family in the seven days after its data were uncovered."
    )
    WITHIN = timedelta(days=7)

    def find(self, now):
        reveals = [
            entry
            for entry in _recent(Verb.REVEAL, now=now).filter(
                object_type=FAMILY, at__lt=now - self.WITHIN
            )
            if entry.detail.get("purpose") != Need.EDIT
        ]
        logged = defaultdict(list)
        rows = Visit.objects.filter(
            families__in={entry.object_id for entry in reveals},
            created_at__gt=now - PERIOD,
        ).values_list("mediator", "families", "created_at")
        for mediator, family, at in rows:
            logged[mediator, str(family)].append(at)
        for entry in reveals:
            until = entry.at + self.WITHIN
            times = logged[entry.actor, entry.object_id]
            if not any(entry.at <= at <= until for at in times):
                yield Finding(
                    entry.actor, entry.at, _("no entry within seven days"), Verb.REVEAL
                )


class ManyRefusals:
    title = gettext_lazy("Many refused pages")
    why = gettext_lazy(
        "An old link is refused once or twice. Ten in a day mean that somebody tries "
        "addresses, or that an appointment is wrong."
    )
    AT_LEAST = 10

    def find(self, now):
        yield from _per_day(
            _recent(Verb.REFUSE, now=now), self.AT_LEAST, Verb.REFUSE, self.words
        )

    def words(self, count):
        text = ngettext(
            "%(count)d refusal in a day", "%(count)d refusals in a day", count
        )
        return text % {"count": count}


class ManyExports:
    title = gettext_lazy("Many exports in a week")
    why = gettext_lazy(
        "What was taken out is beyond the reach of this system. More than five files in a "
        "week are more than reports and meetings need."
    )
    MOST = 5

    def find(self, now):
        weeks, last = Counter(), {}
        exports = _recent(Verb.EXPORT, now=now).values_list("actor", "at")
        for actor, at in exports:
            week = actor, timezone.localdate(at).isocalendar()[:2]
            weeks[week] += 1
            last[week] = at
        for week, count in weeks.items():
            if count > self.MOST:
                text = ngettext(
                    "%(count)d file in a week", "%(count)d files in a week", count
                )
                yield Finding(
                    week[0], last[week], text % {"count": count}, Verb.EXPORT, days=7
                )


class FailedSignIns:
    title = gettext_lazy("Many failed sign-ins")
    why = gettext_lazy(
        "Somebody tries passwords. Which address was typed is not kept, because people "
        "type their password there by mistake."
    )
    AT_LEAST, WITHIN = 10, timedelta(minutes=15)

    def find(self, now):
        """Whoever else signs in meanwhile hides nothing."""
        together = []
        failures = _recent(Verb.SIGN_IN_FAILED, now=now)
        for at in failures.values_list("at", flat=True):
            if together and at - together[0] > self.WITHIN:
                yield from self._finding(together)
                together = []
            together.append(at)
        yield from self._finding(together)

    def _finding(self, together):
        if len(together) >= self.AT_LEAST:
            text = ngettext(
                "%(count)d failed sign-in within 15 minutes",
                "%(count)d failed sign-ins within 15 minutes",
                len(together),
            )
            yield Finding(None, together[-1], text % {"count": len(together)})


class AfterSubstitution:
    title = gettext_lazy("A substitute outside the days of the substitution")
    why = gettext_lazy(
        "Who stood in for a colleague sees the families on those days alone. An entry "
        "outside of them means that access did not end as it should."
    )

    def find(self, now):
        stood_in = defaultdict(list)
        for row in FamilyAssignment.objects.filter(
            mediator__in=FamilyAssignment.objects.filter(
                kind=FamilyAssignment.Kind.SUBSTITUTION
            ).values("mediator")
        ).select_related("substitution"):
            stood_in[row.mediator_id, str(row.family_id)].append(row)
        looks = (
            _recent(*LOOKED, now=now)
            .filter(object_type=FAMILY, actor__in={actor for actor, _f in stood_in})
            .values_list("actor", "object_id", "at")
        )
        for actor, family, at in looks:
            held = stood_in.get((actor, family))
            if held and not any(_covers(row, timezone.localdate(at)) for row in held):
                yield Finding(
                    actor, at, _("a family was opened outside the days"), Verb.READ
                )


def _covers(assignment, day):
    """On the day on which it was ended early both may have had the family."""
    last = assignment.ends_on
    if assignment.substitution and assignment.substitution.ended_early_on:
        last = assignment.substitution.ended_early_on
    return assignment.starts_on <= day and (last is None or day <= last)


def _per_day(entries, at_least, verb, words):
    hours = entries.order_by().values("actor", hour=_hour()).annotate(n=Count("pk"))
    days, moments = Counter(), {}
    for row in hours:
        day = row["actor"], day_of(row["hour"])
        days[day] += row["n"]
        moments[day] = moment_of(row["hour"])
    for day, count in days.items():
        if count >= at_least:
            yield Finding(day[0], moments[day], words(count), verb)


PATTERNS = (
    ManyFamilies(),
    AtNight(),
    NothingFollowed(),
    ManyRefusals(),
    ManyExports(),
    FailedSignIns(),
    AfterSubstitution(),
)


@dataclass(frozen=True)
class Found:
    """A pattern with what it found, the newest first, and the accounts by name."""

    pattern: object
    findings: list

    @property
    def rows(self):
        """The newest, with the person or None where nobody was signed in."""
        shown = self.findings[:SHOWN]
        people = User.objects.in_bulk({one.actor for one in shown})
        return [(people.get(one.actor), one) for one in shown]

    @property
    def more(self):
        return max(len(self.findings) - SHOWN, 0)


def found(now):
    return [
        Found(one, sorted(one.find(now), key=lambda row: row.at, reverse=True))
        for one in PATTERNS
    ]

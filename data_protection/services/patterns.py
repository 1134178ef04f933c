"""What is worth a question in the audit of the last thirty days.

Each pattern is a class with a name and a sentence why. None of them accuses anybody or
counts points: a finding leads to its entries, and the officer asks. Thirty days of a
country are many entries, so they stream: at most those of one person are held.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import groupby
from operator import attrgetter, itemgetter
from statistics import median
from urllib.parse import urlencode

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    TextField,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Cast, Replace, Substr, TruncDate
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


def _of_families(*verbs, now):
    """The same about families alone, with the ``family`` as its own table knows it."""
    # As text a UUID has dashes, and SQLite keeps it without them
    family = Cast(Replace("object_id", Value("-"), Value("")), UUIDField())
    return _recent(*verbs, now=now).filter(object_type=FAMILY).annotate(family=family)


def _hour():
    return Substr(Cast("at", TextField()), 1, 13)


def _by_hour(entries, **counted):
    """(who, [(hour, count)]) in the order of time; entries without an account are one."""
    hours = entries.values("actor", hour=_hour()).annotate(**counted)
    rows = hours.order_by("actor", "hour").values_list("actor", "hour", *counted)
    for actor, own in groupby(rows.iterator(), itemgetter(0)):
        yield actor, [(hour, count) for _actor, hour, count in own]


class ManyFamilies:
    title = gettext_lazy("Many families in one hour")
    why = gettext_lazy(
        "Who looks for something opens more families than the day asks for: at least ten "
        "in an hour, and three times as many as this person usually does."
    )
    AT_LEAST, TIMES = 10, 3

    def find(self, now):
        looks = _recent(*LOOKED, now=now).filter(object_type=FAMILY)
        families = Count("object_id", distinct=True)
        for actor, found in _by_hour(looks, families=families):
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
        reveals = _recent(Verb.REVEAL, now=now).order_by("at", "seq")
        for actor, at in reveals.values_list("actor", "at").iterator():
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
        logged = Visit.families.through.objects.filter(
            family=OuterRef("family"),
            visit__mediator=OuterRef("actor"),
            # Follows from the next line, which no database concludes by itself
            visit__created_at__gt=now - PERIOD,
            visit__created_at__gte=OuterRef("at"),
            visit__created_at__lte=OuterRef("until"),
        )
        reveals = (
            _of_families(Verb.REVEAL, now=now)
            .filter(at__lt=now - self.WITHIN)
            # Not by exclude(): entries without a purpose would go as well
            .filter(~Q(detail__has_key="purpose") | ~Q(detail__purpose=Need.EDIT))
            .annotate(until=F("at") + self.WITHIN)
            .filter(~Exists(logged))
            .order_by("at", "seq")
        )
        for actor, at in reveals.values_list("actor", "at").iterator():
            yield Finding(actor, at, _("no entry within seven days"), Verb.REVEAL)


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
        exports = _recent(Verb.EXPORT, now=now).order_by("actor", "at", "seq")
        rows = exports.values_list("actor", "at").iterator()
        for (actor, _week), own in groupby(rows, self._week):
            moments = [at for _actor, at in own]
            if len(moments) > self.MOST:
                text = ngettext(
                    "%(count)d file in a week",
                    "%(count)d files in a week",
                    len(moments),
                )
                yield Finding(
                    actor,
                    moments[-1],
                    text % {"count": len(moments)},
                    Verb.EXPORT,
                    days=7,
                )

    def _week(self, row):
        actor, at = row
        return actor, timezone.localdate(at).isocalendar()[:2]


class FailedSignIns:
    title = gettext_lazy("Many failed sign-ins")
    why = gettext_lazy(
        "Somebody tries passwords. Which address was typed is not kept, because people "
        "type their password there by mistake."
    )
    AT_LEAST, WITHIN = 10, timedelta(minutes=15)

    def find(self, now):
        """Whoever else signs in meanwhile hides nothing."""
        first, last, count = None, None, 0
        failures = _recent(Verb.SIGN_IN_FAILED, now=now).order_by("at", "seq")
        for at in failures.values_list("at", flat=True).iterator():
            if first is None or at - first > self.WITHIN:
                yield from self._finding(last, count)
                first, count = at, 0
            last, count = at, count + 1
        yield from self._finding(last, count)

    def _finding(self, last, count):
        if count >= self.AT_LEAST:
            text = ngettext(
                "%(count)d failed sign-in within 15 minutes",
                "%(count)d failed sign-ins within 15 minutes",
                count,
            )
            yield Finding(None, last, text % {"count": count})


class AfterSubstitution:
    title = gettext_lazy("A substitute outside the days of the substitution")
    why = gettext_lazy(
        "Who stood in for a colleague sees the families on those days alone. An entry "
        "outside of them means that access did not end as it should."
    )

    def find(self, now):
        held = FamilyAssignment.objects.filter(
            mediator=OuterRef("actor"), family=OuterRef("family")
        )
        substitutes = FamilyAssignment.objects.filter(
            kind=FamilyAssignment.Kind.SUBSTITUTION
        )
        looks = (
            _of_families(*LOOKED, now=now)
            .filter(actor__in=substitutes.values("mediator"))
            .annotate(day=TruncDate("at"))
            .filter(Exists(held), ~Exists(_covering(held, OuterRef("day"))))
            .order_by("at", "seq")
        )
        for actor, at in looks.values_list("actor", "at").iterator():
            yield Finding(
                actor, at, _("a family was opened outside the days"), Verb.READ
            )


def _covering(assignments, day):
    """On the day on which it was ended early both may have had the family."""
    early = "substitution__ended_early_on"
    last = Case(When(~Q(**{early: None}), then=F(early)), default=F("ends_on"))
    rows = assignments.annotate(last=last).filter(starts_on__lte=day)
    return rows.filter(Q(last=None) | Q(last__gte=day))


def _per_day(entries, at_least, verb, words):
    for actor, hours in _by_hour(entries, n=Count("pk")):
        for _day, own in groupby(hours, lambda row: day_of(row[0])):
            found = list(own)
            count = sum(n for _hour, n in found)
            if count >= at_least:
                yield Finding(actor, moment_of(found[-1][0]), words(count), verb)


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
    """A pattern with how much it found, the newest of that, and the accounts by name."""

    pattern: object
    count: int
    newest: list

    @property
    def rows(self):
        """The newest, with the person or None where nobody was signed in."""
        people = User.objects.in_bulk({one.actor for one in self.newest})
        return [(people.get(one.actor), one) for one in self.newest]

    @property
    def more(self):
        return self.count - len(self.newest)


def found(now):
    """What each pattern finds; however much that is, no more than the newest is held."""
    return [_found(pattern, now) for pattern in PATTERNS]


def _found(pattern, now):
    count = 0

    def counted():
        nonlocal count
        for finding in pattern.find(now):
            count += 1
            yield finding

    newest = nlargest(SHOWN, counted(), key=attrgetter("at"))
    return Found(pattern, count, newest)

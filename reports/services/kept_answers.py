"""Answers about a large log: counted by the worker, told with their moment (ADR 0022).

As the results page does: a small log is counted while a program asks. Of a large one it
gets what was counted last, about all municipalities; what its token opens is cut from that.
"""

import hashlib
import json
from datetime import date
from functools import partial

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from privacy.moment import one_moment
from reports import answers
from reports.models import KeptResults
from reports.periods import Period
from reports.reach import scope_of
from reports.services.recounting import ask_once, is_fresh, is_large
from reports.told_year import since_january, told_parts

ANSWERS = {"results": answers.results, "targets": answers.targets}
SOON = 30
"""Seconds after which an answer that was never counted may be there."""


class BeingCounted(Exception):
    """Nothing is kept yet: the worker was asked, and the program asks again."""


def answer(name, period):
    """An answer about all municipalities; raises ``BeingCounted``."""
    if not is_large(scope_of(period, None)):
        return ANSWERS[name](period)
    kept = KeptResults.objects.filter(key=_key(name, period)).only("answer", "as_of")
    found = kept.exclude(as_of=None).first()
    if found is None or not is_fresh(found):
        ask_for(name, period)
    if found is None:
        raise BeingCounted
    return found.answer


def ask_for(name, period):
    """Have an answer counted by the worker."""
    days = f"{period.first}", f"{period.last}"
    ask_once(_key(name, period), partial(count_answer.enqueue, name, *days))


@task()
def count_answer(name, first, last):
    """Count an answer anew and keep it in place of what was counted before."""
    period = Period(date.fromisoformat(first), date.fromisoformat(last))
    with one_moment():
        as_of = timezone.now()
        counted = ANSWERS[name](period)
    KeptResults.objects.update_or_create(
        key=_key(name, period),
        defaults={"answer": counted, "as_of": as_of, "asked_at": None},
    )


def count_ahead():
    """Have what programs ask for first counted: what was told last, and its targets."""
    year = timezone.localdate().year
    parts = [*told_parts(year - 1).values(), *told_parts(year).values()]
    newest = {part.length: part for part in parts if part.is_named}
    asked = [("results", part) for part in newest.values()]
    if 3 in newest:
        asked.append(("targets", since_january(newest[3].first.year)))
    for name, part in asked:
        if is_large(scope_of(part, None)):
            ask_for(name, part)


def _key(name, period):
    """The same for the same answer of one release, whoever asks and whenever."""
    told = [name, period.code, settings.SMALL_NUMBERS_BELOW, settings.VERSION]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()

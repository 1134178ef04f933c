"""Results pages of a large log: counted by the worker, shown with their moment (ADR 0022).

A small log is counted while its page is opened. Of a large one the page shows what was
counted last, says when, and has it counted anew when that is older than ``FRESH``.
"""

from dataclasses import asdict
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_tasks import task

from cases.models import Visit
from privacy.moment import one_moment
from reports.models import KeptResults
from reports.periods import Period
from reports.results_page import Counted, ResultsPage

LARGE = 20_000
"""Entries of a period from which on nobody waits for the count."""
FRESH = timedelta(minutes=15)
LEASE = timedelta(minutes=10)
"""So long a count is expected to take; then it may be asked for once more."""
KEPT = timedelta(days=2)


def is_large(scope):
    entries = scope.narrow(Visit.objects.all(), days="visited_on", entry="pk")
    return entries.order_by()[:LARGE].count() == LARGE


def counted(page):
    """``(counted, is_being_counted)``; ``counted`` is None where it never was before."""
    if not is_large(page.scope):
        return page.counted(), False
    # The tables are for files alone, and long
    kept = KeptResults.objects.filter(key=page.key).defer("tables").first()
    if kept and kept.as_of and is_fresh(kept):
        return _as_kept(kept), False
    ask_for(page)
    return (_as_kept(kept) if kept and kept.as_of else None), True


def is_fresh(kept):
    return timezone.now() - kept.as_of < FRESH


def ask_for(page):
    """Have a page counted by the worker."""
    ask_once(page.key, partial(count.enqueue, asdict(page), get_language()))


@transaction.atomic
def ask_once(key, enqueue):
    """Have something counted by the worker, unless that was asked for a short time ago."""
    now = timezone.now()
    KeptResults.objects.get_or_create(key=key)
    free = Q(asked_at=None) | Q(asked_at__lt=now - LEASE)
    waiting = KeptResults.objects.filter(free, key=key)
    if waiting.update(asked_at=now):
        enqueue()


@task()
def count(asked, language):
    """Count a page anew and keep it in place of what was counted before."""
    page = ResultsPage(**asked)
    with translation.override(language):
        with one_moment():
            found = page.counted()
            tables = {name: rows() for name, rows in found.tables.items()}
        KeptResults.objects.update_or_create(
            key=page.key,
            defaults={
                "about": found.about,
                "panels": found.panels,
                "tables": tables,
                "places": found.places,
                "as_of": found.as_of,
                "asked_at": None,
            },
        )


def count_ahead():
    """Have the pages that staff opens first counted in the night, and drop old ones."""
    long_ago = timezone.now() - KEPT
    never_counted = Q(as_of=None, asked_at__lt=long_ago)
    KeptResults.objects.filter(never_counted | Q(as_of__lt=long_ago)).delete()
    today = timezone.localdate()
    for period in (Period.quarter_of(today), Period.of_year(today.year)):
        page = ResultsPage.of(period)
        if is_large(page.scope):
            for language, _name in settings.LANGUAGES:
                with translation.override(language):
                    ask_for(page)


def _as_kept(kept):
    return Counted(
        SafeString(kept.about),
        SafeString(kept.panels),
        SimpleLazyObject(partial(_tables_of, kept)),
        kept.places,
        kept.as_of,
    )


def _tables_of(kept):
    return {name: lambda rows=rows: rows for name, rows in kept.tables.items()}

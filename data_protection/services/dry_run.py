"""What an erasure would change, in words: kinds of rows and how many, no content.

For a whole family all texts of its mediators are searched for its name. Where they are
many the worker does that, and the page says as of when; the erasure itself looks anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django_tasks import task

from cases.models import Visit
from data_protection.models import LegalHold, SubjectRequest
from data_protection.services import erasure, texts
from events.models import Event
from privacy.moment import one_moment

APPS = ("families", "cases", "reports", "data_protection")
LARGE = 200
"""Entries and events, the texts of which nobody waits for: a second is spent on them."""
FRESH = timedelta(hours=1)
LEASE = timedelta(minutes=10)
"""So long a count is expected to take; then it may be asked for once more."""


@dataclass(frozen=True)
class DryRun:
    """Counts by kind of row, and what the second person should know before."""

    rows: list | None
    """None where they were never counted."""
    as_of: datetime | None
    is_being_counted: bool
    open_cases: int
    hold: LegalHold | None
    """The oldest that forbids it."""
    may_read_why: bool
    """The reason of a hold is for those who may end it."""

    @property
    def is_agreeable(self):
        """Who agrees has seen what goes, and nothing holds it."""
        return self.rows is not None and not self.hold


def described(request, *, by):
    """None for what erases nothing; ``by`` is the second person, who reads it."""
    if request.kind != SubjectRequest.Kind.ERASURE:
        return None
    if request.is_about_one and request.member is None:
        return None
    plan = _empty_plan(request)
    counts, as_of, is_being_counted = _counted(request)
    rows = counts and [(_label(kind), count) for kind, count in counts.items() if count]
    hold = erasure.holds_of(request.family).order_by("starts_on").first()
    readable = LegalHold.objects.visible_to(by) | LegalHold.objects.liftable_by(by)
    may_read_why = hold is not None and readable.filter(pk=hold.pk).exists()
    return DryRun(rows, as_of, is_being_counted, plan.open_cases, hold, may_read_why)


def _empty_plan(request):
    return erasure.Plan(
        request.family, request.member if request.is_about_one else None
    )


def _counted(request):
    """``(counts, as of when, is being counted)``; no counts where there never were any."""
    if not is_long(request):
        return _counts(request), timezone.now(), False
    is_fresh = request.plan_as_of and timezone.now() - request.plan_as_of < FRESH
    if not is_fresh:
        ask_for_count(request)
    return request.plan or None, request.plan_as_of, not is_fresh


def is_long(request):
    """Whether so much was written that nobody waits while it is searched."""
    if request.kind != SubjectRequest.Kind.ERASURE or request.is_about_one:
        return False
    mediators = texts.mediators_of(request.family).values("pk")
    written = (
        Visit.objects.filter(mediator__in=mediators),
        Event.objects.filter(municipality__appointments__user__in=mediators),
    )
    return sum(rows.order_by()[:LARGE].count() for rows in written) >= LARGE


@transaction.atomic
def ask_for_count(request):
    """Have it counted by the worker, unless that was asked for a short time ago."""
    now = timezone.now()
    free = Q(plan_asked_at=None) | Q(plan_asked_at__lt=now - LEASE)
    waiting = SubjectRequest.objects.waiting().filter(free, pk=request.pk)
    if waiting.update(plan_asked_at=now):
        count_plan.enqueue(str(request.pk))


@task()
def count_plan(request_id):
    """Count anew in place of what was counted before; nothing once it is decided."""
    waiting = SubjectRequest.objects.waiting().filter(pk=request_id)
    with one_moment():
        as_of = timezone.now()
        request = waiting.first()
        counts = request and _counts(request)
    if request:
        waiting.update(plan=counts, plan_as_of=as_of, plan_asked_at=None)


def _counts(request):
    if request.is_about_one:
        return erasure.plan_member(request.member).counts
    return erasure.plan_family(request.family).counts


def _label(kind):
    if kind == "people":
        return _("People taken off the list")
    if kind == "mentions":
        return _("Mentions in other texts")
    for app in APPS:
        if kind in apps.all_models[app]:
            return capfirst(str(apps.get_model(app, kind)._meta.verbose_name_plural))
    raise LookupError(kind)

"""End what has been kept long enough: what is due, and a run in batches.

What is due is asked of all the data some hundred rows at a time, and of each batch anew, so
that an interrupted run goes on where it was, and a hold that is set meanwhile is obeyed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from cases.models import CalendarFeed, Case, DeletedVisit, Incident, NextStep, Visit
from data_protection.models import (
    DueCount,
    Erasure,
    LegalHold,
    RetentionRun,
    SubjectRequest,
)
from data_protection.periods import BY_KEY
from data_protection.services.erasure import erase_family
from families.models import Consent, EducationRecord, Family, FamilyNeed, Residence
from imports.models import Import
from mediators.models import Complaint
from municipalities.working_days import last_day
from privacy import audit
from privacy.moment import one_moment
from reports.models import ApiToken, Export, Letter

CODES_SHOWN = 50
AT_ONCE = 1000
"""Rows that are found by one look at everything: for families that takes long."""

LARGE = 5000
"""Families from which on nobody waits for the count: it looks at each of them."""
FRESH = timedelta(hours=1)
LEASE = timedelta(minutes=10)
"""So long a count is expected to take; then it may be asked for once more."""


@dataclass(frozen=True)
class Job:
    """How one kind of record ends: which rows are due, and what becomes of a batch."""

    key: str
    model: type[Model]
    due: Callable[[date], QuerySet]
    end: Callable[[list, object], None] = field(repr=False)
    batch: int = 200

    @property
    def name(self):
        return f"{self.key} {self.model._meta.label_lower}"

    @property
    def period(self):
        return BY_KEY[self.key]

    def rows(self, today=None):
        """What is due today and not held; everything is held at times."""
        if LegalHold.objects.standing().filter(family=None).exists():
            return self.model.objects.none()
        cutoff = months_before(today or timezone.localdate(), self.period.months)
        return self.due(cutoff).order_by("pk")


def months_before(day, months):
    """The same day so many months earlier, or the last one of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(day.day, last_day(first).day))


def _held():
    return LegalHold.objects.standing().families()


def _families(cutoff):
    """Without anything since then: nothing written, agreed or planned."""
    of_family = {"family": OuterRef("pk")}
    signs = (
        Visit.families.through.objects.filter(
            **of_family, visit__visited_on__gte=cutoff
        ),
        Case.objects.filter(
            Q(opened_on__gte=cutoff)
            | Q(closed_on__gte=cutoff)
            | Q(achievements__achieved_on__gte=cutoff),
            **of_family,
        ),
        NextStep.objects.open().filter(**of_family, due_on__gte=cutoff),
        Consent.objects.filter(
            Q(given_on__gte=cutoff) | Q(withdrawn_on__gte=cutoff), **of_family
        ),
        FamilyNeed.objects.filter(**of_family, noted_on__gte=cutoff),
        EducationRecord.objects.filter(**of_family, written_on__gte=cutoff),
        Residence.objects.filter(**of_family, confirmed_on__gte=cutoff),
        SubjectRequest.objects.open().filter(**of_family),
    )
    families = Family.objects.not_erased().filter(started_on__lt=cutoff)
    families = families.filter(Q(closed_on=None) | Q(closed_on__lt=cutoff))
    for rows in signs:
        families = families.exclude(Exists(rows))
    return families.exclude(pk__in=_held())


def _consents(cutoff):
    old = Consent.objects.filter(family__erased_on__lt=cutoff)
    return old.exclude(family__in=_held())


def _loose_notes(cutoff):
    return Visit.objects.filter(families=None, visited_on__lt=cutoff).exclude(note="")


def _requests(cutoff):
    old = SubjectRequest.objects.filter(closed_on__lt=cutoff)
    return old.exclude(family__in=_held())


def _erase(rows, by):
    for family in rows:
        erase_family(family, why=Erasure.Why.RETENTION, by=by)


def _delete(rows, by):
    type(rows[0]).objects.filter(pk__in=[row.pk for row in rows]).delete()


def _loose_incidents(cutoff):
    rows = Incident.objects.filter(family=None, happened_on__lt=cutoff)
    return rows.exclude(words="")


def _empty_words(rows, by):
    Incident.objects.filter(pk__in=[row.pk for row in rows]).update(words="")


def _empty_notes(rows, by):
    Visit.objects.filter(pk__in=[row.pk for row in rows]).update(
        note="", fingerprint=""
    )


JOBS = (
    Job("families", Family, _families, _erase, batch=5),
    Job("consents", Consent, _consents, _delete),
    Job("loose_notes", Visit, _loose_notes, _empty_notes),
    Job("loose_notes", Incident, _loose_incidents, _empty_words),
    Job("requests", SubjectRequest, _requests, _delete),
    Job(
        "complaints",
        Complaint,
        # What nobody answered ends too, counted from the day it was made
        lambda day: Complaint.objects.filter(
            Q(closed_at__date__lt=day) | Q(closed_at=None, made_at__date__lt=day)
        ),
        _delete,
    ),
    Job("letters", Letter, lambda day: Letter.objects.filter(day__lt=day), _delete),
    Job(
        "letters",
        DeletedVisit,
        lambda day: DeletedVisit.objects.filter(deleted_at__date__lt=day),
        _delete,
    ),
    Job(
        "letters",
        Import,
        lambda day: Import.objects.filter(brought_at__date__lt=day),
        _delete,
    ),
    Job(
        "letters",
        Export,
        lambda day: Export.objects.filter(asked_at__date__lt=day),
        _delete,
    ),
    Job(
        "letters",
        CalendarFeed,
        lambda day: CalendarFeed.objects.filter(revoked_at__date__lt=day),
        _delete,
    ),
    Job(
        "letters",
        ApiToken,
        lambda day: ApiToken.objects.filter(
            Q(revoked_at__date__lt=day) | Q(expires_at__date__lt=day)
        ),
        _delete,
    ),
)


@dataclass(frozen=True)
class Due:
    """What a run would end of one kind today."""

    job: Job
    count: int
    codes: list

    @property
    def more(self):
        return self.count - len(self.codes) if self.codes else 0


def dry_run(today=None):
    """What is due today, kind by kind; nothing is changed."""
    return [_due(job, today) for job in JOBS]


def _due(job, today):
    rows = job.rows(today)
    codes = []
    if job.model in (Family, SubjectRequest):
        codes = list(rows.order_by("code").values_list("code", flat=True)[:CODES_SHOWN])
    return Due(job, rows.count(), codes)


@dataclass(frozen=True)
class Counted:
    """What is due, as it was at a moment; ``dues`` is None where it never was counted."""

    dues: list | None
    as_of: datetime
    is_being_counted: bool = False


def is_large():
    return Family.objects.not_erased()[:LARGE].count() == LARGE


def counted():
    """What is due now, or where there are many families as it was counted last."""
    now = timezone.now()
    if not is_large():
        return Counted(dry_run(), now)
    kept = DueCount.objects.exclude(as_of=None).first()
    is_fresh = kept is not None and now - kept.as_of < FRESH
    if not is_fresh:
        ask_for_count(now - LEASE)
    if kept is None:
        return Counted(None, now, is_being_counted=True)
    dues = [Due(job, *kept.dues[job.name]) for job in JOBS if job.name in kept.dues]
    return Counted(dues, kept.as_of, not is_fresh or kept.asked_at is not None)


@transaction.atomic
def ask_for_count(unless_since):
    """Have it counted by the worker, unless that was asked for after a moment."""
    DueCount.objects.get_or_create(pk=1)
    waiting = DueCount.objects.filter(Q(asked_at=None) | Q(asked_at__lt=unless_since))
    if waiting.update(asked_at=timezone.now()):
        count_due.enqueue()


def count_again():
    """What was counted is not true any more; nothing to do where nothing is kept."""
    if DueCount.objects.exists():
        ask_for_count(timezone.now())


@task()
def count_due():
    """Count anew in place of what was counted before, also for a run that waits for it."""
    count_now()


def count_now():
    """What is due, for the page and for a run that was ordered: both tell the same."""
    with one_moment():
        as_of, dues = timezone.now(), dry_run()
    with transaction.atomic():
        DueCount.objects.update_or_create(
            pk=1,
            defaults={
                "dues": {due.job.name: [due.count, due.codes] for due in dues},
                "as_of": as_of,
                "asked_at": None,
            },
        )
        waiting = RetentionRun.objects.select_for_update().filter(planned_as_of=None)
        for run in waiting.filter(ordered_at__lte=as_of):
            run.planned, run.planned_as_of = as_counts(dues), as_of
            run.save(update_fields=["planned", "planned_as_of"])
            audit.record(run.ordered_by, audit.Verb.UPDATE, run, planned=run.planned)


def as_counts(dues):
    """{kind: how many}; several tables may be of one kind."""
    counts = {}
    for due in dues:
        counts[due.job.key] = counts.get(due.job.key, 0) + due.count
    return counts


@transaction.atomic
def order(*, by):
    """Ask for a run of what is due today; None while another one is under way.

    It is counted anew, whatever the page showed: this is what two people answer for. Where
    there are many families the worker does that, and the second person waits for it.
    """
    if RetentionRun.objects.select_for_update().under_way().exists():
        return None
    run = RetentionRun(ordered_by=by)
    if not is_large():
        run.planned, run.planned_as_of = as_counts(dry_run()), run.ordered_at
    run.save()
    audit.record(by, audit.Verb.CREATE, run, planned=run.planned)
    if run.planned_as_of is None:
        ask_for_count(run.ordered_at)
    return run


@transaction.atomic
def agree(run, *, by):
    """The second person agrees; False if that person may not, or somebody was faster."""
    if not run.confirm(by=by):
        return False
    audit.record(by, audit.Verb.APPROVE, run, planned=run.planned)
    return True


@transaction.atomic
def confirm(run, *, by):
    """The second person agrees, and the run begins in the background."""
    agreed = agree(run, by=by)
    if agreed:
        carry_out_later.enqueue(str(run.pk))
    return agreed


@task()
def carry_out_later(run_id):
    carry_out(run_id)


def carry_out(run_id):
    """Batch by batch until nothing is due; returns the finished run."""
    for job in JOBS:
        while _do_some(run_id, job):
            pass
    with transaction.atomic():
        run = _locked(run_id)
        if run and run.finished_at is None:
            run.status, run.finished_at = RetentionRun.Status.DONE, timezone.now()
            run.save()
            count_again()
            audit.record(run.confirmed_by, audit.Verb.CLOSE, run, done=run.done)
    return RetentionRun.objects.get(pk=run_id)


def _do_some(run_id, job):
    """Batch by batch what is due now; False when nothing is left."""
    ids = list(job.rows().values_list("pk", flat=True)[:AT_ONCE])
    batches = [ids[at : at + job.batch] for at in range(0, len(ids), job.batch)]
    return sum(_do_batch(run_id, job, batch) for batch in batches) > 0


@transaction.atomic
def _do_batch(run_id, job, ids):
    """End one batch, and write that down with it; False if none of it is due any more."""
    run = _locked(run_id)
    rows = list(job.rows().filter(pk__in=ids)) if run else []
    if not rows:
        return False
    job.end(rows, run.confirmed_by)
    run.status = RetentionRun.Status.RUNNING
    run.done[job.key] = run.done.get(job.key, 0) + len(rows)
    run.save()
    audit.record(
        run.confirmed_by,
        audit.Verb.DELETE,
        job.model,
        run=run.pk,
        kind=job.key,
        count=len(rows),
    )
    return True


def _locked(run_id):
    """The run while it is to be done; two workers take turns."""
    return RetentionRun.objects.to_do().select_for_update().filter(pk=run_id).first()

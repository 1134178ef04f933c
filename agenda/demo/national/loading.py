"""Puts the national demo into an empty database, a month at a time.

Unlike the small demo it is not one transaction: PostgreSQL takes the halves of the country
from two processes. A load that was broken off leaves rows, and the next one refuses.
"""

import multiprocessing

from django.db import connection, transaction

from agenda.demo.chance import Clock
from agenda.demo.history import Numbers
from agenda.demo.loading import LOADED
from agenda.demo.national import ground
from agenda.demo.national.households import Households
from agenda.demo.national.log import Log
from agenda.demo.national.paperwork import Paperwork
from agenda.demo.national.size import FAMILIES_OF_EACH, Size
from cases.models import Visit
from families import reference_data
from privacy import audit
from privacy.models import AuditEntry, Installation

AT_ONCE = 100
"""Desks whose families are written in one transaction."""
MARK = "national"


def is_loaded():
    """Everything is there, to the last row: the entry of the audit is written at the end."""
    loads = AuditEntry.objects.filter(
        verb=audit.Verb.LOAD, object_type=Visit._meta.label_lower
    )
    return any(
        detail.get("scale") == MARK for detail in loads.values_list("detail", flat=True)
    )


def load_national(until, *, entries, seed):
    """The whole of it; counts by model. One entry of the audit tells of each of them."""
    if connection.vendor == "sqlite":
        # Indexes are written all over: with a small cache each page goes to the disk many times
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-200000")
    size = Size(entries)
    clock = Clock(until, months=size.months)
    with transaction.atomic():
        Installation.objects.mark(demo=True)
        reference_data.load()
        desks = ground.settle(size, clock)
    _in_parts(desks, lambda part: _write(part, size, clock, seed))
    loaded = {model: model.objects.count() for model in LOADED}
    with transaction.atomic():
        for model, rows in loaded.items():
            audit.record(None, audit.Verb.LOAD, model, rows=rows, scale=MARK)
    _analyze()
    return loaded


def _analyze():
    """The planner learns what there is; PostgreSQL would by itself, some minutes later."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _in_parts(desks, write):
    """On PostgreSQL two processes, each with the places of every second number.

    SQLite has one writer, and of a transaction that is open another process sees nothing.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        write(desks)
        return
    places = list(dict.fromkeys(desk.municipality.pk for desk in desks))
    connection.close()
    context = multiprocessing.get_context("fork")
    parts = [
        [desk for desk in desks if desk.municipality.pk in places[half::2]]
        for half in range(2)
    ]
    workers = [context.Process(target=write, args=(part,)) for part in parts if part]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("A part of the demo could not be written; see above.")


def _write(desks, size, clock, seed):
    numbers = Numbers()
    households = Households(clock, numbers, seed=seed)
    for begin in range(0, len(desks), AT_ONCE):
        with transaction.atomic():
            for desk in desks[begin : begin + AT_ONCE]:
                households.settle(desk, FAMILIES_OF_EACH)
            households.store()
    log = Log(clock, numbers, seed=seed)
    shares = [clock.share_of(month) for month in clock.months]
    totals = size.entries_of_each
    plans = [size.by_month(totals[desk.number], shares) for desk in desks]
    for place, month in enumerate(clock.months):
        planned = [(desk, plan[place]) for desk, plan in zip(desks, plans, strict=True)]
        with transaction.atomic():
            log.write(month, planned)
    with transaction.atomic():
        numbers.store()
    _analyze()
    paperwork = Paperwork(desks, clock, seed=seed)
    paperwork.count_before(size.reports_of_each)
    for month in clock.over[-size.reports_of_each :]:
        with transaction.atomic():
            paperwork.write(month)
    with transaction.atomic():
        paperwork.store_numbers()

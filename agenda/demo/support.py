"""Supervision in the demo: who gives it, and when the mediators had it."""

from datetime import timedelta

from mediators.models import SupervisionSession, Supervisor
from municipalities.working_days import next_working_day

PHONE = "+371 340 {:05}"
DAYS_AGO = ((24, 61, 118), (127,), (15, 70), (40, 104), (9, 52))
"""Desk by desk; the second mediator had none for months."""
COMING = 10


def support(desks, clock):
    """One supervisor for the whole country, one more where two mediators work."""
    national = Supervisor.objects.create(
        name="Gunta Straupmane",
        email="gunta.straupmane@tilts.example",
        phone=PHONE.format(1),
    )
    Supervisor.objects.create(
        name="Vija Rāmniece",
        email="vija.ramniece@tilts.example",
        phone=PHONE.format(2),
        municipality=desks[2].municipality,
    )
    SupervisionSession.objects.bulk_create(
        session for desk in desks for session in _sessions(desk, national, clock)
    )


def _sessions(desk, supervisor, clock):
    days = [-ago for ago in DAYS_AGO[desk.number % len(DAYS_AGO)]]
    if desk.is_first:
        days.append(COMING)
    for number, day in enumerate(days):
        kinds = SupervisionSession.Kind
        yield SupervisionSession(
            mediator=desk.mediator,
            supervisor=supervisor,
            held_on=next_working_day(clock.until + timedelta(days=day)),
            hours=2 if number % 2 else 1,
            kind=kinds.GROUP if number % 2 else kinds.INDIVIDUAL,
        )

"""Taking a lost second factor away: two people, a day, and the owner may say no."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from mediators import factors
from mediators.emails import Notice
from mediators.models import Appointment, FactorReset, Role, User
from mediators.models.factor_reset import OVERSEEING
from mediators.services import sessions
from mediators.services.notices import tell
from privacy import audit


@transaction.atomic
def ask(user, *, by):
    """The first of two people; the owner is told at once. None if one is pending."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if FactorReset.objects.pending().filter(user=user).exists():
        return None
    reset = FactorReset.objects.create(user=user, asked_by=by)
    audit.record(by, audit.Verb.CREATE, reset)
    tell(user, Notice.RESET_ASKED)
    return reset


@transaction.atomic
def confirm(reset, *, by):
    """The second one; what follows waits for the end of the day after the request."""
    mine = FactorReset.objects.confirmable_by(by).filter(pk=reset.pk)
    if not mine.update(confirmed_by=by, confirmed_at=timezone.now()):
        return False
    audit.record(by, audit.Verb.APPROVE, reset)
    do_reset.using(run_after=reset.due_at).enqueue(str(reset.pk))
    return True


@transaction.atomic
def stop(reset, *, by):
    """The owner has the factor after all, or never asked anybody for this."""
    pending = FactorReset.objects.pending().filter(pk=reset.pk)
    if not pending.update(stopped_at=timezone.now()):
        return False
    audit.record(by, audit.Verb.WITHDRAW, reset)
    tell(reset.user, Notice.RESET_STOPPED)
    return True


@task()
def do_reset(reset_id):
    """Done once, if nobody stopped it; of two workers one does it."""
    with transaction.atomic():
        due = FactorReset.objects.due().filter(pk=reset_id)
        if due.update(done_at=timezone.now()):
            reset = FactorReset.objects.select_related("user").get(pk=reset_id)
            take_away(reset.user, by=reset.confirmed_by, about=reset)


def two_others_can(person):
    """Whether an administrator may ask and somebody else confirm, as it is done in the browser."""
    others = Appointment.objects.current().filter(
        role__in=OVERSEEING, user__is_active=True
    )
    others = others.exclude(user=person)
    return (
        others.filter(role=Role.ADMINISTRATOR).exists()
        and others.values("user").distinct().count() > 1
    )


@transaction.atomic
def take_away(user, *, by, about):
    """Every factor and every session; the next sign-in begins with a new factor."""
    factors.remove_all(user)
    sessions.end_all(user, by=by)
    audit.record(by, audit.Verb.DELETE, about, fields=["second_factor"])
    tell(user, Notice.RESET_DONE)
